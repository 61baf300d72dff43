// Package fakeserver is the server's end of Socket.IO for tests: one namespace, one connection at a time, scripted answers.
package fakeserver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/coder/websocket"
)

// Server answers events with what the function given to New returns.
type Server struct {
	answer func(event string, message json.RawMessage) any

	mu        sync.Mutex
	conn      *websocket.Conn
	namespace string
	refuse    string
	away      bool
}

// New makes a server.
func New(answer func(event string, message json.RawMessage) any) *Server {
	return &Server{answer: answer}
}

// Refuse has the next connections refused for this reason; empty: let in again.
func (s *Server) Refuse(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = reason
}

// Drop breaks the connection; while away, new ones are turned down.
func (s *Server) Drop(away bool) {
	s.mu.Lock()
	s.away = away
	conn := s.conn
	s.mu.Unlock()
	if conn != nil {
		_ = conn.CloseNow()
	}
}

// Close breaks the connection for good.
func (s *Server) Close() { s.Drop(true) }

// Emit sends an event, if somebody is connected.
func (s *Server) Emit(event string, message any) {
	raw, err := json.Marshal([]any{event, message})
	if err != nil {
		panic(err)
	}
	s.send(fmt.Sprintf("42%s,%s", s.namespace, raw))
}

func (s *Server) send(frame string) {
	s.mu.Lock()
	conn := s.conn
	s.mu.Unlock()
	if conn != nil {
		_ = conn.Write(context.Background(), websocket.MessageText, []byte(frame))
	}
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	away := s.away
	s.mu.Unlock()
	if away {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return
	}
	conn.SetReadLimit(1 << 20)
	s.mu.Lock()
	s.conn = conn
	s.mu.Unlock()
	s.send(`0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}`)
	for {
		_, frame, err := conn.Read(context.Background())
		if err != nil {
			return
		}
		s.receive(frame)
	}
}

func (s *Server) receive(frame []byte) {
	namespace, rest, _ := bytes.Cut(frame, []byte(","))
	switch {
	case bytes.HasPrefix(frame, []byte("40")):
		s.mu.Lock()
		s.namespace = string(namespace[2:])
		refuse := s.refuse
		s.mu.Unlock()
		if refuse != "" {
			s.send(fmt.Sprintf(`44%s,{"message":%q}`, s.namespace, refuse))
			return
		}
		s.send(fmt.Sprintf(`40%s,{"sid":"s"}`, s.namespace))
	case bytes.HasPrefix(frame, []byte("42")):
		start := bytes.IndexByte(rest, '[')
		id, err := strconv.Atoi(string(rest[:start]))
		if err != nil {
			panic(err)
		}
		var event []json.RawMessage
		var name string
		if json.Unmarshal(rest[start:], &event) != nil || json.Unmarshal(event[0], &name) != nil {
			panic("no event")
		}
		answer, err := json.Marshal([]any{s.answer(name, event[1])})
		if err != nil {
			panic(err)
		}
		s.send(fmt.Sprintf("43%s,%d%s", s.namespace, id, answer))
	}
}
