// Command bare is the yardstick of the benchmark `control`: the least a program can do to operate a screen. One peer
// connection, one data channel with plain JSON, XTEST; no pairing, no seal, no consent, no checks. It is never shipped.
//
// Standard input: one line of JSON, the page's complete offer {type, sdp}. Standard output: one line, the answer. It ends
// when standard input closes.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
	"github.com/pion/webrtc/v4"
)

// message is what the page sends: a key by its X keycode, or a button (1 left) at a pixel of the screen.
type message struct {
	Keycode byte  `json:"keycode"`
	Button  byte  `json:"button"`
	X       int16 `json:"x"`
	Y       int16 `json:"y"`
	Down    bool  `json:"down"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	xgb.Logger = log.New(io.Discard, "", 0) // it comments on every connection
	display, err := xgb.NewConn()
	if err != nil {
		return fmt.Errorf("display: %w", err)
	}
	defer display.Close()
	if err := xtest.Init(display); err != nil {
		return fmt.Errorf("XTEST: %w", err)
	}
	peer, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return fmt.Errorf("peer connection: %w", err)
	}
	defer func() { _ = peer.Close() }()
	peer.OnDataChannel(func(channel *webrtc.DataChannel) {
		channel.OnMessage(func(m webrtc.DataChannelMessage) {
			if err := inject(display, m.Data); err != nil {
				fmt.Fprintln(os.Stderr, "bare:", err)
			}
		})
	})
	lines := bufio.NewReaderSize(in, 1<<16)
	if err := answer(peer, lines, out); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, lines)
	return err
}

// answer reads the offer and writes the answer with every candidate in it.
func answer(peer *webrtc.PeerConnection, in *bufio.Reader, out io.Writer) error {
	line, err := in.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("no offer: %w", err)
	}
	var offer webrtc.SessionDescription
	if err := json.Unmarshal(line, &offer); err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	if err := peer.SetRemoteDescription(offer); err != nil {
		return fmt.Errorf("offer: %w", err)
	}
	description, err := peer.CreateAnswer(nil)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	gathered := webrtc.GatheringCompletePromise(peer)
	if err := peer.SetLocalDescription(description); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	<-gathered
	return json.NewEncoder(out).Encode(peer.LocalDescription())
}

// inject presses or releases what one message says.
func inject(display *xgb.Conn, data []byte) error {
	var m message
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("message: %w", err)
	}
	kind, detail := eventOf(m)
	root := xproto.Setup(display).DefaultScreen(display).Root
	if m.Button != 0 {
		xtest.FakeInput(display, xproto.MotionNotify, 0, 0, root, m.X, m.Y, 0)
	}
	xtest.FakeInput(display, kind, detail, 0, root, 0, 0, 0)
	return nil
}

// eventOf is the X event that a message stands for, and its keycode or button.
func eventOf(m message) (kind, detail byte) {
	switch {
	case m.Button != 0 && m.Down:
		return xproto.ButtonPress, m.Button
	case m.Button != 0:
		return xproto.ButtonRelease, m.Button
	case m.Down:
		return xproto.KeyPress, m.Keycode
	default:
		return xproto.KeyRelease, m.Keycode
	}
}
