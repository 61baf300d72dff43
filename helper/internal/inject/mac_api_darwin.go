package inject

import (
	"sync"

	"github.com/ebitengine/purego"
)

// The few functions of CoreGraphics, CoreFoundation and Accessibility that are used, called without cgo.

type cgPoint struct{ x, y float64 }
type cgRect struct{ x, y, w, h float64 }

type ref uintptr // a CoreFoundation object

var (
	cgEventSourceCreate   func(state int32) ref
	cgEventCreate         func(source ref) ref
	cgEventGetLocation    func(event ref) cgPoint
	cgEventCreateMouse    func(source ref, kind uint32, at cgPoint, button uint32) ref
	cgEventCreateKeyboard func(source ref, key uint16, down bool) ref
	cgEventCreateScroll   func(source ref, units, count uint32, w1, w2, w3 int32) ref
	cgEventSetUnicode     func(event ref, n uint64, units *uint16)
	cgEventSetFlags       func(event ref, flags uint64)
	cgEventSetInteger     func(event ref, field uint32, v int64)
	cgEventPost           func(tap uint32, event ref)
	cgSecondsSince        func(state int32, kind uint32) float64
	cgActiveDisplays      func(n uint32, ids *uint32, count *uint32) int32
	cgDisplayBounds       func(id uint32) cgRect
	cgDisplayPixelsWide   func(id uint32) uint64
	cgWindowList          func(options, window uint32) ref
	cgRectFromDictionary  func(dictionary ref, r *cgRect) bool
	cfRelease             func(ref)
	cfArrayCount          func(ref) int64
	cfArrayAt             func(ref, int64) ref
	cfDictionaryGet       func(dictionary, key ref) ref
	cfNumberGet           func(number ref, kind int64, v *int64) bool
	cfStringCreate        func(allocator ref, text string, encoding uint32) ref
	axIsProcessTrusted    func() bool
	axSystemWide          func() ref
	axApplication         func(pid int32) ref
	axCopy                func(element, name ref, value *ref) int32
	axSet                 func(element, name, value ref) int32
	axPerform             func(element, action ref) int32
	axPid                 func(element ref, pid *int32) int32
	axElementAt           func(system ref, x, y float32, element *ref) int32
	axWindowID            func(element ref, id *uint32) int32
	cfTrue                ref
)

const (
	coreGraphics   = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
	coreFoundation = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
	appServices    = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
	cfUTF8         = 0x08000100
	cfInt64        = 4
)

// loadMac binds the functions once; an error means this is no desktop system that has them.
var loadMac = sync.OnceValue(func() error {
	for _, library := range []struct {
		path      string
		functions map[string]any
	}{
		{coreGraphics, map[string]any{
			"CGEventSourceCreate": &cgEventSourceCreate, "CGEventCreate": &cgEventCreate, "CGEventGetLocation": &cgEventGetLocation,
			"CGEventCreateMouseEvent": &cgEventCreateMouse, "CGEventCreateKeyboardEvent": &cgEventCreateKeyboard,
			"CGEventCreateScrollWheelEvent2": &cgEventCreateScroll, "CGEventKeyboardSetUnicodeString": &cgEventSetUnicode,
			"CGEventSetFlags": &cgEventSetFlags, "CGEventSetIntegerValueField": &cgEventSetInteger, "CGEventPost": &cgEventPost,
			"CGEventSourceSecondsSinceLastEventType": &cgSecondsSince, "CGGetActiveDisplayList": &cgActiveDisplays,
			"CGDisplayBounds": &cgDisplayBounds, "CGDisplayPixelsWide": &cgDisplayPixelsWide,
			"CGWindowListCopyWindowInfo": &cgWindowList, "CGRectMakeWithDictionaryRepresentation": &cgRectFromDictionary,
		}},
		{coreFoundation, map[string]any{
			"CFRelease": &cfRelease, "CFArrayGetCount": &cfArrayCount, "CFArrayGetValueAtIndex": &cfArrayAt,
			"CFDictionaryGetValue": &cfDictionaryGet, "CFNumberGetValue": &cfNumberGet, "CFStringCreateWithCString": &cfStringCreate,
		}},
		{appServices, map[string]any{
			"AXIsProcessTrusted": &axIsProcessTrusted, "AXUIElementCreateSystemWide": &axSystemWide,
			"AXUIElementCreateApplication": &axApplication, "AXUIElementCopyAttributeValue": &axCopy,
			"AXUIElementSetAttributeValue": &axSet, "AXUIElementPerformAction": &axPerform, "AXUIElementGetPid": &axPid,
			"AXUIElementCopyElementAtPosition": &axElementAt, "_AXUIElementGetWindow": &axWindowID,
		}},
	} {
		handle, err := purego.Dlopen(library.path, purego.RTLD_LAZY|purego.RTLD_GLOBAL)
		if err != nil {
			return err
		}
		for name, function := range library.functions {
			address, err := purego.Dlsym(handle, name)
			if err != nil {
				return err
			}
			purego.RegisterFunc(function, address)
		}
		if library.path == coreFoundation {
			address, err := purego.Dlsym(handle, "kCFBooleanTrue")
			if err != nil {
				return err
			}
			cfTrue = readRef(address)
		}
	}
	return nil
})
