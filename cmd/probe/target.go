package probe

import (
	"cmp"
	"net/url"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// target is where a deployed API answers.
type target struct {
	// origin is serialised, path has the query.
	origin, path string
	url          *url.URL
}

// parseTarget reads the URL of a command line.
func parseTarget(raw string) (target, error) {
	shown := story.MaskURL(raw)
	if !strings.Contains(raw, "://") {
		shown = strings.TrimPrefix(story.MaskURL("https://"+strings.TrimPrefix(raw, "//")), "https://")
	}
	usage := func(reason, hint string) (target, error) {
		return target{}, &report.UsageError{Problem: report.Quote(shown) + ": " + reason, Hints: []string{hint}}
	}
	if !strings.Contains(raw, "://") {
		return usage("not a URL", "use https://"+shown)
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return usage("not a URL", "as in https://abc123.execute-api.eu-west-1.amazonaws.com/prod/orders")
	case u.Scheme != "https" && u.Scheme != "http":
		return usage("not an http or https URL", "as in https://abc123.execute-api.eu-west-1.amazonaws.com/prod/orders")
	case u.User != nil:
		return target{}, &report.UsageError{Problem: "the URL has a user name: fetch refuses one", Hints: []string{"use " + story.MaskURL(raw) + ", and --header Authorization=… for what it stands for"}}
	}
	// Without its dot segments, as a browser sends it.
	u = u.ResolveReference(u)
	u.Host = strings.ToLower(u.Host)
	if port := u.Port(); port == "443" && u.Scheme == "https" || port == "80" && u.Scheme == "http" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	if _, err := cors.ParseOrigin(u.Scheme + "://" + u.Host); err != nil {
		fault := cors.Faults(err)[0]
		return usage(fault.Detail, cmp.Or(fault.Hint, "name the host as a browser does"))
	}
	return target{u.Scheme + "://" + u.Host, u.RequestURI(), u}, nil
}

// isBase refuses what no path can stand behind.
func (t target) isBase() error {
	if t.url.RawQuery == "" {
		return nil
	}
	return &report.UsageError{
		Problem: report.Quote(story.MaskURL(t.url.String())) + ": has a query, where the paths of the policy are to stand behind it",
		Hints:   []string{"use " + t.base()},
	}
}

// base is the URL that paths stand behind: it has no slash at its end.
func (t target) base() string { return t.origin + strings.TrimSuffix(t.url.EscapedPath(), "/") }

// stage are the id, region and stage of a REST API that is called by API
// Gateway's own name: what `aws apigateway create-deployment` asks for.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
func (t target) stage() (id, region, stage string, ok bool) {
	labels := strings.Split(t.url.Hostname(), ".")
	if len(labels) < 5 || labels[1] != "execute-api" || labels[3] != "amazonaws" {
		return "", "", "", false
	}
	stage, _, _ = strings.Cut(strings.TrimPrefix(t.url.Path, "/"), "/")
	return labels[0], labels[2], stage, stage != ""
}

// sibling is a path beside the target's that no API serves. The first segment
// stays: it may be the stage.
func (t target) sibling() string {
	u := *t.url
	u.RawQuery, u.RawPath = "", ""
	path := strings.TrimSuffix(u.Path, "/")
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		path = path[:i]
	}
	u.Path = path + "/apigw-cors-no-such-path"
	return u.String()
}
