package cors

import "testing"

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"sam", "sma", 1}, {"rest", "rset", 1}, {"http", "htp", 1}, {"sam", "cdk", 3}} {
		if got := Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, not %d", tt.a, tt.b, got, tt.want)
		}
	}
}
