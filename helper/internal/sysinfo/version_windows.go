package sysinfo

import (
	"fmt"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// firstWindows11 is the build from which on Windows calls itself 11, though not in its registry.
const firstWindows11 = 22000

func version() string {
	v := windows.RtlGetVersion()
	name := fmt.Sprintf("Windows %d", v.MajorVersion)
	if v.MajorVersion == 10 && v.BuildNumber >= firstWindows11 {
		name = "Windows 11"
	}
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, `SOFTWARE\Microsoft\Windows NT\CurrentVersion`, registry.QUERY_VALUE)
	if err == nil {
		defer key.Close()
		if display, _, err := key.GetStringValue("DisplayVersion"); err == nil {
			name += " " + display
		}
	}
	return fmt.Sprintf("%s (%d)", name, v.BuildNumber)
}
