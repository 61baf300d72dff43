package session

import (
	"net"
	"net/url"
)

// onThisComputer tells whether the server runs here, so that the browsers may as well.
func onThisComputer(origin string) bool {
	address, err := url.Parse(origin)
	if err != nil {
		return false
	}
	if address.Hostname() == "localhost" {
		return true
	}
	ip := net.ParseIP(address.Hostname())
	return ip != nil && ip.IsLoopback()
}
