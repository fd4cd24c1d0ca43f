package console

import (
	"net/netip"
	"net/url"
	"strings"

	"apigw-cors/generator/cors"
)

// Barrier is what an engine has against a request before CORS is looked at: it
// is neither a CORS check nor of the Fetch standard.
type Barrier struct {
	Engine cors.Engine
	// Does says what the engine does, without its name.
	Does string
}

// place is where a plain http URL leads, as a page on https sees it.
type place int

const (
	elsewhere place = iota
	// loopback is this machine by localhost or a loopback address.
	loopback
	// private is an address of RFC 1918 or alike. A name that leads to one is
	// elsewhere: what counts is known before it is looked up.
	private
)

// Barriers are what stands between a page on https and a plain http URL: mixed
// content, and the permission for the local network. None, where page or URL is
// not such a one. They were seen in Chromium 156, Firefox 153 and WebKitGTK
// 2.50; Safari itself was not tried.
//
// https://developer.chrome.com/blog/local-network-access
// https://support.mozilla.org/kb/control-personal-device-local-network-permissions-firefox
// https://w3c.github.io/webappsec-mixed-content/
func Barriers(origin, target string, browser Browser) []Barrier {
	to, err := url.Parse(target)
	from, err2 := url.Parse(origin)
	if err != nil || err2 != nil || to.Scheme != "http" || from.Scheme != "https" || placeOf(from.Hostname()) == loopback {
		return nil
	}
	const (
		mixed = "blocks it as mixed content: http on a page on https"
		asks  = "asks the user whether the page may reach this "
	)
	var out []Barrier
	add := func(engine cors.Engine, does string) {
		if browser.Has(engine) {
			out = append(out, Barrier{engine, does})
		}
	}
	switch placeOf(to.Hostname()) {
	case loopback:
		add(cors.Chromium, asks+"device (Local Network Access), unless the page comes from this device itself; without a yes it is refused")
		add(cors.Firefox, asks+"device (Local Network Access), unless the page comes from this device itself, and lets the fetch wait for the answer")
		add(cors.WebKit, mixed+", localhost too")
	case private:
		add(cors.Chromium, asks+"network (Local Network Access), unless the page comes from it; without a yes it is refused")
		add(cors.Firefox, mixed)
		add(cors.WebKit, mixed)
	case elsewhere:
		for _, engine := range cors.Engines() {
			add(engine, mixed)
		}
	}
	return out
}

func placeOf(host string) place {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return loopback
	}
	address, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		return elsewhere
	case address.Unmap().IsLoopback():
		return loopback
	case address.Unmap().IsPrivate() || address.Unmap().IsLinkLocalUnicast():
		return private
	}
	return elsewhere
}

// barred are the rows of what [Barriers] say in the console, and of what else keeps
// a page from an answer that CORS lets through.
func barred() []Refusal {
	const run = "apigw-cors help local-network"
	return []Refusal{
		{
			Messages: []Message{
				{Engine: cors.Chromium, Text: "Permission was denied for this request to access the `{space}` address space."},
				{Engine: cors.Firefox, Text: "Local Network Access permission required"},
			},
			Others: []string{"the resource is in more-private address space", "yet the resource is in address space"},
			Why:    "This is not CORS: a page from elsewhere asks for an address of this device or of its network, and the user has to allow it first.",
			Run:    run,
		},
		{
			Messages: []Message{
				{Engine: cors.Chromium, Text: "This request has been blocked; the content must be served over HTTPS."},
				{Engine: cors.Firefox, Text: "Blocked loading mixed active content"},
				{Engine: cors.WebKit, Text: "[blocked] The page at {page} requested insecure content from {url}."},
			},
			Why: "This is not CORS: a page on https fetches from plain http (mixed content). API Gateway answers on https: call that. WebKit blocks http://localhost, too.",
			Run: run,
		},
		{
			Others: []string{"violates the following Content Security Policy directive", "Content-Security-Policy: The page's settings blocked"},
			Why:    "This is not CORS: the page's own Content-Security-Policy does not let it call the address. Add the API's origin to its connect-src.",
			Run:    runProbe,
		},
		{
			Causes: []cors.Cause{cors.ExposedNone, cors.ExposedNames},
			Others: []string{`Refused to get unsafe header "{header}"`},
			Why:    "The page reads the response, but not this header of it: it is not in exposeHeaders. Set-Cookie no page reads.",
			Run:    runProbe,
		},
	}
}
