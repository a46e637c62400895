package main

import (
	"fmt"
	"os/exec"
)

func main() {
	if exec.Command("/bin/true").Run() == nil {
		fmt.Println("PWNED")
	} else {
		fmt.Println("SAFE")
	}
}
