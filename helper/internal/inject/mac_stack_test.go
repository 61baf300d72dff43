package inject

import "testing"

func TestWhichMacWindowAClickHits(t *testing.T) {
	const own, app, dock, server = 1, 2, 3, 4
	// Front to back, as the window server lists them.
	desk := []macWindow{
		{id: 10, pid: server, layer: 2147483630, bounds: rect{500, 500, 20, 20}}, // the pointer itself
		{id: 11, pid: own, layer: levelStatus, bounds: rect{900, 700, 300, 100}}, // the connected dialog
		{id: 16, pid: own, layer: 1000, bounds: rect{100, 100, 50, 50}},          // another window of ours, higher up
		{id: 12, pid: server, layer: levelMenuBar, bounds: rect{0, 0, 1440, 24}},
		{id: 13, pid: dock, layer: 20, bounds: rect{0, 0, 1440, 900}},
		{id: 14, pid: app, layer: 0, bounds: rect{0, 0, 1440, 860}}, // the chosen window
		{id: 15, pid: dock, layer: -2147483624, bounds: rect{0, 0, 1440, 900}},
	}
	answers := func(pid int64) func() int64 { return func() int64 { return pid } }
	for name, test := range map[string]struct {
		at    point
		owner func() int64
		want  int64
	}{
		"the app":                    {point{500, 500}, answers(app), 14},
		"the app, by a move":         {point{500, 500}, nil, 14},
		"the dialog over it":         {point{950, 750}, answers(own), 11},
		"the dialog, by a move":      {point{950, 750}, nil, 11},
		"the dialog, nobody answers": {point{950, 750}, answers(0), 11},
		"a higher one of ours":       {point{120, 120}, answers(0), 16},
		"the menu bar":               {point{50, 10}, answers(app), 12},
		"the menu bar, by a move":    {point{50, 10}, nil, 12},
		"the Dock":                   {point{700, 850}, answers(dock), 13},
		"above the Dock's icons":     {point{700, 850}, answers(app), 14},
		"the desktop":                {point{700, 880}, answers(0), 0},
		"nothing":                    {point{5000, 0}, answers(0), 0},
	} {
		if got := topmost(desk, test.at, own, test.owner); got != test.want {
			t.Errorf("%s: window %d, want %d", name, got, test.want)
		}
	}
}
