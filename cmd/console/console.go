// Package console knows what browsers tell of a request that they refuse a page:
// what the page gets, and what the console says. Each message stands with the
// causes of the Fetch standard that it is for, with what is behind it on API
// Gateway as a rule, and with the command that finds it.
package console

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// Refusal is a row of the table: what browsers refuse for one reason.
type Refusal struct {
	// Causes are what [cors.Fetch] calls it. OfPreflight: the messages are about
	// the preflight response alone.
	Causes      []cors.Cause
	OfPreflight bool
	// Messages are the engines' messages, the first that is for a value counts.
	Messages []Message
	// Others are the words of earlier versions, and of what stands between the
	// browser and a person: libraries, React Native. No test provokes them.
	Others []string
	// Why is what is behind it on API Gateway as a rule, Run the command that
	// finds it there; URL, ORIGIN and the like are to be filled in.
	Why, Run string
}

// Message is what an engine says.
type Message struct {
	Engine cors.Engine
	// Text is the part that tells the reason; {name} stands for a value.
	Text string
	// after is the end of the line in today's versions.
	after string
	// thrown: fetch rejects with it before anything is sent, and the console has
	// it only where the page does not catch it.
	thrown bool
	// of, where it is not nil, says which values the message is for.
	of func(value string) bool
}

// Plain is the message in ASCII.
func (m Message) Plain() string { return plainQuotes(m.Text) }

func plainQuotes(s string) string { return strings.NewReplacer("‘", "'", "’", "'").Replace(s) }

// plain is a text as it is compared: Firefox has typographic quotes, which do not
// survive every copy, a copied line may be broken, quoted with > or escaped for
// HTML, and a worker is no window.
func plain(s string) string {
	words := strings.Fields(plainQuotes(html.UnescapeString(s)))
	s = strings.Join(slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, ">") == "" }), " ")
	return strings.NewReplacer("on 'WorkerGlobalScope'", "on 'Window'", "WorkerGlobalScope.fetch", "Window.fetch").Replace(s)
}

// Matches reports whether a line of a console has the message in it.
func (m Message) Matches(line string) bool { return pattern(m.Text).MatchString(plain(line)) }

// pattern is a message as a regular expression. A copy may lack the full stop.
func pattern(text string) *regexp.Regexp {
	var out strings.Builder
	rest := strings.TrimSuffix(plain(text), ".")
	for {
		before, after, ok := strings.Cut(rest, "{")
		out.WriteString(regexp.QuoteMeta(before))
		if !ok {
			return regexp.MustCompile(out.String())
		}
		out.WriteString(".*?")
		_, rest, _ = strings.Cut(after, "}")
	}
}

// patterns are all of the row's messages.
func (r Refusal) patterns() (out []*regexp.Regexp) {
	for _, m := range r.Messages {
		out = append(out, pattern(m.Text))
	}
	for _, text := range r.Others {
		out = append(out, pattern(text))
	}
	return out
}

// Find tells what lines of a console are about: the rows that have such a
// message, those of the preflight first. WebKit has one message for several.
// What only says that there was no answer, or that the request failed, counts
// where nothing says why.
func Find(lines ...string) []Refusal {
	tries := [][]string{nil, {plain(strings.Join(lines, " "))}}
	for _, line := range lines {
		tries[0] = append(tries[0], plain(line))
	}
	silent := func(r Refusal) bool { return slices.Contains(r.Causes, cors.NetworkError) }
	for _, rows := range [][]Refusal{
		slices.DeleteFunc(append(Refusals(), barred()...), silent),
		slices.DeleteFunc(Refusals(), func(r Refusal) bool { return !silent(r) }),
		{failure()},
	} {
		// A line that was broken is tried in one piece, but as the second: it may
		// have to do with its neighbours, or not.
		found := make([][]Refusal, len(tries))
		for _, r := range rows {
			patterns := r.patterns()
			try := slices.IndexFunc(tries, func(texts []string) bool {
				return slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return slices.ContainsFunc(texts, p.MatchString) })
			})
			if try >= 0 {
				found[try] = append(found[try], r)
			}
		}
		for try, rows := range found {
			if len(rows) > 0 {
				return ofItsRequest(rows, tries[try])
			}
		}
	}
	return nil
}

// ofItsRequest leaves out the row about the response where a text says that it is
// about the preflight, and goes on in the same words.
func ofItsRequest(found []Refusal, texts []string) []Refusal {
	if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, plain(ofPreflight)) }) {
		return found
	}
	return slices.DeleteFunc(slices.Clone(found), func(r Refusal) bool {
		return !r.OfPreflight && slices.ContainsFunc(found, func(other Refusal) bool { return other.OfPreflight && slices.Equal(other.Causes, r.Causes) })
	})
}

// Browser is whose words are told, and whose departures from the standard.
type Browser string

// The browsers, by their engine. The zero value is AllBrowsers.
const (
	AllBrowsers Browser = "all"
	InChromium  Browser = "chromium"
	InFirefox   Browser = "firefox"
	InWebKit    Browser = "webkit"
)

// Browsers lists them.
func Browsers() []Browser { return []Browser{AllBrowsers, InChromium, InFirefox, InWebKit} }

// Has reports whether the engine is asked for.
func (b Browser) Has(engine cors.Engine) bool {
	return b == AllBrowsers || b == "" || strings.EqualFold(string(b), string(engine))
}

// BrowserOf is the browser that sends the User-Agent header; AllBrowsers where
// it is not one. Every browser names those that it wants to be taken for.
func BrowserOf(userAgent string) Browser {
	switch {
	case strings.Contains(userAgent, "Chrome/"):
		return InChromium
	case strings.Contains(userAgent, "AppleWebKit/"):
		return InWebKit
	case strings.Contains(userAgent, "Gecko/") && strings.Contains(userAgent, "Firefox/"):
		return InFirefox
	}
	return AllBrowsers
}
