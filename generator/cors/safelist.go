package cors

import (
	"slices"
	"strconv"
	"strings"
)

// IsSafelistedMethod reports whether a page may send method cross-origin
// without asking.
//
// https://fetch.spec.whatwg.org/#cors-safelisted-method
func IsSafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}

// NormaliseMethod is method as a browser sends it. It upper-cases six names
// and PATCH is not among them.
//
// https://fetch.spec.whatwg.org/#concept-method-normalize
func NormaliseMethod(method string) string {
	for _, name := range [...]string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"} {
		if sameName(method, name) {
			return name
		}
	}
	return method
}

// IsSafelistedRequestHeader reports whether a page may send h cross-origin
// without asking.
//
// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
func IsSafelistedRequestHeader(h Header) bool { return safelist(h).Cause == SafelistedHeader }

const (
	maxSafelistedValue  = 128  // bytes of one header's value
	maxSafelistedValues = 1024 // bytes of all of them
)

func safelist(h Header) Step {
	s := Step{Stage: StagePreflight, Decision: Noted, Subject: h.Name, Value: h.Value}
	if len(h.Value) > maxSafelistedValue {
		s.Cause, s.Value = UnsafeHeaderLength, strconv.Itoa(len(h.Value))
		return s
	}
	s.Cause = SafelistedHeader
	unsafeByte := -1
	switch asciiLower(h.Name) {
	case "accept":
		unsafeByte = strings.IndexFunc(h.Value, isUnsafeByte)
	case "accept-language", "content-language":
		unsafeByte = strings.IndexFunc(h.Value, isUnsafeInLanguage)
	case "content-type":
		if unsafeByte = strings.IndexFunc(h.Value, isUnsafeByte); unsafeByte < 0 && !isSafelistedType(h.Value) {
			s.Cause = UnsafeContentType
		}
	case "range":
		if !isSimpleRange(h.Value) {
			s.Cause = UnsafeRange
		}
	default:
		s.Cause = UnsafeHeaderName
	}
	switch {
	case unsafeByte >= 0:
		s.Cause, s.Value = UnsafeHeaderByte, h.Value[unsafeByte:unsafeByte+1]
	case s.Cause == SafelistedHeader:
		s.Decision = Passed
	}
	return s
}

// isUnsafeByte takes the runes of a string for its bytes: all that it looks
// for is ASCII.
//
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
func isUnsafeByte(r rune) bool {
	return r < 0x20 && r != '\t' || r == 0x7F || strings.ContainsRune(`"():<>?@[\]{}`, r)
}

func isUnsafeInLanguage(r rune) bool {
	alphanumeric := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !alphanumeric && !strings.ContainsRune(" *,-.;=", r)
}

// isSafelistedType reports whether the essence of a MIME type is one that an
// HTML form can send. Its parameters do not matter.
//
// https://mimesniff.spec.whatwg.org/#parse-a-mime-type
func isSafelistedType(value string) bool {
	essence, _, _ := strings.Cut(trimWhitespace(value), ";")
	switch asciiLower(strings.TrimRight(essence, " \t\r\n")) {
	case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		return true
	}
	return false
}

// isSimpleRange reports whether value is one range with a start: browsers have
// never sent one without.
//
// https://fetch.spec.whatwg.org/#simple-range-header-value
func isSimpleRange(value string) bool {
	ends, ok := strings.CutPrefix(value, "bytes=")
	start, end, dash := strings.Cut(ends, "-")
	if !ok || !dash || start == "" || strings.Trim(start+end, "0123456789") != "" {
		return false
	}
	start, end = strings.TrimLeft(start, "0"), strings.TrimLeft(end, "0")
	descending := len(end) < len(start) || len(end) == len(start) && end < start
	return !descending || strings.HasSuffix(value, "-")
}

// unsafeNames are the CORS-unsafe request-header names of a header list, lower
// case and sorted, and the steps that say why each header is or is not among
// them.
//
// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
func (l HeaderList) unsafeNames() (names []string, steps []Step) {
	var safelisted []string
	size := 0
	for _, h := range l {
		s := safelist(h)
		steps = append(steps, s)
		if s.Cause == SafelistedHeader {
			safelisted = append(safelisted, asciiLower(h.Name))
			size += len(h.Value)
		} else {
			names = append(names, asciiLower(h.Name))
		}
	}
	if size > maxSafelistedValues {
		names = append(names, safelisted...)
		steps = append(steps, Step{StagePreflight, Noted, UnsafeTotalLength, strings.Join(safelisted, ","), strconv.Itoa(size)})
	}
	slices.Sort(names)
	return slices.Compact(names), steps
}
