package story

import (
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// Fetch is what a page fetches, as the command line says it.
type Fetch struct {
	// Origin is the page's, or null; endpoint the API's.
	Origin, Endpoint string
	Method, Path     string
	// Headers are entries NAME=VALUE or NAME:VALUE.
	Headers     []string
	Credentials cors.CredentialsMode
}

// Parse refuses what no browser could come up with, all of it at once.
func (f Fetch) Parse() (cors.Request, error) {
	e := &report.UsageError{}
	origin := func(flag, value string) {
		if _, err := cors.ParseOrigin(value); err != nil {
			fault := cors.Faults(err)[0]
			hint := fault.Hint
			if fault.Fix != "" {
				hint = "use " + fault.Fix
			}
			e.Add(flag+": "+report.Quote(MaskURL(value))+": "+fault.Detail, hint)
		}
	}
	switch f.Origin {
	case "":
		e.Add("--origin: missing: whose page sends the request", "as in --origin https://app.example.com")
	case "null":
	default:
		origin("--origin", f.Origin)
	}
	origin("--endpoint", f.Endpoint)
	switch {
	case !strings.HasPrefix(f.Path, "/"):
		e.Add("--path: "+report.Quote(f.Path)+": a path starts with a slash", "use /"+f.Path)
	case strings.Contains(f.Path, "#"):
		e.Add("--path: "+report.Quote(f.Path)+": a browser keeps the fragment to itself", "write %23 for a # that is sent")
	}
	r := cors.Request{Origin: f.Origin, Method: f.Method, URL: f.Endpoint + f.Path, Credentials: f.Credentials}
	r.Headers = readHeaders(f.Headers, e)
	if e.Problem != "" {
		return cors.Request{}, e
	}
	return r, nil
}

// Headers reads entries of --header.
func Headers(entries []string) (cors.HeaderList, error) {
	e := &report.UsageError{}
	list := readHeaders(entries, e)
	if e.Problem != "" {
		return nil, e
	}
	return list, nil
}

func readHeaders(entries []string, e *report.UsageError) (list cors.HeaderList) {
	for _, entry := range entries {
		i := strings.IndexAny(entry, "=:")
		if i < 1 {
			e.Add("--header: "+report.Quote(nameOf(entry))+": not NAME=VALUE", "as in --header Content-Type=application/json")
			continue
		}
		list = append(list, cors.Header{Name: entry[:i], Value: strings.TrimSpace(entry[i+1:])})
	}
	return list
}

// nameOf is how an entry without a name is called: what may be a token is not
// told.
func nameOf(entry string) string {
	if i := strings.IndexAny(entry, " =:"); i >= 0 {
		return entry[:i]
	}
	if len(entry) >= 20 {
		return Hidden
	}
	return entry
}
