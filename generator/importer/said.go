package importer

import (
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// said is what one place of a file says of a field.
type said struct {
	// words are the value: one, or the entries of a list; none where the place
	// says nothing.
	words []string
	// of is who says it, as in "OPTIONS /orders".
	of    string
	place gateway.Place
	// unknown is why the value is not known.
	unknown string
	// notes are what there is to say beside the value.
	notes []Note
}

func (s said) text() string {
	if len(s.words) == 0 {
		return "nothing"
	}
	return strings.Join(s.words, ", ")
}

// header is what a list of headers says of one by its name.
func header(headers []gateway.HeaderFacts, name string) (h gateway.HeaderFacts, found bool) {
	for _, h := range headers {
		got := h.Name.String()
		if _, after, ok := strings.Cut(got, ".header."); ok {
			got = after
		}
		if strings.EqualFold(got, name) {
			return h, true
		}
	}
	return gateway.HeaderFacts{}, false
}

// unknownHeader is why one of the headers may be of any name; "" where all
// names are known.
func unknownHeader(headers []gateway.HeaderFacts) gateway.Text {
	for _, h := range headers {
		if h.Name.Unknown() != "" {
			return h.Name
		}
	}
	return gateway.Text{}
}

// static is the value of a mapped header, without its inner quotes. One that
// lacks them is taken for what it plainly means.
func static(of string, headers []gateway.HeaderFacts, name string, at gateway.Place) said {
	h, ok := header(headers, name)
	if !ok {
		open := unknownHeader(headers)
		return said{of: of, place: first(open.Place, at), unknown: open.Unknown()}
	}
	s := said{of: of, place: first(h.Value.Place, h.Key.Place, at)}
	value, known := h.Value.Value()
	inner, quoted := strings.CutPrefix(value, "'")
	if quoted {
		inner, quoted = strings.CutSuffix(inner, "'")
	}
	switch {
	case !known:
		s.unknown = h.Value.Unknown()
	case quoted:
		value = inner
	case isExpression(value):
		s.unknown = value + " is known while a request is served only"
	case value != "":
		s.notes = append(s.notes, Note{Place: s.place, Rule: "unquoted-value", Text: "the single quotes around it are missing, without which API Gateway refuses it"})
	}
	if known && s.unknown == "" && isPlaceholder(value) {
		s.unknown = value + " is a placeholder"
	}
	if s.unknown == "" && strings.TrimSpace(value) != "" {
		s.words = []string{strings.TrimSpace(value)}
	}
	return s
}

// list splits what was said at its commas.
func (s said) list() said {
	var words []string
	for _, word := range s.words {
		for part := range strings.SplitSeq(word, ",") {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(words, part) {
				words = append(words, part)
			}
		}
	}
	s.words = words
	return s
}

// isExpression reports whether a value is taken from a request or a response.
func isExpression(value string) bool {
	prefixes := []string{"context.", "stageVariables.", "integration.response.", "method.request."}
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(value, p) })
}

// isPlaceholder reports whether something is to be put in place of a value
// before the file is deployed, by a script or by hand.
func isPlaceholder(value string) bool {
	return strings.ContainsAny(value, "<>{}$%") || strings.Contains(value, "__")
}

func first(places ...gateway.Place) gateway.Place {
	for _, p := range places {
		if !p.IsZero() {
			return p
		}
	}
	return gateway.Place{}
}

// agree gives what all say of a field. Where one is not known, or they say
// different things, the field is open. Order and, where fold is set, case do not
// count.
func (t *taking) agree(field string, all []said, fold bool) []string {
	if len(all) == 0 {
		return nil
	}
	normal := func(s said) string {
		words := slices.Clone(s.words)
		for i := range words {
			if fold {
				words[i] = strings.ToLower(words[i])
			}
		}
		slices.Sort(words)
		return strings.Join(words, ",")
	}
	unknown := 0
	for _, s := range all {
		if s.unknown != "" {
			t.open(field, s.place, s.unknown)
			unknown++
		}
	}
	var different []said
	for _, s := range all {
		if s.unknown == "" && !slices.ContainsFunc(different, func(d said) bool { return normal(d) == normal(s) }) {
			different = append(different, s)
		}
	}
	if len(different) > 1 || len(different) == 1 && unknown > 0 && len(different[0].words) > 0 {
		for i, s := range different {
			if i == maxTold {
				t.note(field, s.place, "and others say something else again")
				break
			}
			t.open(field, s.place, s.of+" says "+s.text()+", and a policy has one value for all paths")
		}
	}
	if len(different) != 1 || unknown > 0 {
		return nil
	}
	for _, n := range different[0].notes {
		n.Field = field
		t.tell(n)
	}
	if len(different[0].words) > 0 {
		t.Places[field] = different[0].place
	}
	return different[0].words
}

// maxTold bounds what is told of values that differ.
const maxTold = 4
