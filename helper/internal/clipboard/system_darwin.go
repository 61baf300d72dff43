package clipboard

import (
	"context"
	"crypto/sha256"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"tasuki/helper/internal/protocol"
)

const (
	pollEvery = time.Second
	toolTime  = 5 * time.Second
	maxBytes  = 4 * protocol.MaxClipboardChars
)

// macClipboard works with the system's own two programs.
type macClipboard struct{ own echo }

func open() (System, error) {
	for _, tool := range []string{"pbcopy", "pbpaste"} {
		if _, err := os.Stat("/usr/bin/" + tool); err != nil {
			return nil, ErrUnsupported
		}
	}
	return &macClipboard{}, nil
}

func (c *macClipboard) Close() {}

// tool runs one of the two with UTF-8, whatever the environment says.
func tool(ctx context.Context, name string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "/usr/bin/"+name)
	cmd.Env = append(os.Environ(), "LC_ALL=en_US.UTF-8", "LANG=en_US.UTF-8")
	return cmd
}

func (c *macClipboard) Set(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), toolTime)
	defer cancel()
	c.own.note(text)
	cmd := tool(ctx, "pbcopy")
	cmd.Stdin = strings.NewReader(text)
	return cmd.Run()
}

func (c *macClipboard) Watch(ctx context.Context, changed func(string, error)) error {
	var text string
	var problem error
	mark := func() ([sha256.Size]byte, error) {
		text, problem = read(ctx)
		if problem != nil && problem != ErrTooLong {
			return [sha256.Size]byte{}, problem
		}
		return sha256.Sum256([]byte(text)), nil
	}
	return poll(ctx, pollEvery, &c.own, mark, func() (string, error) { return text, problem }, changed)
}

func read(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	cmd := tool(ctx, "pbpaste")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.LimitReader(out, maxBytes+1))
	if len(data) > maxBytes || err != nil {
		cancel() // it would write for ever into a pipe nobody reads
	}
	waited := cmd.Wait()
	switch {
	case err != nil:
		return "", err
	case len(data) > maxBytes || protocol.Units(string(data)) > protocol.MaxClipboardChars:
		// The first bytes tell one long text from another.
		return string(data[:min(len(data), 1024)]), ErrTooLong
	default:
		return string(data), waited
	}
}
