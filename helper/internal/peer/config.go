// Package peer is the helper's own WebRTC link to the controller's browser: three data channels, sealed once more.
package peer

import (
	"net"
	"strings"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/webrtc/v4"

	"tasuki/helper/internal/protocol"
	"tasuki/helper/internal/seal"
)

// Config is what a link needs.
type Config struct {
	// ICE names the STUN and TURN servers; `relay` uses nothing but TURN.
	ICE protocol.IceConfig
	// Key is the peer line's; the channels' keys come from it.
	Key *seal.SessionKey
	// Loopback: the server is on this very computer, so the other side may be too.
	Loopback bool
	// QuietAfter is how long the controller may say nothing before Events.Quiet; zero: some seconds.
	QuietAfter time.Duration
	// TURN reaches TURN servers over TCP; nil: directly.
	TURN TURNDialer
}

// TURNDialer is what proxy.ICEDialer is: it dials for pion, which must be told of the servers in its way.
type TURNDialer interface {
	Dial(network, address string) (net.Conn, error)
	Servers(urls []string) []string
}

const (
	// Without an answer for so long the link counts as interrupted, then as dead.
	disconnectedAfter = 5 * time.Second
	failedAfter       = 15 * time.Second
	keepAlive         = time.Second
	// A read buffer of this size is enough for protocol.MaxChannelBytes; a longer message closes the channel.
	maxMessageBytes = 65_536
)

// api sets pion up; nothing is left to its defaults that matters for reaching browsers behind mDNS names and proxies.
func (c *Config) api() *webrtc.API {
	var settings webrtc.SettingEngine
	settings.SetICEMulticastDNSMode(ice.MulticastDNSModeQueryOnly)
	settings.SetIncludeLoopbackCandidate(c.Loopback)
	settings.SetICETimeouts(disconnectedAfter, failedAfter, keepAlive)
	settings.SetSCTPMaxMessageSize(maxMessageBytes)
	if c.TURN != nil {
		settings.SetICEProxyDialer(c.TURN)
	}
	// No media: an empty MediaEngine and no interceptors.
	return webrtc.NewAPI(webrtc.WithSettingEngine(settings))
}

// connection is the configuration for pion. URLs it cannot read are left out: one bad server must not cost the link.
func (c *Config) connection() webrtc.Configuration {
	out := webrtc.Configuration{BundlePolicy: webrtc.BundlePolicyMaxBundle}
	if c.ICE.Policy == "relay" {
		out.ICETransportPolicy = webrtc.ICETransportPolicyRelay
	}
	for _, server := range c.ICE.Servers {
		var urls []string
		turn := false
		for _, url := range server.URLs {
			if _, err := parseICE(url); err != nil {
				continue
			}
			turn = turn || strings.HasPrefix(url, "turn")
			urls = append(urls, url)
		}
		if len(urls) == 0 || turn && (server.Username == nil || server.Credential == nil) {
			continue
		}
		if c.TURN != nil {
			urls = c.TURN.Servers(urls)
		}
		entry := webrtc.ICEServer{URLs: urls}
		if server.Username != nil && server.Credential != nil {
			entry.Username, entry.Credential = *server.Username, *server.Credential
		}
		out.ICEServers = append(out.ICEServers, entry)
	}
	return out
}
