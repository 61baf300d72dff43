package inject

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"sync"
	"time"
)

// A key pressed by a program stays down when that program is killed: no system lets go of it by itself. So a small child
// process, the guard, is told what is held and releases it when the pipe from its parent closes, whatever the reason.
//
// The pipe carries lines: "+ key KeyA" before a press, "- key KeyA" after the release.

// GuardArg is the only argument of a guard process; main calls GuardMain when it sees it.
const GuardArg = "--guard"

// guardPatience is how long a guard tries. Windows lets go of nothing while it asks for consent to a program (UAC) or the
// computer is locked.
const guardPatience = 5 * time.Minute

// maxHeld bounds what a guard remembers; hands have ten fingers, and text needs every spare keycode at most.
const maxHeld = 512

// GuardMain runs a guard on standard input until it closes, then releases what is held. It returns the exit status.
func GuardMain() int {
	// An interrupt from the terminal reaches the whole group: the guard must outlive its parent.
	ignoreInterrupts()
	open := func() Injector {
		// A desktop that never answers must not keep this process for ever.
		time.AfterFunc(2*guardPatience, func() { os.Exit(1) })
		return New()
	}
	if err := runGuard(os.Stdin, open, guardPatience); err != nil {
		fmt.Fprintln(os.Stderr, "guard:", err)
		return 1
	}
	return 0
}

// runGuard is GuardMain with its edges passed in. The desktop is opened only when there is something to release.
func runGuard(pipe io.Reader, open func() Injector, patience time.Duration) error {
	held := readHeld(pipe)
	if len(held) == 0 {
		return nil
	}
	inj := open()
	g, ok := inj.(guarded)
	if !ok {
		return fmt.Errorf("%d keys stay down: %w (%s)", len(held), ErrUnsupported, inj.Info().Reason)
	}
	var errs []error
	for _, t := range held {
		errs = append(errs, g.adopt(t))
	}
	err := inj.ReleaseAll()
	for deadline := time.Now().Add(patience); err != nil && inj.Info().Backend != "none" && time.Now().Before(deadline); {
		time.Sleep(retryEvery)
		err = inj.ReleaseAll()
	}
	return errors.Join(append(errs, err, inj.Close())...)
}

// readHeld follows the pipe to its end and returns what is down then. Lines it does not understand are skipped.
func readHeld(pipe io.Reader) []token {
	var held []token
	lines := bufio.NewScanner(pipe)
	lines.Buffer(make([]byte, 128), 128)
	for lines.Scan() {
		line := lines.Text()
		if len(line) < 3 || line[1] != ' ' {
			continue
		}
		t := token(line[2:])
		if _, _, ok := t.parse(); !ok {
			continue
		}
		switch line[0] {
		case '+':
			if !slices.Contains(held, t) && len(held) < maxHeld {
				held = append(held, t)
			}
		case '-':
			held = slices.DeleteFunc(held, func(o token) bool { return o == t })
		}
	}
	return held
}

// StartGuard starts exe (normally os.Executable()) with GuardArg as the guard of inj. The guard acts when this process ends,
// or when inj says that it cannot let go of something; stop has it act at once. An injector without a desktop needs none:
// stop does nothing then.
func StartGuard(ctx context.Context, inj Injector, exe string) (stop func() error, err error) {
	g, ok := inj.(guarded)
	if !ok {
		return func() error { return nil }, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// Not CommandContext: the end of ctx must close the pipe, not kill the guard before it has released the keys.
	cmd := exec.Command(exe, GuardArg)
	detach(cmd)
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("guard: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("guard: %w", err)
	}
	var mu sync.Mutex
	g.watchHeld(func(t token, down bool) {
		mu.Lock()
		defer mu.Unlock()
		sign := "-"
		if down {
			sign = "+"
		}
		// A guard that is gone cannot be told; input goes on without it.
		_, _ = io.WriteString(pipe, sign+" "+string(t)+"\n")
	}, func() {
		mu.Lock()
		defer mu.Unlock()
		_ = pipe.Close()
	})
	var once sync.Once
	stop = func() error {
		var err error
		once.Do(func() {
			g.watchHeld(nil, nil)
			mu.Lock()
			_ = pipe.Close()
			mu.Unlock()
			err = waitFor(cmd, 3*time.Second)
		})
		return err
	}
	context.AfterFunc(ctx, func() { _ = stop() })
	return stop, nil
}

// errStillReleasing: the guard goes on trying by itself.
var errStillReleasing = errors.New("guard: the system does not let go of everything yet")

// waitFor waits for the guard, but does not end it: it alone knows what is still down.
func waitFor(cmd *exec.Cmd, patience time.Duration) error {
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		return errStillReleasing
	}
}

// ignoreInterrupts leaves only a kill and the end of the pipe to end this process.
func ignoreInterrupts() { signal.Ignore(interrupts...) }
