package probe

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/cmd/story"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
)

// forward is what CloudFront has to send on.
const forward = cors.HeaderOrigin + ", " + cors.HeaderRequestMethod + " and " + cors.HeaderRequestHeaders

// cloudFront is about an answer of its own. Its error page says why.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html
func cloudFront(f *story.Fault, r cors.Response) {
	f.Layer = story.LayerCloudFront
	f.Text = "CloudFront: it answered itself, and the API never saw the request"
	cache, _ := r.Headers.Get("X-Cache")
	switch {
	case strings.HasSuffix(cache, "GeneratedResponse from cloudfront"):
		f.Text = "a function at CloudFront: it answered, and the API never saw the request"
		f.Change = "let the function answer with the CORS headers, or pass the request on"
	case strings.Contains(r.Body, "not configured to allow the HTTP request method"):
		f.Change = "allow OPTIONS in the behaviour of the path, and forward " + forward
		f.Seen = append(f.Seen, "the body: the distribution does not allow the method")
	case strings.Contains(r.Body, "Request blocked"):
		f.Change = "let the WAF of the distribution pass OPTIONS; look at its geographic restrictions and its aliases, too"
		f.Seen = append(f.Seen, "the body: Request blocked")
	case r.Status >= 500:
		f.Text = "CloudFront: it answered " + strconv.Itoa(r.Status) + " itself: it gets no answer from the API, or none that it can read, or a function of its own fails"
		f.Change = "check the origin of the distribution (domain name, protocol, path) and its functions; what it says of CORS comes after that"
	default:
		f.Change = "allow OPTIONS in the behaviour of the path, and forward " + forward + "; look at its WAF, too"
	}
}

// behindCloudFront adds what a distribution in front can be the reason of: that
// the API is not told whose page asks. API Gateway's own, in front of an
// edge-optimized API at its own name, tells.
func (e evidence) behindCloudFront(f *story.Fault, s cors.Step, r cors.Response) {
	via, _ := r.Headers.Get("Via")
	if _, _, _, isOwn := e.target.stage(); isOwn || !strings.Contains(via, "(CloudFront)") {
		return
	}
	switch s.Cause {
	case cors.AllowOriginMissing, cors.AllowOriginOther, cors.MethodNotAllowed, cors.HeaderNotAllowed:
		f.Seen = append(f.Seen, "via: "+via)
		f.Change += ". If CloudFront of your own is in front, let it forward " + forward
	}
}

// isCached fills f in where a cache answers with what another page got. A stage
// cache of API Gateway leaves no sign.
// https://www.rfc-editor.org/rfc/rfc9111#section-5.1
func (e evidence) isCached(f *story.Fault, s cors.Step, r cors.Response) bool {
	if s.Cause != cors.AllowOriginOther && s.Cause != cors.AllowOriginMissing {
		return false
	}
	age, hasAge := r.Headers.Get("Age")
	cache, _ := r.Headers.Get("X-Cache")
	isHit := strings.HasPrefix(strings.ToLower(cache), "hit")
	if seconds, err := strconv.Atoi(age); !isHit && (err != nil || seconds == 0) {
		return false
	}
	f.Layer = story.LayerCache
	f.Text = "a cache in front of the API: it answers with what it keeps of another page's request: " + s.Detail()
	f.Change = "let every answer say Vary: Origin, and let the cache heed it: CloudFront by a cache policy that has Origin in its key, a stage cache by Origin among the cache keys"
	if hasAge {
		f.Seen = append(f.Seen, "age: "+age)
	}
	if cache != "" {
		f.Seen = append(f.Seen, "x-cache: "+cache)
	}
	return true
}

func isRedirect(r cors.Response) bool {
	_, ok := r.Headers.Get("Location")
	return ok && r.Status >= 300 && r.Status <= 399
}

func redirected(e evidence, f *story.Fault, r cors.Response) {
	f.Layer = story.LayerURL
	f.Text = "the URL: it redirects, and a preflight must not be redirected"
	if e.trace.Actual != nil {
		f.Text = "the URL: it redirects, and the redirect itself has to carry the CORS headers"
	}
	f.Change = "let the page ask for the final URL at once; where that is a login, let OPTIONS pass without one, and answer 401 to the rest"
	to, command := e.redirect(r)
	f.Seen, f.Command = append(f.Seen, "location: "+to), command
}

// redirect is where an answer leads, and the command that looks there as the page
// that is led there. From a URL of another origin than its own to a third one it
// comes as null.
// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
func (e evidence) redirect(r cors.Response) (to, command string) {
	location, _ := r.Headers.Get("Location")
	u, err := e.target.url.Parse(location)
	if err != nil {
		return story.MaskURL(location), ""
	}
	to = story.MaskURL(u.String())
	t, err := parseTarget(u.String())
	if err != nil || to != u.String() {
		return to, ""
	}
	request := e.request
	if e.trace.Actual != nil && t.origin != e.target.origin {
		request.Headers = slices.DeleteFunc(slices.Clone(request.Headers), func(h cors.Header) bool { return strings.EqualFold(h.Name, "Authorization") })
		if request.Origin != e.target.origin {
			request.Origin = "null"
		}
	}
	return to, commandFor(t, request)
}

// commandFor is the command line that probes a URL for a page; its secrets are to
// be filled in.
func commandFor(t target, r cors.Request) string {
	words := []string{"apigw-cors", "probe", generator.ShellWord(t.origin + t.path), "--origin", generator.ShellWord(r.Origin)}
	if r.Method != "GET" {
		words = append(words, "--method", generator.ShellWord(r.Method))
	}
	for _, h := range story.MaskHeaders(story.NewRequest(r).Headers) {
		words = append(words, "--header", generator.ShellWord(h.Name+"="+h.Value))
	}
	if r.Credentials == cors.CredentialsInclude {
		words = append(words, "--credentials", "include")
	}
	return strings.Join(words, " ")
}
