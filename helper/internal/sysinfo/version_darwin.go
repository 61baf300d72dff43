package sysinfo

import "golang.org/x/sys/unix"

func version() string {
	product, err := unix.Sysctl("kern.osproductversion")
	if err != nil {
		return "macOS"
	}
	return "macOS " + product
}
