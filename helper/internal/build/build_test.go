package build

import "testing"

func TestKnows(t *testing.T) {
	for _, test := range []struct {
		origins, origin string
		want            bool
	}{
		{"", "https://any.example", true},
		{"https://a.example", "https://a.example", true},
		{"https://a.example, https://b.example:8443", "https://b.example:8443", true},
		{"https://a.example", "https://b.example", false},
		{"https://a.example", "https://a.example:8443", false},
		{"https://a.example", "https://a.example.thief.example", false},
		{"https://a.example", "http://a.example", false},
		{",", "https://a.example", false},
	} {
		if got := knows(test.origins, test.origin); got != test.want {
			t.Errorf("%q knows %q: %v", test.origins, test.origin, got)
		}
	}
}
