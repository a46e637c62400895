package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	sums := make(chan int)
	for t := 0; t < 4; t++ {
		go func() {
			runtime.LockOSThread()
			time.Sleep(time.Millisecond)
			sum := 0
			for i := 1; i <= 1000; i++ {
				sum += i
			}
			sums <- sum
		}()
	}
	fmt.Println(<-sums + <-sums + <-sums + <-sums)
}
