package browser_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"apigw-cors/golden/browser"
)

// TestEngines lets pages of every kind of origin fetch from one API in each
// engine: one that allows an origin, and says of another's what it makes of it.
func TestEngines(t *testing.T) {
	if testing.Short() {
		t.Skip("real tools are left out of -short")
	}
	for _, engine := range browser.Engines() {
		t.Run(engine.Name, func(t *testing.T) {
			site := browser.NewSite(t)
			url := site.Deploy("api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Access-Control-Allow-Origin", r.URL.Query().Get("allow"))
			}))
			b := engine.Start(t, site)
			n := 0
			for _, origin := range []string{"https://app.example.com", "http://app.example.com", "http://localhost:5173", "http://127.0.0.1:5173", "http://[::1]:5173", "https://app.example.com:8443", "null"} {
				fetch := func(allow string) browser.Fetch {
					n++
					return browser.Fetch{
						Origin: origin, URL: fmt.Sprintf("%s/?allow=%s&%s=%d", url, allow, browser.CellParameter, n),
						Method: "GET", Headers: [][2]string{}, Credentials: "omit",
					}
				}
				saw := b.FetchInTurn(t, []browser.Fetch{fetch(origin), fetch("https://other.example"), fetch("*")})
				for i, allowed := range []bool{true, false, true} {
					if got := saw[i].Error == ""; got != allowed {
						t.Errorf("%s, fetch %d: %+v", origin, i, saw[i])
					}
					if told := slices.ContainsFunc(saw[i].Console, func(line string) bool {
						return strings.Contains(line, "Access-Control-Allow-Origin") || strings.Contains(line, "access control")
					}); told == allowed {
						t.Errorf("%s, fetch %d: the console says %q", origin, i, saw[i].Console)
					}
				}
				t.Logf("%s: %q", origin, saw[1].Console)
			}
		})
	}
}
