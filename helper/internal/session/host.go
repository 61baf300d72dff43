package session

import (
	"tasuki/helper/internal/dialog"
	"tasuki/helper/internal/inject"
	"tasuki/helper/internal/link"
	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
	"tasuki/helper/internal/text"
)

// hostOpened: the snapshot for the page in front of this computer.
func (s *Session) hostOpened() {
	info := s.gate.State().Info
	backend, reason := describe(info)
	s.host.send(protocol.HostLineReady{
		Version: s.deps.About.Version, System: s.deps.About.System, Backend: backend, Reason: reason,
	})
	s.told.host = nil
	s.hostFound()
	s.tell()
}

// describe names the injector in the protocol's words.
func describe(info inject.Info) (backend, reason string) {
	switch info.Backend {
	case "x11", "windows", "macos":
		return info.Backend, ""
	}
	switch info.Reason {
	case "wayland", "no-display", "no-permission":
		return "none", info.Reason
	}
	return "none", "failed"
}

func (s *Session) onHost(message protocol.HostLineMessage) error {
	switch m := message.(type) {
	case protocol.HostLineConfig:
		return s.configure(m)
	case protocol.HostLineGrant:
		s.gate.GrantByPage(m.Name, m.On)
	case protocol.HostLineFocus:
		s.gate.Guard(m.On)
		s.host.send(protocol.HostLineGuarding{On: m.On})
	case protocol.HostLineDismiss:
		s.finish(Outcome{Kind: Dismissed}, "")
	case protocol.HostLineEnd:
		s.ended(m.By, m.Reason)
	default:
		return seal.Tampered(seal.Unexpected)
	}
	return nil
}

// configure takes what the page shares. It must name the same people and mode as the server did.
func (s *Session) configure(m protocol.HostLineConfig) error {
	host := s.attached.Host
	if m.Mode != s.attached.Mode || m.Card.Operator != host.Operator || m.Card.Company != host.Company {
		return seal.Tampered(seal.Mismatch)
	}
	first := s.config == nil
	s.config = &m
	s.gate.Configure(m)
	if first {
		s.show()
	}
	s.told.host = nil
	s.tell()
	return nil
}

// show opens the connected dialog; from then on it is what the person sees of the session.
func (s *Session) show() {
	gate := s.gate
	s.connected = s.deps.UI.ShowConnected(s.dialogState(), dialog.Events{
		Cancel: s.cancel,
		Grant:  gate.Grant,
	})
	s.busy()
	s.busy = func() {}
}

func (s *Session) dialogState() dialog.Session {
	state := s.gate.State()
	out := dialog.Session{
		Operator: s.attached.Host.Operator, Company: s.attached.Host.Company,
		Input: state.Grants.Input, Clipboard: state.Grants.Clipboard,
		ClipboardAllowed: s.attached.Mode == protocol.ModeControl,
		Paused:           state.Paused, Connected: s.links.up(), Server: link.Host(s.deps.Origin),
	}
	if s.attached.Mode == protocol.ModeShare {
		out.Sharing, out.Operator, out.Company = true, customerName(), ""
	}
	return out
}

// customerName stands where a name would: the customer has none that anybody vouches for.
func customerName() string {
	if text.Current().Language == "ja" {
		return "顧客"
	}
	return "the customer"
}
