package cmd

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/prompt"
)

func newLocalNetworkTopic(a *app) *cobra.Command {
	return newTopic(a, "local-network", "Pages on https, an API on http, localhost or a private network", func(w io.Writer) {
		fmt.Fprint(w, `A page on https that fetches from plain http meets a browser's own rules before
CORS is looked at; no header of the API changes them. The page gets the same
TypeError as for CORS, and the console says which rule it was.
`)
		for _, c := range []struct{ title, target string }{
			{"http://localhost and http://127.0.0.1, as serve answers on", "http://localhost:8080"},
			{"http:// and an address of a private network, such as 192.168.0.10", "http://192.168.0.10"},
			{"http:// and any other name", "http://api.example.com"},
		} {
			fmt.Fprintln(w, "\n"+c.title)
			for _, b := range console.Barriers("https://app.example.com", c.target, console.AllBrowsers) {
				fmt.Fprint(w, prompt.Hang(fmt.Sprintf("  %-9s %s", b.Engine, b.Does), 80, "            "))
			}
		}
		fmt.Fprint(w, `
Seen in Chromium 156, Firefox 153 and WebKitGTK 2.50. Not tried: Safari itself,
a page whose address a proxy hides, https on a private network, and the answer
that a user gives. No preflight with Access-Control-Request-Private-Network was
seen: the permission has taken its place.

What to do instead
  Run the page on this machine, too (http://localhost:5173): none of it applies.
  Or give the local API a certificate that the browser trusts, and call https.
  Chromium and Firefox keep a user's answer: the icon in the address bar has it.

https://developer.chrome.com/blog/local-network-access
https://support.mozilla.org/kb/control-personal-device-local-network-permissions-firefox
https://w3c.github.io/webappsec-mixed-content/
https://github.com/WebKit/WebKit/pull/41238
`)
	})
}
