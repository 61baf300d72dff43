package text

import "golang.org/x/sys/windows"

func system() string {
	const languageJapanese, primaryMask = 0x11, 0x3ff
	language, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetUserDefaultUILanguage").Call()
	if language&primaryMask == languageJapanese {
		return "ja"
	}
	return "en"
}
