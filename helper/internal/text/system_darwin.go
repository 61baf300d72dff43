package text

import (
	"github.com/ebitengine/purego"
	"github.com/ebitengine/purego/objc"
)

// The first of AppleLanguages, as the system resolves it for this person.
func system() string {
	if _, err := purego.Dlopen("/System/Library/Frameworks/Foundation.framework/Foundation", purego.RTLD_LAZY|purego.RTLD_GLOBAL); err != nil {
		return ""
	}
	languages := objc.ID(objc.GetClass("NSLocale")).Send(objc.RegisterName("preferredLanguages"))
	first := languages.Send(objc.RegisterName("firstObject"))
	if first == 0 {
		return ""
	}
	return objc.Send[string](first, objc.RegisterName("UTF8String"))
}
