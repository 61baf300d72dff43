// Package winetest makes Go programs start under the Wine of stable distributions: Go needs bcryptprimitives.dll for its
// random numbers, which Wine has only since version 9.
package winetest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Env is the environment for programs under a Wine prefix on a display: quiet, without the offers to install Mono and
// Gecko.
func Env(prefix, display string) []string {
	return append(os.Environ(), "WINEPREFIX="+prefix, "DISPLAY="+display, "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml=")
}

// Prepare makes the prefix if it is not there, and adds what Go needs. It takes some 20 seconds the first time.
func Prepare(prefix, display string) error {
	system := filepath.Join(prefix, "drive_c", "windows", "system32")
	if _, err := os.Stat(system); err != nil {
		boot := exec.Command("wine", "wineboot", "-i")
		boot.Env = Env(prefix, display)
		if out, err := boot.CombinedOutput(); err != nil {
			return fmt.Errorf("wineboot: %w: %s", err, out)
		}
		wait := exec.Command("wineserver", "-w")
		wait.Env = boot.Env
		if err := wait.Run(); err != nil {
			return fmt.Errorf("wineserver: %w", err)
		}
	}
	dll := filepath.Join(system, "bcryptprimitives.dll")
	if _, err := os.Stat(dll); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.WriteFile(dll, forwarder("bcryptprimitives.dll", "ProcessPrng", "advapi32.SystemFunction036"), 0o644)
}

// Stop ends everything that runs under the prefix.
func Stop(prefix, display string) {
	stop := exec.Command("wineserver", "-k")
	stop.Env = Env(prefix, display)
	_ = stop.Run()
}

// forwarder builds a DLL for amd64 without code: its one export stands for a function of another DLL. ProcessPrng and
// SystemFunction036 (RtlGenRandom) take the same arguments.
func forwarder(name, export, to string) []byte {
	const at = 0x1000 // address of the only section
	le := binary.LittleEndian

	exports := make([]byte, 40, 512)
	place := func(data string) uint32 {
		rva := uint32(at + len(exports))
		exports = append(exports, data...)
		return rva
	}
	strings := []uint32{place(name + "\x00"), place(export + "\x00"), place(to + "\x00")}
	for len(exports)%4 != 0 {
		exports = append(exports, 0)
	}
	functions := place(string(le.AppendUint32(nil, strings[2])))
	names := place(string(le.AppendUint32(nil, strings[1])))
	ordinals := place("\x00\x00")
	for i, v := range []uint32{strings[0], 1, 1, 1, functions, names, ordinals} {
		le.PutUint32(exports[12+4*i:], v)
	}

	image := make([]byte, 0x400)
	copy(image, "MZ")
	le.PutUint32(image[0x3c:], 0x40)
	copy(image[0x40:], "PE\x00\x00")
	coff := image[0x44:]
	le.PutUint16(coff[0:], 0x8664)
	le.PutUint16(coff[2:], 1)
	le.PutUint16(coff[16:], 240)
	le.PutUint16(coff[18:], 0x2022) // executable, large addresses, DLL
	header := image[0x58:]
	le.PutUint16(header[0:], 0x20b)
	le.PutUint64(header[24:], 0x2fff0000000)
	le.PutUint32(header[32:], 0x1000)
	le.PutUint32(header[36:], 0x200)
	le.PutUint16(header[40:], 6)
	le.PutUint16(header[48:], 6)
	le.PutUint32(header[56:], 0x2000)
	le.PutUint32(header[60:], 0x200)
	le.PutUint16(header[68:], 2)
	le.PutUint16(header[70:], 0x100)
	le.PutUint32(header[108:], 16)
	le.PutUint32(header[112:], at)
	le.PutUint32(header[116:], uint32(len(exports)))
	section := image[0x58+240:]
	copy(section, ".edata")
	le.PutUint32(section[8:], uint32(len(exports)))
	le.PutUint32(section[12:], at)
	le.PutUint32(section[16:], 0x200)
	le.PutUint32(section[20:], 0x200)
	le.PutUint32(section[36:], 0x40000040)
	copy(image[0x200:], exports)
	return image
}
