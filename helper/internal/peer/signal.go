package peer

import (
	"github.com/pion/stun/v4"
	"github.com/pion/webrtc/v4"

	"tasuki/helper/internal/protocol"
)

func parseICE(url string) (*stun.URI, error) { return stun.ParseURI(url) }

// fromCandidate writes a candidate as simple-peer does.
func fromCandidate(candidate webrtc.ICECandidateInit) protocol.SignalCandidate {
	out := protocol.SignalCandidate{}
	out.Candidate.Candidate = candidate.Candidate
	out.Candidate.SDPMid = candidate.SDPMid
	if candidate.SDPMLineIndex != nil {
		index := int(*candidate.SDPMLineIndex)
		out.Candidate.SDPMLineIndex = &index
	}
	return out
}

// toCandidate reads a browser's; ok is false for one that pion has no use for.
func toCandidate(signal protocol.SignalCandidate) (candidate webrtc.ICECandidateInit, ok bool) {
	in := signal.Candidate
	candidate = webrtc.ICECandidateInit{
		Candidate:        in.Candidate,
		SDPMid:           in.SDPMid,
		UsernameFragment: in.UsernameFragment,
	}
	if in.SDPMLineIndex != nil {
		if *in.SDPMLineIndex < 0 || *in.SDPMLineIndex > 0xffff {
			return candidate, false
		}
		index := uint16(*in.SDPMLineIndex)
		candidate.SDPMLineIndex = &index
	}
	return candidate, in.Candidate != ""
}
