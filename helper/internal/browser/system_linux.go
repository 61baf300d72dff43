package browser

import "os/exec"

func openSystem(address string) error { return start(exec.Command("xdg-open", address)) }
