package browser

import "os/exec"

func openSystem(address string) error { return start(exec.Command("/usr/bin/open", address)) }
