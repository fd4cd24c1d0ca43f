// Package console knows what browsers tell of a request that they refuse a page:
// what the page gets, and what the console says. Each message stands with the
// causes of the Fetch standard that it is for, with what is behind it on API
// Gateway as a rule, and with the command that finds it.
package console

import (
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

// Matches reports whether a line of a console has the message in it.
func (m Message) Matches(line string) bool { return m.pattern().MatchString(plainQuotes(line)) }

// Plain is the message in ASCII.
func (m Message) Plain() string { return plainQuotes(m.Text) }

// pattern is the message as a regular expression. Firefox has typographic
// quotes, which do not survive every copy.
func (m Message) pattern() *regexp.Regexp {
	placeholder := regexp.MustCompile(`\\\{\w+\\\}`)
	return regexp.MustCompile("(?s)" + placeholder.ReplaceAllString(regexp.QuoteMeta(m.Plain()), ".*?"))
}

func plainQuotes(s string) string { return strings.NewReplacer("‘", "'", "’", "'").Replace(s) }

// Find tells what lines of a console are about: the rows that have such a
// message, those of the preflight first. WebKit has one message for several.
// What only says that the request failed counts where nothing says why.
func Find(lines ...string) []Refusal {
	var plain []string
	for _, line := range lines {
		plain = append(plain, plainQuotes(line))
	}
	find := func(rows []Refusal) []Refusal {
		return slices.DeleteFunc(rows, func(r Refusal) bool {
			return !slices.ContainsFunc(r.Messages, func(m Message) bool {
				return slices.ContainsFunc(plain, m.pattern().MatchString)
			})
		})
	}
	if found := find(append(Refusals(), barred()...)); len(found) > 0 {
		return found
	}
	return find([]Refusal{failure()})
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
