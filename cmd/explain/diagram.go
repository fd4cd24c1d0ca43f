package explain

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/gateway"
)

// message is an arrow of the sequence diagram. A note has no arrow.
type message struct {
	back, onward bool
	label, note  string
}

// messages are what passes between browser, API Gateway and backend.
func (e explanation) messages() []message {
	var out []message
	exchange := func(x *story.Exchange) {
		if x == nil {
			return
		}
		path := x.Request.URL
		if _, rest, ok := strings.Cut(path, "://"); ok {
			path = rest[strings.IndexByte(rest+"/", '/'):]
		}
		onward := x.Source == string(gateway.FromBackend)
		answer := strconv.Itoa(x.Status)
		switch {
		case x.Failure != "":
			answer += " " + x.Failure
		case !onward:
			answer += " " + x.Source
		}
		out = append(out, message{label: x.Request.Method + " " + path, onward: onward}, message{back: true, onward: onward, label: answer})
	}
	exchange(e.Preflight)
	exchange(e.Actual)
	if e.Allowed {
		return append(out, message{note: "the page reads the response"})
	}
	return append(out, message{note: "refused: " + e.Cause})
}

// writeDiagram draws three lifelines and the arrows between them.
func (e explanation) writeDiagram(w io.Writer) {
	const gap = 20
	width := 32
	for _, m := range e.messages() {
		width = max(width, len(m.label)+8)
	}
	fmt.Fprintf(w, "  %-*s%-*s%s\n", width, "Browser", gap+1, "API Gateway", "Backend")
	for _, m := range e.messages() {
		if m.note != "" {
			fmt.Fprintf(w, "  |   %s\n", m.note)
			continue
		}
		arrow := "|-- " + m.label + " " + strings.Repeat("-", width-len(m.label)-6) + ">"
		next := strings.Repeat(" ", gap)
		if m.onward {
			next = strings.Repeat("-", gap-1) + ">"
		}
		if m.back {
			arrow = "|<- " + m.label + " " + strings.Repeat("-", width-len(m.label)-5)
			if m.onward {
				next = "<" + strings.Repeat("-", gap-1)
			}
		}
		fmt.Fprintln(w, report.Clean("  "+arrow+"|"+next+"|"))
	}
}

// writeMermaid writes the same in Mermaid.
//
// https://mermaid.js.org/syntax/sequenceDiagram.html
func (e explanation) writeMermaid(w io.Writer) {
	fmt.Fprintln(w, "sequenceDiagram")
	fmt.Fprintln(w, "    participant B as Browser")
	fmt.Fprintln(w, "    participant G as API Gateway")
	fmt.Fprintln(w, "    participant L as Backend")
	for _, m := range e.messages() {
		label := mermaid(m.label)
		switch {
		case m.note != "":
			fmt.Fprintln(w, "    Note over B: "+mermaid(m.note))
		case m.back && m.onward:
			fmt.Fprintln(w, "    L-->>G: "+label)
			fmt.Fprintln(w, "    G-->>B: "+label)
		case m.back:
			fmt.Fprintln(w, "    G-->>B: "+label)
		case m.onward:
			fmt.Fprintln(w, "    B->>G: "+label)
			fmt.Fprintln(w, "    G->>L: "+label)
		default:
			fmt.Fprintln(w, "    B->>G: "+label)
		}
	}
}

// mermaid writes as entity codes what would end the text or be taken for HTML.
func mermaid(s string) string {
	var b strings.Builder
	for _, r := range report.Clean(s) {
		if strings.ContainsRune(`#;<>&"%`, r) {
			fmt.Fprintf(&b, "#%d;", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
