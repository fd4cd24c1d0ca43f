package golden_test

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/browser"
	"apigw-cors/golden/emulator"
)

// target is an API that pages fetch from, and the model of what they get.
type target struct {
	// name is "tool/case".
	name  string
	url   string
	model model
}

// cell is one fetch by a page from a target.
type cell struct {
	target  target
	request cors.Request
	// failure is what goes wrong with the actual request.
	failure string
}

func (c cell) String() string {
	out := fmt.Sprintf("%s: %s %s from %s, credentials %s", c.target.name, c.request.Method, c.request.URL, c.request.Origin, c.request.Credentials)
	for _, h := range c.request.Headers {
		out += ", " + h.Name + ": " + h.Value
	}
	return out
}

// cells are the matrix of one target. The first allowed origin gets all of it,
// the others what tells origins apart.
func cells(t target) []cell {
	m := matrix{target: t}
	api := t.model.api
	var origins []string
	for _, p := range api.Policy().AllowOrigins() {
		origins = append(origins, pageOrigin(p))
	}
	methods := []string{"GET", "POST", "PUT", "PATCH", "patch", "DELETE"}
	first := emulator.RequestPath(api.Resources()[0].Path)
	sets := headerSets(api)
	for _, method := range methods {
		for _, headers := range sets {
			m.add(origins[0], method, first, headers, "")
		}
	}
	listed := sets[len(sets)-1]
	served := api.Resources()[0].Expanded()
	for _, failure := range []string{"UNAUTHORIZED", "THROTTLED", "INTEGRATION_TIMEOUT", emulator.FunctionFailure} {
		m.add(origins[0], served[len(served)-1], first, listed, failure)
	}
	m.add(origins[0], "GET", first, nil, "UNAUTHORIZED")
	m.add(origins[0], "GET", "/no/such/resource", nil, "")
	m.add(origins[0], "TRACE", first, nil, "")
	m.add(origins[0], "HEAD", first, nil, "")
	m.add(origins[0], "POST", first, cors.HeaderList{{Name: "Content-Type", Value: "text/plain;charset=utf-8"}}, "")
	m.add(origins[0], "GET", first, cors.HeaderList{{Name: "Accept-Language", Value: strings.Repeat("en,", 50)}}, "")
	for _, r := range api.Resources()[1:] {
		for _, method := range methods {
			m.add(origins[0], method, emulator.RequestPath(r.Path), listed, "")
		}
	}

	others := append(origins[1:], "https://unlisted.example", "null")
	if host, ok := strings.CutPrefix(origins[0], "https://"); ok {
		others = append(others, "http://"+host, "https://"+host+".unlisted.example")
	}
	for i, origin := range others {
		if origin == origins[0] || slices.Contains(others[:i], origin) {
			continue
		}
		for _, method := range []string{"GET", "POST", served[len(served)-1]} {
			m.add(origin, method, first, nil, "")
			m.add(origin, method, first, listed, "")
		}
		m.add(origin, "GET", first, nil, "THROTTLED")
	}
	return m.cells
}

// pageOrigin is an origin that a pattern allows.
func pageOrigin(p cors.OriginPattern) string {
	rule := p.Rule()
	switch p.Kind() {
	case cors.AnyOrigin:
		return "https://any.example.net"
	case cors.AnyHTTPS, cors.AnyHTTP:
		return rule.Prefix + "any.example.net"
	case cors.Subdomains:
		return rule.Prefix + "one.two" + rule.Suffix
	case cors.AnyPort:
		return rule.Prefix + strconv.Itoa(browser.AnyPort)
	}
	return rule.Equals
}

// headerSets are the header lists of the matrix, last the one with all that the
// API allows, its auth's header included.
func headerSets(api gateway.API) []cors.HeaderList {
	json := cors.Header{Name: "Content-Type", Value: "application/json"}
	all := cors.HeaderList{json}
	for _, n := range api.AllowHeaders().List() {
		if !strings.EqualFold(n.String(), json.Name) {
			all = append(all, cors.Header{Name: n.String(), Value: "1"})
		}
	}
	return []cors.HeaderList{
		nil,
		{json},
		{{Name: "X-Unlisted", Value: "1"}},
		{{Name: "Authorization", Value: "Bearer 1"}},
		all,
	}
}

// matrix collects cells.
type matrix struct {
	target target
	cells  []cell
}

// add adds a fetch in two credentials modes. Its URL gets a number later: each
// is of its own, so that no cache answers.
func (m *matrix) add(origin, method, path string, headers cors.HeaderList, failure string) {
	for _, credentials := range []cors.CredentialsMode{cors.CredentialsOmit, cors.CredentialsInclude} {
		c := cell{target: m.target, failure: failure}
		c.request = cors.Request{
			Origin: origin, Method: method, URL: m.target.url + path,
			Headers: slices.Clone(headers), Credentials: credentials,
		}
		if h, ok := m.target.model.failHeader(failure); ok {
			c.request.Headers = append(c.request.Headers, h)
		}
		m.cells = append(m.cells, c)
	}
}

// number gives the cell's URL its parameters.
func (c *cell) number(n int) {
	query := url.Values{browser.CellParameter: {strconv.Itoa(n)}}
	if c.failure != "" {
		query.Set(emulator.FailureParameter, c.failure)
	}
	c.request.URL += "?" + query.Encode()
}

// fetch is the cell as a page calls it.
func (c cell) fetch() browser.Fetch {
	f := browser.Fetch{Origin: c.request.Origin, URL: c.request.URL, Method: c.request.Method, Headers: [][2]string{}, Credentials: string(c.request.Credentials)}
	for _, h := range c.request.Headers {
		f.Headers = append(f.Headers, [2]string{h.Name, h.Value})
	}
	return f
}
