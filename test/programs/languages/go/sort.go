package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	next := func() (value int) {
		digit, _ := in.ReadByte()
		for digit < '0' {
			digit, _ = in.ReadByte()
		}
		for ; digit >= '0'; digit, _ = in.ReadByte() {
			value = value*10 + int(digit-'0')
		}
		return
	}
	numbers := make([]int, next())
	for i := range numbers {
		numbers[i] = next()
	}
	sort.Ints(numbers)
	sum := 0
	for i, number := range numbers {
		sum = (sum + (i+1)*number) % 1000003
	}
	fmt.Println(sum)
}
