package text

import (
	"reflect"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	for _, c := range []struct{ override, system, want string }{
		{"", "ja_JP.UTF-8", "ja"}, {"", "ja", "ja"}, {"", "ja-JP", "ja"}, {"", "JA.eucJP", "ja"},
		{"", "en_US.UTF-8", "en"}, {"", "C", "en"}, {"", "", "en"}, {"", "jam_JM", "en"}, {"", "de_DE", "en"},
		{"ja", "en_US", "ja"}, {"en", "ja_JP", "en"}, {"fr", "ja_JP", "ja"},
	} {
		if got := choose(c.override, func() string { return c.system }); got != c.want {
			t.Errorf("choose(%q, %q) = %q, want %q", c.override, c.system, got, c.want)
		}
	}
}

// Every text is there in both languages, with the same number of places for values.
func TestComplete(t *testing.T) {
	ja, en := reflect.ValueOf(japanese), reflect.ValueOf(english)
	for i := range ja.NumField() {
		name, j, e := ja.Type().Field(i).Name, ja.Field(i).String(), en.Field(i).String()
		if j == "" || e == "" {
			t.Errorf("%s is missing: ja %q, en %q", name, j, e)
		}
		if strings.Count(j, "%s") != strings.Count(e, "%s") {
			t.Errorf("%s: ja %q and en %q take different values", name, j, e)
		}
	}
}

func TestContractWords(t *testing.T) {
	got := []string{english.Accept, japanese.Accept, english.Cancel, japanese.Cancel, english.Stop, japanese.Stop, english.Connected, japanese.Connected}
	want := []string{"Accept", "承諾", "Cancel", "キャンセル", "Stop", "中止", "Connected", "接続されました"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestUnreachableNamesTheScript(t *testing.T) {
	for _, w := range []*Words{&japanese, &english} {
		plain, script := w.Unreachable(false), w.Unreachable(true)
		if plain != w.ServerUnreachable || !strings.HasPrefix(script, plain) || !strings.Contains(script, "PAC") {
			t.Errorf("%q and %q", plain, script)
		}
		// A window shows no more of a line.
		if len([]rune(script)) > 300 {
			t.Errorf("%d characters", len([]rune(script)))
		}
	}
}
