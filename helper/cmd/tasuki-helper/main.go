// Command tasuki-helper is the native helper of Tasuki: it operates the computer it runs on for one session, after consent.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"tasuki/helper/internal/app"
	"tasuki/helper/internal/browser"
	"tasuki/helper/internal/build"
	"tasuki/helper/internal/clipboard"
	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/proxy"
	"tasuki/helper/internal/sysinfo"
)

// The helper waits most of its time: memory counts more than the collector's work.
const (
	collectAt   = 30
	memoryLimit = 36 << 20
)

func main() {
	if len(os.Args) == 2 {
		switch os.Args[1] {
		case inject.GuardArg:
			os.Exit(inject.GuardMain())
		case "--version":
			fmt.Println("tasuki-helper", build.Version)
			return
		}
	}
	debug.SetGCPercent(collectAt)
	debug.SetMemoryLimit(memoryLimit)
	log, closeLog := openLog(os.Getenv("TASUKI_HELPER_LOG"))
	defer closeLog()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	program, err := os.Executable()
	if err != nil {
		program = os.Args[0]
	}
	ui := dialog.New()
	ui.Run(func() {
		helper := app.App{
			UI: ui, Args: os.Args[1:], Program: program, Clipboard: clipboard.Open, Browser: browser.Open,
			Knows:  build.Knows,
			Inject: func() inject.Injector { return guarded(ctx, program, log) },
			Proxy:  proxy.New(),
			About: protocol.Attach{
				Version: build.Version, System: sysinfo.System(), SystemVersion: sysinfo.Version(),
			},
			Log: log,
		}
		helper.Run(ctx)
	})
}

// guarded opens the injector with its guard, which releases the keys if this program is killed.
func guarded(ctx context.Context, program string, log *slog.Logger) inject.Injector {
	injector := inject.New()
	info := injector.Info()
	log.Info("injector", "backend", info.Backend, "reason", info.Reason)
	// The guard ends by itself when this program does.
	if _, err := inject.StartGuard(ctx, injector, program); err != nil {
		log.Error("guard", "err", err)
	}
	return injector
}

// openLog writes to a file for diagnosis, if one is named. It holds states and errors, never keys, numbers or contents.
func openLog(path string) (*slog.Logger, func()) {
	if path == "" {
		return slog.New(slog.DiscardHandler), func() {}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return slog.New(slog.NewTextHandler(io.Discard, nil)), func() {}
	}
	return slog.New(slog.NewTextHandler(file, nil)), func() { _ = file.Close() }
}
