package policy

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// syntaxFault makes a fault of the YAML parser's words. They tell a line, not
// always, and no column.
func syntaxFault(file string, err error) report.Fault {
	at := report.Place{File: file}
	detail := strings.TrimPrefix(err.Error(), "yaml: ")
	if line, rest, ok := strings.Cut(strings.TrimPrefix(detail, "line "), ": "); ok {
		if n, err := strconv.Atoi(line); err == nil {
			at.Line, detail = n, rest
		}
	}
	switch {
	case at.Line > 0 && countedFromZero(detail):
		at.Line++
	case at.Line == 0 && hasLine(detail):
		// The parser leaves out a line it counts as 0.
		at.Line = 1
	}
	return report.Fault{Place: at, FieldError: cors.FieldError{
		Index: -1, Reason: cors.Invalid, Detail: "not YAML: " + detail, Hint: syntaxHint(detail),
	}}
}

// countedFromZero tells the messages of the parser's grammar, whose lines count
// from 0, from those of its scanner, whose lines count from 1.
func countedFromZero(detail string) bool {
	expected, ok := strings.CutPrefix(detail, "did not find expected ")
	return ok && slices.Contains([]string{
		"node content", "key", "'-' indicator", "',' or ']'", "',' or '}'", "<document start>",
	}, expected)
}

// hasLine tells what is wrong at a place in the text from what is wrong with
// its encoding, or with an alias.
func hasLine(detail string) bool {
	for _, words := range []string{"did not find ", "found ", "could not find ", "mapping values ", "block "} {
		if strings.HasPrefix(detail, words) {
			return true
		}
	}
	return false
}

// syntaxHint knows the mistakes that a CORS policy invites: its values start
// with stars, and hold braces.
func syntaxHint(detail string) string {
	for _, known := range []struct{ words, hint string }{
		{"alphabetic or numeric", `quote a value that starts with *, as in "*"`},
		{"unknown anchor", `quote a value that starts with *, as in "*"`},
		{"cannot start any token", "quote the value, and indent with blanks, not tabs"},
		{"',' or '}'", `quote a path with braces, as in {path: "/orders/{id}"}`},
		{"',' or ']'", "close the list, with commas between its entries"},
		{"mapping values are not allowed", "give each key its own line, all with the same indentation"},
		{"did not find expected key", "give all keys the same indentation"},
	} {
		if strings.Contains(detail, known.words) {
			return known.hint
		}
	}
	return ""
}

// flowList writes a string with commas as the list it was meant to be.
func flowList(s string) string {
	entries := strings.Split(s, ",")
	for i, entry := range entries {
		entry = strings.TrimSpace(entry)
		if !plainEntry(entry) {
			entry = strconv.Quote(entry)
		}
		entries[i] = entry
	}
	return "[" + strings.Join(entries, ", ") + "]"
}

// plainEntry needs no quotes in a list, whichever YAML reads it.
func plainEntry(s string) bool {
	switch strings.ToLower(s) {
	case "", "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	}
	for _, c := range s {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("/.:_-", c)) {
			return false
		}
	}
	return strings.Trim(s, "0123456789.-_:") != "" && s[0] != '-' && s[len(s)-1] != ':'
}

// decimal is a number that every YAML reads alike: 0600 is octal in some.
func decimal(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	return s == "0" || strings.Trim(digits, "0123456789") == "" && !strings.HasPrefix(digits, "0")
}

// rememberingReader keeps the error of a read, which the parser would turn into
// one of syntax, and bounds what is read for one document.
type rememberingReader struct {
	io.Reader
	err error
	// read is what was read since the last document.
	read int
}

func (r *rememberingReader) Read(p []byte) (int, error) {
	if r.read > MaxDocument {
		r.err = &files.TooLargeError{Most: MaxDocument}
		return 0, r.err
	}
	n, err := r.Reader.Read(p)
	r.read += n
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// none is what a text without any document is read as.
func (d *documents) none() document {
	return document{shared: Source{unreadable: true, Faults: []report.Fault{{Place: report.Place{File: d.file}, FieldError: cors.FieldError{
		Index: -1, Reason: cors.Missing, Detail: "no document in it",
		Hint: "start with api: rest, allowOrigins: [https://app.example.com] and allowMethods: [GET, POST], each on its line",
	}}}}}
}
