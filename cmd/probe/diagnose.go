package probe

import (
	"strconv"
	"strings"

	"apigw-cors/cmd/check"
	"apigw-cors/cmd/story"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// evidence is what a diagnosis goes by.
type evidence struct {
	target  target
	request cors.Request
	trace   cors.Trace
	// plain is the answer to a GET of the same URL without preflight, auth and
	// credentials; status 0 where there was none.
	plain cors.Response
	// foreign is the answer to the same preflight of a page that no policy
	// names; status 0 where there was none.
	foreign cors.Response
	// said is the kind of API that a policy says it is; "" without one.
	said gateway.Kind
}

// foreignOrigin is that page's.
const foreignOrigin = check.ForeignOrigin

// diagnose names the layer at fault; nil where nothing is refused.
func (e evidence) diagnose() *story.Fault {
	s, refused := e.trace.Refusal()
	if !refused {
		return nil
	}
	f := &story.Fault{Seen: []string{}}
	switch s.Stage {
	case cors.StagePreflight:
		e.preflightFault(f, s)
	case cors.StageResponse:
		e.responseFault(f, s)
	default:
		f.Layer, f.Text, f.Change = story.LayerPage, "the page: the request never leaves the browser", s.Detail()
	}
	return f
}

// kind is the kind of API that answers: what it shows, or else what is said of it;
// "" where neither tells.
func (e evidence) kind() gateway.Kind {
	for _, r := range []cors.Response{e.plain, e.foreign} {
		if k := gateway.ReadSigns(r).Kind; k != "" {
			return k
		}
	}
	for _, x := range []*cors.Exchange{e.trace.Preflight, e.trace.Actual} {
		if x != nil {
			if k := gateway.ReadSigns(x.Response).Kind; k != "" {
				return k
			}
		}
	}
	return e.said
}

func (e evidence) preflightFault(f *story.Fault, s cors.Step) {
	response := e.trace.Preflight.Response
	signs := gateway.ReadSigns(response)
	f.Seen = append(f.Seen, signs.Seen...)
	ok := response.Status >= 200 && response.Status <= 299
	switch {
	case isRedirect(response):
		redirected(e, f, response)
	case signs.Maker == gateway.MadeByCloudFront:
		cloudFront(f, response)
	case e.isCached(f, s, response):
	case signs.Maker == gateway.MadeByGateway:
		e.gatewayRefusedPreflight(f, signs)
	case !ok:
		f.Layer = story.LayerOptions
		f.Text = "whoever answers OPTIONS on this path: it answers " + strconv.Itoa(response.Status) + ", and a preflight needs 200 to 299"
		f.Change = "let the function answer OPTIONS with 204 and the CORS headers, or give the path an OPTIONS method of its own with a mock integration"
		f.Seen = append(f.Seen, "no error of API Gateway's own")
		if response.Status >= 500 && e.plain.Status >= 500 {
			f.Layer = story.LayerBackend
			f.Text = "what is behind the path: it fails, whatever it is asked, and not about CORS"
			f.Change = "mend what makes it answer " + strconv.Itoa(response.Status) + ", and probe again"
			f.Seen = append(f.Seen, "OPTIONS answers "+strconv.Itoa(response.Status)+", GET "+strconv.Itoa(e.plain.Status))
		}
	default:
		e.preflightHeaders(f, s, response)
	}
	if f.Command == "" && (f.Layer == story.LayerOptions || f.Layer == story.LayerConfiguration) {
		f.Command = "apigw-cors lint"
	}
}

// gatewayRefusedPreflight is about an OPTIONS request that API Gateway answered
// with an error.
func (e evidence) gatewayRefusedPreflight(f *story.Fault, signs gateway.Signs) {
	switch signs.Failure {
	case gateway.MissingAuthenticationToken:
		switch plain := gateway.ReadSigns(e.plain); {
		case e.plain.Status == 0:
			f.Layer = story.LayerOptions
			f.Text = "the OPTIONS method: the stage as it is deployed has none on this path, or does not have the path"
			f.Change = "check stage and path of the URL; add an OPTIONS method without authorization to the path; if your template has both, deploy the stage again"
		case plain.Failure == gateway.MissingAuthenticationToken:
			f.Layer = story.LayerRoute
			f.Text = "the path: the stage as it is deployed serves neither OPTIONS nor GET on it"
			f.Change = "check stage and path of the URL; if your template has the path, deploy the stage again. Where GET asks for a signature (IAM), only OPTIONS is missing"
		default:
			f.Layer = story.LayerOptions
			f.Text = "the OPTIONS method: the path is there, and the stage as it is deployed has no OPTIONS on it, or has one that asks for a signature"
			f.Change = "add an OPTIONS method without authorization to the path; if your template has one, deploy the stage again"
			f.Seen = append(f.Seen, "GET answers "+strconv.Itoa(e.plain.Status))
		}
		f.Command = e.deploy()
	case gateway.ResourceNotFound:
		f.Layer = story.LayerConfiguration
		f.Text = "the CORS configuration: the HTTP API has none, and no route for OPTIONS either"
		f.Change = "give the HTTP API a CORS configuration, and " + e.allow() + " there"
	case gateway.Unauthorized, gateway.AccessDenied, gateway.AuthorizerFailure:
		f.Layer = story.LayerOptionsAuth
		f.Text = "the authorization of OPTIONS: a preflight carries no token and no signature, so whatever asks for one refuses it"
		f.Change = "authorization NONE on the OPTIONS method (SAM: AddDefaultAuthorizerToCorsPreflight: false); if there is none, look at the resource policy"
		if e.kind() == gateway.HTTP {
			f.Change = "add the route OPTIONS /{proxy+} without an authorizer: a $default or ANY route with one takes the preflight"
		}
		f.Command = "apigw-cors lint"
	case gateway.InvalidAPIKey:
		f.Layer = story.LayerAccess
		f.Text = "what stands in front of OPTIONS: it asks for an API key, or a WAF refuses the request"
		f.Change = "no API key on the OPTIONS method (SAM: AddApiKeyRequiredToCorsPreflight: false); let the WAF pass OPTIONS"
		if gateway.ReadSigns(e.plain).Failure == gateway.InvalidAPIKey {
			f.Text = "what stands in front of the path, GET and OPTIONS alike: there is no such stage, no mapping of the domain name to one, it asks for an API key, or a WAF refuses the request"
			f.Change = "check the stage in the URL, or the mapping of the domain name; no API key on the OPTIONS method (SAM: AddApiKeyRequiredToCorsPreflight: false); let the WAF pass OPTIONS"
			f.Seen = append(f.Seen, "GET answers "+strconv.Itoa(e.plain.Status)+", too")
		}
		f.Command = "apigw-cors lint"
	case gateway.Throttled:
		f.Layer = story.LayerAccess
		f.Text = "throttling: the preflight met the limit of the stage, the account or a WAF rule"
		f.Change = "raise the limit, and let browsers cache the preflight: Access-Control-Max-Age"
	default:
		f.Layer = story.LayerOptions
		f.Text = "the integration of the OPTIONS method: API Gateway cannot make the answer"
		f.Change = `a mock integration needs the request template {"statusCode": 200}, and CONVERT_TO_TEXT where the API has binary media types`
	}
}

// preflightHeaders is about a preflight that was answered, with the wrong
// headers.
func (e evidence) preflightHeaders(f *story.Fault, s cors.Step, response cors.Response) {
	f.Layer, f.Text = story.LayerOptions, "the OPTIONS method of the path: "+s.Detail()
	where := "in the OPTIONS method's integration response (SAM: Cors), and deploy the stage again"
	if e.kind() == gateway.HTTP {
		f.Layer, f.Text = story.LayerConfiguration, "the CORS configuration of the HTTP API: "+s.Detail()
		where = "in the CORS configuration; without one the function that answers OPTIONS has to"
	}
	value, given := response.Headers.Get(cors.HeaderAllowOrigin)
	f.Seen = append(f.Seen, "status "+strconv.Itoa(response.Status))
	switch s.Cause {
	case cors.AllowOriginMissing:
		f.Change = e.allow() + " " + where
	case cors.AllowOriginOther:
		f.Change = e.originChange(value) + " " + where
		if other, _ := e.foreign.Headers.Get(cors.HeaderAllowOrigin); e.foreign.Status != 0 && other == value {
			f.Seen = append(f.Seen, "every origin gets this value")
		}
	case cors.AllowOriginAnyWithCredentials:
		f.Change = "name the origin instead of *, or let the page do without credentials"
	case cors.AllowCredentialsMissing, cors.AllowCredentialsOther:
		f.Change = "set " + cors.HeaderAllowCredentials + " to true " + where
	case cors.MethodNotAllowed, cors.MethodCase, cors.MethodAnyWithCredentials, cors.InvalidAllowMethods:
		f.Change = "add " + s.Subject + " to " + cors.HeaderAllowMethods + " " + where
	default:
		f.Change = "add " + s.Subject + " to " + cors.HeaderAllowHeaders + " " + where
	}
	if given {
		f.Seen = append(f.Seen, "access-control-allow-origin: "+value)
	}
	e.behindCloudFront(f, s, response)
}

func (e evidence) responseFault(f *story.Fault, s cors.Step) {
	response := e.trace.Actual.Response
	signs := gateway.ReadSigns(response)
	f.Seen = append(f.Seen, signs.Seen...)
	value, given := response.Headers.Get(cors.HeaderAllowOrigin)
	if given {
		f.Seen = append(f.Seen, "access-control-allow-origin: "+value)
	}
	switch {
	case isRedirect(response):
		redirected(e, f, response)
	case signs.Maker == gateway.MadeByCloudFront:
		cloudFront(f, response)
	case e.isCached(f, s, response):
	case e.kind() == gateway.HTTP:
		f.Layer, f.Text = story.LayerConfiguration, "the CORS configuration of the HTTP API: "+s.Detail()
		f.Change = e.allow() + " in the CORS configuration; where there is one, what the backend sends does not count" + route(signs)
		f.Command = "apigw-cors lint"
	case signs.Maker == gateway.MadeByGateway:
		f.Layer = story.LayerGatewayResponses
		f.Text = "the gateway responses: API Gateway answered " + strconv.Itoa(response.Status) + " itself"
		if m := signs.Failure.Reason(); m != "" {
			f.Text += ": " + m
		}
		f.Change = "give the gateway responses DEFAULT_4XX and DEFAULT_5XX the header " + cors.HeaderAllowOrigin + ", deploy again, and the page can read what is wrong" + route(signs)
		f.Command = "apigw-cors lint"
	case s.Cause == cors.AllowOriginOther:
		f.Layer, f.Text = story.LayerBackend, "the answer of the backend: "+s.Detail()
		f.Change = e.originChange(value) + ": in the function, or in the integration response of a non-proxy integration"
	case s.Cause == cors.AllowOriginMissing:
		f.Layer, f.Text = story.LayerBackend, "the answer of the backend: the preflight says who may call, and each answer has to say it again"
		f.Change = "with a proxy integration the function sends " + cors.HeaderAllowOrigin + " (apigw-cors generate --format lambda-nodejs renders a wrapper); with a non-proxy one the integration responses map it"
	default:
		f.Layer, f.Text = story.LayerBackend, "the answer of the backend: "+s.Detail()
		f.Change = "name the origin, and set " + cors.HeaderAllowCredentials + " to true, on each answer"
	}
	if f.Layer == story.LayerBackend {
		e.behindCloudFront(f, s, response)
	}
}

// route is what to change besides where API Gateway has no such path.
func route(s gateway.Signs) string {
	if s.Failure == gateway.MissingAuthenticationToken || s.Failure == gateway.ResourceNotFound {
		return ". Check stage and path of the URL, too, and whether the stage was deployed since"
	}
	return ""
}

// deploy is the command that takes a new snapshot; "" where the URL does not
// tell of which stage.
func (e evidence) deploy() string {
	id, region, stage, ok := e.target.stage()
	if !ok || e.kind() == gateway.HTTP {
		return ""
	}
	return "aws apigateway create-deployment --region " + generator.ShellWord(region) + " --rest-api-id " + generator.ShellWord(id) + " --stage-name=" + generator.ShellWord(stage)
}

// originChange says what is wrong with a value that is not the page's origin.
func (e evidence) originChange(value string) string {
	origin := e.request.Origin
	switch {
	case origin == "null":
	case strings.Contains(value, ","):
		return "send one origin, never a list: that of the page if it is allowed, " + origin
	case strings.Trim(value, `'"`) != value:
		return "send " + origin + " without quotes"
	case strings.EqualFold(strings.TrimSuffix(value, "/"), origin):
		return "spell the origin as browsers do, " + origin
	}
	return e.allow()
}

// allow is what to do about an origin that is not allowed.
func (e evidence) allow() string {
	if e.request.Origin == "null" {
		return "serve the page from an origin of its own and allow that (anyone can make a page whose origin is null)"
	}
	return "allow " + e.request.Origin
}
