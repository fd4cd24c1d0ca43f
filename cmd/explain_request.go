package cmd

import (
	"strings"

	"apigw-cors/generator/cors"
)

// fetchConfig is what a page fetches, as the command line says it.
type fetchConfig struct {
	// origin is the page's, or null; endpoint the API's.
	origin, endpoint string
	method, path     string
	// headers are entries NAME=VALUE or NAME:VALUE.
	headers     []string
	credentials cors.CredentialsMode
}

// parse refuses what no browser could come up with, all of it at once.
func (f fetchConfig) parse() (cors.Request, error) {
	e := &usageError{}
	origin := func(flag, value string) {
		if _, err := cors.ParseOrigin(value); err != nil {
			fault := cors.Faults(err)[0]
			hint := fault.Hint
			if fault.Fix != "" {
				hint = "use " + fault.Fix
			}
			e.add(flag+": "+quote(value)+": "+fault.Detail, hint)
		}
	}
	switch f.origin {
	case "":
		e.add("--origin: missing: whose page sends the request", "as in --origin https://app.example.com")
	case "null":
	default:
		origin("--origin", f.origin)
	}
	origin("--endpoint", f.endpoint)
	switch {
	case !strings.HasPrefix(f.path, "/"):
		e.add("--path: "+quote(f.path)+": a path starts with a slash", "use /"+f.path)
	case strings.Contains(f.path, "#"):
		e.add("--path: "+quote(f.path)+": a browser keeps the fragment to itself", "write %23 for a # that is sent")
	}
	r := cors.Request{Origin: f.origin, Method: f.method, URL: f.endpoint + f.path, Credentials: f.credentials}
	for _, entry := range f.headers {
		i := strings.IndexAny(entry, "=:")
		if i < 1 {
			e.add("--header: "+quote(entry)+": not NAME=VALUE", "as in --header Content-Type=application/json")
			continue
		}
		r.Headers = append(r.Headers, cors.Header{Name: entry[:i], Value: strings.TrimSpace(entry[i+1:])})
	}
	if e.problem != "" {
		return cors.Request{}, e
	}
	return r, nil
}
