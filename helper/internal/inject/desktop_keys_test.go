package inject

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatLeavesTheWindow(t *testing.T) {
	leaving := []string{
		"MetaLeft", "MetaRight", "PrintScreen", "LaunchMail", "BrowserHome", "MetaLeft KeyD", "ShiftLeft MetaRight",
		"AltLeft Tab", "AltRight Tab", "AltLeft ShiftLeft Tab", "AltLeft F1", "AltLeft F2", "AltRight F2", "AltLeft Space",
		"AltLeft Escape", "ControlLeft Escape", "ControlRight ShiftLeft Escape", "ControlLeft AltLeft Delete",
		"ControlLeft AltRight Delete", "ControlLeft AltLeft NumpadDecimal", "ControlRight AltLeft KeyT",
		"ControlLeft AltLeft F5", "ControlLeft AltRight F2", "ControlLeft AltLeft ArrowUp",
	}
	onlyWithoutAltGr := []string{"ControlLeft AltRight KeyT", "ControlLeft AltRight F5", "AltRight Space"}
	staying := []string{
		"KeyA", "ShiftLeft Tab", "ControlLeft Tab", "ControlLeft KeyC", "AltLeft KeyF", "AltLeft F4", "AltRight KeyQ", "F1",
		"Space", "ControlLeft Space", "Delete", "ControlLeft Delete", "ShiftLeft Delete", "Escape", "ShiftLeft Escape",
		"ControlLeft AltLeft", "ControlLeft ShiftLeft AltRight",
	}
	check := func(keys string, altGr, want bool) {
		t.Helper()
		// Whatever was pressed first: a held key repeats under a modifier pressed later.
		forth := strings.Fields(keys)
		back := slices.Clone(forth)
		slices.Reverse(back)
		for _, held := range [][]string{forth, back} {
			if got := leavesWindow(held, func() bool { return altGr }); got != want {
				t.Errorf("%q (AltGr %v): %v", held, altGr, got)
			}
		}
	}
	for _, altGr := range []bool{false, true} {
		for _, keys := range leaving {
			check(keys, altGr, true)
		}
		for _, keys := range staying {
			check(keys, altGr, false)
		}
		for _, keys := range onlyWithoutAltGr {
			check(keys, altGr, !altGr)
		}
	}
}
