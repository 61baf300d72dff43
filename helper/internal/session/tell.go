package session

import (
	"encoding/json"
	"time"

	"tasuki/helper/internal/control"
	"tasuki/helper/internal/online"
	"tasuki/helper/internal/protocol"
)

// told is what each of the others knows already; nil: nothing.
type told struct {
	host   *hostView
	status *protocol.SessionStatus
	server *protocol.Grants
	// soon: a report of nothing but refusals is due.
	soon bool
}

type hostView struct {
	grants protocol.Grants
	paused bool
}

// refusalsEvery is how often refusals alone are reported.
const refusalsEvery = 500 * time.Millisecond

// follow has every change of the gate told: one report at a time, so that many changes become one.
func (s *Session) follow(gate *control.Gate) {
	for {
		select {
		case <-gate.Changed():
			s.loop.Do(s.tell)
		case <-s.ctx.Done():
			return
		}
	}
}

// tell says what has changed, each to whom it concerns: the helper is the one that knows the grants.
func (s *Session) tell() {
	if s.gate == nil || s.ctx.Err() != nil {
		return
	}
	state := s.gate.State()
	s.tellHost(state)
	s.tellPeer(state, false)
	s.tellServer()
	s.clip.follow(s.gate.MayClipboard())
	if s.connected != nil {
		s.connected.Update(s.dialogState())
	}
}

func (s *Session) tellHost(state control.State) {
	// Before the page has said what holds first there is nothing to tell it.
	if !s.host.open || s.config == nil {
		return
	}
	now := hostView{state.Grants, state.Paused}
	before := s.told.host
	s.told.host = &now
	if before == nil || before.grants != now.grants {
		s.host.send(protocol.HostLineGrants{Grants: now.grants})
	}
	if before == nil || before.paused != now.paused {
		s.host.send(protocol.HostLinePaused{On: now.paused})
	}
}

// tellPeer reports to the controller; nothing but refusals waits until it is due.
func (s *Session) tellPeer(state control.State, due bool) {
	if !s.links.up() {
		s.told.status = nil
		return
	}
	backend, reason := describe(state.Info)
	now := protocol.SessionStatus{
		Grants: state.Grants, Paused: state.Paused, Guarded: state.Guarded, Backend: backend, Reason: reason,
		CtrlAltDel: state.Info.CtrlAltDel, Refused: state.Refused,
	}
	if before := s.told.status; before != nil {
		same := *before
		same.Refused = now.Refused
		if *before == now || same == now && !due {
			s.tellSoon(*before != now)
			return
		}
	}
	if s.links.send(now) {
		s.told.status = &now
	}
}

func (s *Session) tellSoon(refused bool) {
	if !refused || s.told.soon {
		return
	}
	s.told.soon = true
	s.loop.After(refusalsEvery, func() {
		s.told.soon = false
		s.tellPeer(s.gate.State(), true)
	})
}

func (s *Session) tellServer() {
	if s.config == nil || !s.host.online {
		return
	}
	now := s.gate.State().Grants
	if s.told.server != nil && *s.told.server == now {
		return
	}
	s.told.server = &now
	message := protocol.ReportGrants{SessionID: s.attached.SessionID, Grants: now}
	s.server.Ask("helper:grants", message, func(raw json.RawMessage, err error) {
		if online.Done(raw, err) != nil {
			s.loop.Post(func() { s.told.server = nil }) // told again after the next change or resume
		}
	})
}
