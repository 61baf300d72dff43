// Package browser opens an address in the person's own browser.
package browser

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// ErrAddress: not an address that is opened: only http and https are.
var ErrAddress = errors.New("not a web address")

// page leads on to the address; the script leaves no entry in the history that leads back here.
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<noscript><meta http-equiv="refresh" content="0;url=%[1]s"></noscript>
<title>Tasuki</title>
<a href="%[1]s">Tasuki</a>
<script>location.replace(document.links[0].href)</script>
</html>
`

// escape is for attributes in double quotes. (Package html brings every entity there is: 30 kB.)
var escape = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;")

// Open opens an address in the default browser and returns when that has been started. The address may hold secrets, and
// every program of this computer can read the others' command lines: so the browser is given a file that only this person
// can read, which leads there. done deletes it: call it when the page has been opened, or is not waited for any more. The
// command in TASUKI_BROWSER, run with the file's path as its argument, replaces the browser.
func Open(address string) (done func(), err error) {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" || parsed.Scheme != "https" && parsed.Scheme != "http" {
		return nil, ErrAddress
	}
	file, done, err := write(address)
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	if command := os.Getenv("TASUKI_BROWSER"); command != "" {
		err = start(exec.Command(command, file))
	} else {
		err = openSystem(file)
	}
	if err != nil {
		done()
		return nil, err
	}
	return done, nil
}

// write makes the file, in a folder of its own that nobody else can look into.
func write(address string) (file string, remove func(), err error) {
	folder, err := privateFolder()
	if err != nil {
		return "", nil, err
	}
	file = filepath.Join(folder, "tasuki.html")
	remove = sync.OnceFunc(func() { _ = errors.Join(os.Remove(file), os.Remove(folder)) })
	if err := os.WriteFile(file, fmt.Appendf(nil, page, escape.Replace(address)), 0o600); err != nil {
		remove()
		return "", nil, err
	}
	return file, remove, nil
}

// start does not wait for the program to end, but notices when it cannot be started.
func start(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("browser: %w", err)
	}
	go func() { _ = cmd.Wait() }() // collects the child; its result says nothing about the page
	return nil
}
