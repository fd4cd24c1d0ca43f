package cors

import "strconv"

// Engine is what browsers are made of.
type Engine string

// The engines: Chromium is in Chrome, Edge and Opera, WebKit in Safari and in
// every browser on iOS.
const (
	Chromium Engine = "Chromium"
	Firefox  Engine = "Firefox"
	WebKit   Engine = "WebKit"
)

// Engines lists them all.
func Engines() []Engine { return []Engine{Chromium, Firefox, WebKit} }

// Departure is where an engine does otherwise than the Fetch standard. [Fetch]
// follows the standard.
type Departure struct {
	Engine Engine
	// Cause is of the step that comes out otherwise.
	Cause Cause
	// Over: it shows in a step whose value is a number above it. 0: in every one.
	Over int
	// Does says what the engine does, without its name.
	Does string
	// See is a URL that says so, "" where the tests saw it.
	See string
}

// Departures are those of the engines that the tests know: Chromium 156,
// Firefox 153 and WebKitGTK 2.50. All three refuse a redirect in a preflight, as
// the standard has it.
func Departures() []Departure {
	var out []Departure
	for _, engine := range Engines() {
		out = append(out, Departure{Engine: engine, Cause: AuthorizationNotAny, Does: "lets * in " + HeaderAllowHeaders + " cover Authorization, so the preflight passes"})
	}
	out = append(out, Departure{Engine: Firefox, Cause: UnsafeTotalLength, Does: "does not count the length of the headers in total, so it needs no preflight because of it"})
	for _, cap := range MaxAgeCaps() {
		out = append(out, Departure{
			Engine: cap.Engine, Cause: MaxAgeGiven, Over: cap.Seconds, See: cap.See,
			Does: "caches the preflight response for no more than " + strconv.Itoa(cap.Seconds) + " seconds",
		})
	}
	return out
}

// Departures are those of the engines that show in the step.
func (s Step) Departures() []Departure {
	var out []Departure
	for _, d := range Departures() {
		value, _ := strconv.Atoi(s.Value)
		if d.Cause == s.Cause && (d.Over == 0 || value > d.Over) {
			out = append(out, d)
		}
	}
	return out
}

// MaxAgeCap is the longest time, in seconds, that an engine caches a preflight
// response.
type MaxAgeCap struct {
	Engine  Engine
	Seconds int
	// See is a URL that says so. It was not measured.
	See string
}

// MaxAgeCaps are the caps of the engines.
func MaxAgeCaps() []MaxAgeCap {
	const mdn = "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age"
	return []MaxAgeCap{
		{Chromium, maxAgeChromium, mdn},
		{Firefox, maxAgeFirefox, mdn},
		{WebKit, maxAgeWebKit, "https://github.com/WebKit/WebKit/blob/main/Source/WebCore/loader/CrossOriginPreflightResultCache.cpp"},
	}
}
