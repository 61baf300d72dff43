package inject

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// token names one thing held down, as the guard is told: "key KeyA", "button 0"; on X11 also "code 200" (a keycode
// pressed for text) and "map 200" (a spare keycode that carries a character for now).
type token string

func keyToken(code string) token        { return token("key " + code) }
func buttonToken(button int) token      { return token("button " + strconv.Itoa(button)) }
func numberToken(k string, n int) token { return token(k + " " + strconv.Itoa(n)) }

// parse splits a token; ok is false for what no injector makes.
func (t token) parse() (kind, name string, ok bool) {
	kind, name, found := strings.Cut(string(t), " ")
	if !found || name == "" || len(name) > 32 || strings.ContainsAny(name, " \n") {
		return "", "", false
	}
	return kind, name, slices.Contains([]string{"key", "button", "code", "map"}, kind)
}

// number is the token's number; -1 when it has none.
func (t token) number() int {
	_, name, _ := t.parse()
	n, err := strconv.Atoi(name)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// holding remembers what is down, in the order it went down, and tells the watcher (the guard) before a press and after
// a release, so that the guard never knows too little.
type holding struct {
	down  []token
	watch func(t token, down bool)
	lost  func()
}

// handOver tells the watcher that this process can let go of nothing any more.
func (h *holding) handOver() {
	if h.lost != nil {
		h.lost()
	}
}

func (h *holding) has(t token) bool { return slices.Contains(h.down, t) }

// keys are the codes of the keys that are down.
func (h *holding) keys() []string {
	var codes []string
	for _, t := range h.down {
		if kind, name, _ := t.parse(); kind == "key" {
			codes = append(codes, name)
		}
	}
	return codes
}

func (h *holding) press(t token) {
	if h.watch != nil {
		h.watch(t, true)
	}
	h.down = append(h.down, t)
}

func (h *holding) release(t token) {
	h.down = slices.DeleteFunc(h.down, func(o token) bool { return o == t })
	if h.watch != nil {
		h.watch(t, false)
	}
}

// guarded is what every real injector offers the guard.
type guarded interface {
	// watchHeld calls f with whatever goes down or up from now on, and lost when nothing can be let go of from here any
	// more. Neither may call the injector.
	watchHeld(f func(t token, down bool), lost func())
	// adopt takes over something that another process pressed, so that ReleaseAll lets go of it.
	adopt(t token) error
}

// adopt is the part of guarded that all systems share.
func (h *holding) adopt(t token, kinds ...string) error {
	kind, _, ok := t.parse()
	if !ok || !slices.Contains(kinds, kind) {
		return fmt.Errorf("cannot hold %q: %w", t, ErrUnsupported)
	}
	if !h.has(t) {
		h.down = append(h.down, t)
	}
	return nil
}
