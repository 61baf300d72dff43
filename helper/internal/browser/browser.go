// Package browser opens an address in the person's own browser.
package browser

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
)

// ErrAddress: not an address that is opened: only http and https are.
var ErrAddress = errors.New("not a web address")

// Open opens an address in the default browser and returns when that has been started. The command in TASUKI_BROWSER, run
// with the address as its argument, replaces it.
func Open(address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http" {
		return ErrAddress
	}
	if command := os.Getenv("TASUKI_BROWSER"); command != "" {
		return start(exec.Command(command, address))
	}
	return openSystem(address)
}

// start does not wait for the program to end, but notices when it cannot be started.
func start(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("browser: %w", err)
	}
	go func() { _ = cmd.Wait() }() // collects the child; its result says nothing about the page
	return nil
}
