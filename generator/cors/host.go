package cors

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// The bounds of a domain name and its labels, in bytes.
//
// https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
const (
	maxHostLen  = 253
	maxLabelLen = 63
)

// parseHost serialises a host as browsers do. What it returns is an IPv4
// address, an IPv6 address in brackets, or a domain name of [a-z0-9._-]: the
// URL standard has a few more ASCII characters, yet none that a domain name in
// use needs, and without them an origin can be quoted nowhere wrongly. On a
// fault, detail says why.
//
// https://url.spec.whatwg.org/#host-parsing
func parseHost(s string) (host string, isIP bool, detail string) {
	if strings.HasPrefix(s, "[") {
		host, ok := parseIPv6(s)
		if !ok {
			return "", true, "the brackets do not hold an IPv6 address"
		}
		return host, true, ""
	}
	host, detail = domainToASCII(s)
	if detail != "" {
		return "", false, detail
	}
	if detail := checkDomain(host); detail != "" {
		return "", false, detail
	}
	if endsInNumber(host) {
		if addr, err := netip.ParseAddr(host); err != nil || !addr.Is4() {
			return "", true, "a host that ends in a number must be an IPv4 address of four decimal numbers"
		}
		return host, true, ""
	}
	return host, false, ""
}

// domainToASCII lowers the case, and brings Unicode to Punycode with the
// options of the URL standard. A label already in Punycode is checked too, as
// browsers refuse URLs with a wrong one.
//
// https://url.spec.whatwg.org/#concept-domain-to-ascii
func domainToASCII(s string) (host, detail string) {
	lower := asciiLower(s)
	if isASCII(lower) && !strings.Contains(lower, "xn--") {
		return lower, ""
	}
	profile := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false), idna.CheckHyphens(false))
	host, err := profile.ToASCII(lower)
	if err != nil {
		return "", "the host is not a valid internationalised domain name"
	}
	return host, ""
}

func checkDomain(s string) (detail string) {
	if i := strings.IndexFunc(s, func(r rune) bool { return !isHostChar(r) }); i >= 0 {
		return fmt.Sprintf("a host cannot contain %q", []rune(s[i:])[0])
	}
	// One dot at the end names the root, and makes another host of it.
	name := strings.TrimSuffix(s, ".")
	if name == "" {
		return "the host is missing"
	}
	if len(name) > maxHostLen {
		return "a host has at most 253 characters"
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return "the host has an empty label"
		case len(label) > maxLabelLen:
			return "a label of the host has at most 63 characters"
		}
	}
	return ""
}

func isHostChar(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_' || r == '.'
}

// endsInNumber decides between address and name.
//
// https://url.spec.whatwg.org/#ends-in-a-number-checker
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last != "" && strings.Trim(last, "0123456789") == "" {
		return true
	}
	hex, ok := strings.CutPrefix(last, "0x")
	return ok && strings.Trim(hex, "0123456789abcdef") == ""
}

// readIPv4 reads an address as liberally as browsers do, with fewer than four
// parts or hexadecimal ones. Octal it leaves alone: people who pad with zeros
// mean decimal.
//
// https://url.spec.whatwg.org/#concept-ipv4-parser
func readIPv4(s string) (string, bool) {
	parts := strings.Split(strings.TrimSuffix(asciiLower(s), "."), ".")
	if len(parts) > 4 {
		return "", false
	}
	var addr uint64
	for i, part := range parts {
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		base := 10
		if rest, ok := strings.CutPrefix(part, "0x"); ok {
			part, base = "0"+rest, 16
		} else if len(part) > 1 && part[0] == '0' {
			return "", false
		}
		n, err := strconv.ParseUint(part, base, bits)
		if err != nil {
			return "", false
		}
		addr = addr<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(addr >> 24), byte(addr >> 16), byte(addr >> 8), byte(addr)}).String(), true
}

// parseIPv6 serialises an address in brackets: lower case, compressed, an
// embedded IPv4 address in hexadecimal.
//
// https://url.spec.whatwg.org/#concept-ipv6-serializer
func parseIPv6(s string) (string, bool) {
	inner, ok := strings.CutSuffix(s[1:], "]")
	addr, err := netip.ParseAddr(inner)
	if !ok || err != nil || !addr.Is6() || addr.Zone() != "" {
		return "", false
	}
	if addr.Is4In6() {
		b := addr.As16()
		return fmt.Sprintf("[::ffff:%x:%x]", int(b[12])<<8|int(b[13]), int(b[14])<<8|int(b[15])), true
	}
	return "[" + addr.String() + "]", true
}

// isLoopback reports whether a serialised host is the machine itself, so that
// http to it is as good as https.
//
// https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
func isLoopback(host string) bool {
	name := strings.TrimSuffix(host, ".")
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && addr.IsLoopback()
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

// asciiLower leaves other letters to IDNA, whose mapping differs.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
