package golden_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"apigw-cors/cmd/console"
	"apigw-cors/generator/cors"
	"apigw-cors/golden/browser"
)

// barredHosts are hosts of plain http, as a page on https calls them. Behind the
// proxy no engine asks for the permission; what it blocks as mixed content it
// blocks all the same.
func barredHosts() []string {
	return []string{"localhost:8080", "127.0.0.1:8080", privateHost, "plain.example.com"}
}

// privateHost is not for Chromium: the permission is switched off there, and what
// it would allow is mixed content then.
const privateHost = "192.168.7.7"

// deployBarred answers on all of them, to every page.
func deployBarred(site *browser.Site) {
	for _, host := range barredHosts() {
		site.DeployAt(host, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set(cors.HeaderAllowOrigin, "*") }))
	}
}

// testBarriers holds what [console.Barriers] says of mixed content against what an
// engine does, and its console against the messages that are known. first numbers
// the fetches.
func testBarriers(t *testing.T, engine string, b browser.Browser, site *browser.Site, first int) {
	t.Helper()
	const page = "https://app.example.com"
	var fetches []browser.Fetch
	for i, host := range barredHosts() {
		fetches = append(fetches, browser.Fetch{
			Origin: page, URL: fmt.Sprintf("http://%s/?%s=%d", host, browser.CellParameter, first+i), Method: "GET", Headers: [][2]string{}, Credentials: "omit",
		})
	}
	for i, saw := range b.FetchInTurn(t, fetches) {
		if engine == string(cors.Chromium) && barredHosts()[i] == privateHost {
			continue
		}
		does := ""
		for _, barrier := range console.Barriers(page, fetches[i].URL, console.AllBrowsers) {
			if string(barrier.Engine) == engine {
				does = barrier.Does
			}
		}
		if asks := strings.HasPrefix(does, "asks"); asks == (saw.Error != "") || asks != (site.Sent(first+i).Actuals > 0) {
			t.Errorf("%s of %s: %q, said to be: %s", engine, fetches[i].URL, saw.Error, does)
		}
		if saw.Error == "" {
			continue
		}
		if found := console.Find(saw.Console...); len(found) == 0 || !strings.HasPrefix(found[0].Why, "This is not CORS: a page on https") {
			t.Errorf("%s of %s: nobody knows %q", engine, fetches[i].URL, saw.Console)
		}
	}
}
