package cors

import (
	"strconv"
	"strings"
	"time"
)

// The longest time that browsers cache a preflight response, in seconds: see
// [MaxAgeCaps]. Firefox's cap is also the largest value that makes sense to
// send.
const (
	maxAgeFirefox  = 86400
	maxAgeChromium = 7200
	maxAgeWebKit   = 600
)

const specMaxAge = "https://fetch.spec.whatwg.org/#http-access-control-max-age"

func parseMaxAge(raw string) (maxAge, *FieldError) {
	s := trimWhitespace(raw)
	if s == "" {
		return maxAge{}, nil
	}
	d, err := time.ParseDuration(s)
	if strings.Trim(s, "0123456789") == "" || strings.HasPrefix(s, "-") && strings.Trim(s[1:], "0123456789") == "" {
		d, err = wholeSeconds(s), nil
	}
	switch {
	case err != nil:
		return maxAge{}, fault(Invalid, "not a number of seconds, nor a duration", specMaxAge).
			hint("use seconds, as in 600, or a duration, as in 10m").fixed(repairMaxAge(unwrap(s)))
	case d < 0:
		return maxAge{}, fault(Invalid, "negative", specMaxAge).fixed("0").
			hint("use 0 for no caching, or leave it out for the browser's default of 5 seconds")
	case d%time.Second != 0:
		return maxAge{}, fault(Invalid, "not a whole number of seconds", specMaxAge).
			fixed(strconv.Itoa(int(min(d.Round(time.Second)/time.Second, maxAgeFirefox))))
	case d > maxAgeFirefox*time.Second:
		return maxAge{}, fault(Invalid, "more than 86400 seconds, which is the most a browser honours", specMaxAge).
			fixed(strconv.Itoa(maxAgeFirefox))
	}
	return maxAge{seconds: int(d / time.Second), set: true}, nil
}

// wholeSeconds reads digits; what no Duration can hold stays out of range.
func wholeSeconds(digits string) time.Duration {
	n, _ := strconv.ParseInt(digits, 10, 64)
	const bound = 10 * maxAgeFirefox
	return time.Duration(max(-bound, min(bound, n))) * time.Second
}

// repairMaxAge reads the units that people write and Go does not have.
func repairMaxAge(s string) string {
	number := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil {
		return ""
	}
	seconds := n
	switch asciiLower(strings.TrimSpace(s[len(number):])) {
	case "", "s", "sec", "secs", "second", "seconds":
	case "m", "min", "mins", "minute", "minutes":
		seconds *= 60
	case "h", "hour", "hours":
		seconds *= 3600
	case "d", "day", "days":
		seconds *= 86400
	default:
		return ""
	}
	if seconds > maxAgeFirefox {
		return ""
	}
	return strconv.FormatUint(seconds, 10)
}
