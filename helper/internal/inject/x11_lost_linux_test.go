package inject

import (
	"errors"
	"os"
	"testing"

	"github.com/jezek/xgb/xproto"

	"tasuki/helper/internal/inject/testwindow"
)

// press holds two keys and a button, and borrows a keycode.
func (d *desk) press(x *x11) {
	d.t.Helper()
	ok(d.t, x.Text("襷"), x.Key("ShiftLeft", true), x.Key("KeyA", true), x.Button(screen, 0.5, 0.5, 0, true))
	if down := d.down(); len(down) != 3 {
		d.t.Fatalf("down: %v", down)
	}
}

// pressesNothing checks that an injector has given up.
func pressesNothing(t *testing.T, x *x11) {
	t.Helper()
	for _, err := range []error{x.Key("KeyB", true), x.Move(screen, 0.5, 0.5), x.Button(screen, 0, 0, 0, true), x.Wheel(screen, 0, 0, 0, 1), x.Text("aあ"), x.Address(screen), x.Confine(nil)} {
		want(t, "after the loss", err, ErrUnsupported)
	}
	if x.Info().Backend != "none" {
		t.Error("still says it can inject")
	}
}

// drop has the server drop the injector's connection; it finds a client by something that belongs to it.
func (d *desk) drop(x *x11) {
	d.t.Helper()
	id, err := xproto.NewGcontextId(x.conn)
	ok(d.t, err, xproto.CreateGCChecked(x.conn, id, xproto.Drawable(x.root), 0, nil).Check())
	ok(d.t, xproto.KillClientChecked(d.probe, uint32(id)).Check())
}

func TestNothingStaysDownWhenTheWatcherIsLost(t *testing.T) {
	d := newDesk(t, "us")
	before := keycodesInUse(d)
	x := d.injector()
	d.press(x)
	ok(t, x.watch.(*quietCloser).conn.Close())
	d.until("everything to go up", func() bool { return d.down() == nil })
	d.until("the keycode to be given back", func() bool { return keycodesInUse(d) == before })
	pressesNothing(t, x)
	ok(t, x.ReleaseAll(), x.Close())
	want(t, "after Close", x.ReleaseAll(), ErrUnsupported)
}

func TestAWatcherLostInTheMiddleOfATextEndsIt(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	w := d.window(testwindow.Options{Title: "text"})
	d.focus(w)
	ok(t, x.Key("ShiftLeft", true))
	typed := make(chan error, 1)
	go func() {
		typed <- x.Text("襷手操作遠隔支援画面共有顧客管理者番号接続承諾拒否終了再開始入力出力記録監査窓口履歴設定更新通知検索印刷保存編集表示追加削除")
	}()
	d.until("the text to begin", func() bool { return w.Text() != "" })
	ok(t, x.watch.(*quietCloser).conn.Close())
	want(t, "the text", <-typed, ErrUnsupported)
	d.until("everything to go up", func() bool { return d.down() == nil })
}

func TestTheGuardTakesOverWhenTheServerDropsTheInjector(t *testing.T) {
	d := newDesk(t, "us")
	t.Setenv("DISPLAY", d.display)
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("XDG_SESSION_TYPE", "x11")
	before := keycodesInUse(d)
	x := d.injector()
	exe, err := os.Executable()
	ok(t, err)
	stop, err := StartGuard(t.Context(), x, exe)
	ok(t, err)
	d.press(x)
	d.drop(x)
	// This process goes on; the guard does not wait for its end.
	d.until("the guard to release everything", func() bool { return d.down() == nil })
	d.until("the keycode to be given back", func() bool { return keycodesInUse(d) == before })
	pressesNothing(t, x)
	want(t, "release", x.ReleaseAll(), ErrUnsupported)
	ok(t, stop(), x.Close())
}

func TestALostServerNeverCrashes(t *testing.T) {
	d := newDesk(t, "us")
	x := d.injector()
	d.press(x)
	ok(t, d.server.Kill())
	d.until("the loss to be noticed", func() bool { return errors.Is(x.Key("KeyB", true), ErrUnsupported) })
	pressesNothing(t, x)
	want(t, "release", x.ReleaseAll(), ErrUnsupported)
	ok(t, x.Close())
}
