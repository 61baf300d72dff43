package proxy

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

func TestGNOMESettings(t *testing.T) {
	target := &url.URL{Scheme: "https", Host: "support.example"}
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	if proxy, err := systemFinder(t.Context()).find(target); proxy != nil || err != nil {
		t.Errorf("without gsettings: %v, %v", proxy, err)
	}
	script := "#!/bin/sh\n[ \"$*\" = 'list-recursively org.gnome.system.proxy' ] || exit 1\n" +
		"echo \"org.gnome.system.proxy mode 'manual'\"\n" +
		"echo \"org.gnome.system.proxy.https host 'proxy.example'\"\n" +
		"echo 'org.gnome.system.proxy.https port 3128'\n"
	if err := os.WriteFile(filepath.Join(folder, "gsettings"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	if proxy, err := systemFinder(t.Context()).find(target); err != nil || textOf(proxy) != "http://proxy.example:3128" {
		t.Errorf("got %v, %v", proxy, err)
	}
}
