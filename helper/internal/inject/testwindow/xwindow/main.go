//go:build linux

// Command xwindow shows a test window on DISPLAY and prints what reaches it: "window ID", then a line an event. It ends
// when its standard input does. Usage: xwindow TITLE X Y WIDTH HEIGHT.
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"

	"tasuki/helper/internal/inject/testwindow"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "xwindow:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 5 {
		return fmt.Errorf("usage: xwindow TITLE X Y WIDTH HEIGHT")
	}
	var n [4]uint64
	for i := range n {
		var err error
		if n[i], err = strconv.ParseUint(args[i+1], 10, 15); err != nil {
			return err
		}
	}
	w, err := testwindow.Open(os.Getenv("DISPLAY"), testwindow.Options{
		Title: args[0], X: int16(n[0]), Y: int16(n[1]), Width: uint16(n[2]), Height: uint16(n[3]),
		OnEvent: func(line string) { fmt.Println(line) },
	})
	if err != nil {
		return err
	}
	defer w.Close()
	fmt.Println("window", w.ID)
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}
