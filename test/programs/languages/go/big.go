package main

func main() {
	var everything [][]byte
	for {
		piece := make([]byte, 1<<20)
		for i := range piece {
			piece[i] = 1
		}
		everything = append(everything, piece)
	}
}
