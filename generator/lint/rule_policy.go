package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

func differsFromPolicy() Rule {
	return Rule{
		Name: "differs-from-policy", Severity: Error,
		Summary: "the file says something else than the policy",
		Page:    "What the file says, not what the policy asks for.",
		Why:     "A policy was given to compare the file with. Origins, methods, headers, credentials and max-age are compared, for each path of the policy, or for all where it names none, and the headers of the gateway responses and of the responses that API Gateway maps. A policy that names one of several APIs, by apiId or name, is compared with that one.",
		Fix:     "Bring the file in line with the policy, or the policy with the file.",
		Sources: []string{"https://fetch.spec.whatwg.org/#http-cors-protocol"},
		check: func(s *subject) []Finding {
			api := s.options.Policy
			switch {
			case api == nil:
				return nil
			case api.IsREST():
				return s.restDiffers(*api)
			}
			return s.httpDiffers(api.Facts().CORS)
		},
	}
}

// differs is a finding for a value that is not the policy's; nil where it is.
func differs(name, have, want string, fold bool, at gateway.Place) []Finding {
	// Any other value than true allows no credentials, as none does.
	noneEither := name == cors.HeaderAllowCredentials && have != "true" && want != "true"
	if noneEither || sameWords(words(have), words(want), fold) {
		return nil
	}
	say := func(value string) string {
		if value == "" {
			return "nothing"
		}
		return value
	}
	return []Finding{{
		Place: at, Subject: name, Text: fmt.Sprintf("%s is %s, the policy has %s", name, say(have), say(want)),
		Page: "pages get what the file says", Fix: "write " + say(want),
	}}
}

// sameWords compares two lists in which order does not count.
func sameWords(a, b []string, fold bool) bool {
	normal := func(list []string) []string {
		out := slices.Clone(list)
		for i := range out {
			if fold {
				out[i] = strings.ToLower(out[i])
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return slices.Equal(normal(a), normal(b))
}

// httpDiffers compares the CORS configuration of an HTTP API with the policy's.
func (s *subject) httpDiffers(want *gateway.CORSFacts) (out []Finding) {
	have := s.facts.CORS
	switch {
	case want == nil || s.facts.IsOpen(gateway.OpenCORS) != "":
		return nil
	case have == nil:
		return []Finding{{
			Place: s.facts.Place, Text: "there is no CORS configuration, and the policy asks for one",
			Page: "every page is refused", Fix: "write a CORS configuration",
		}}
	}
	for _, l := range []struct {
		name       string
		have, want gateway.Fact[[]gateway.Text]
		fold       bool
	}{
		{cors.HeaderAllowOrigin, have.AllowOrigins, want.AllowOrigins, false},
		{cors.HeaderAllowMethods, have.AllowMethods, want.AllowMethods, false},
		{cors.HeaderAllowHeaders, have.AllowHeaders, want.AllowHeaders, true},
		{cors.HeaderExposeHeaders, have.ExposeHeaders, want.ExposeHeaders, true},
	} {
		if text, known := listed(l.have); known {
			wanted, _ := listed(l.want)
			out = append(out, differs(l.name, text, wanted, l.fold, first(l.have.Place, have.Place))...)
		}
	}
	if have.AllowCredentials.Unknown == "" {
		out = append(out, differs(cors.HeaderAllowCredentials, strconv.FormatBool(have.AllowCredentials.Value),
			strconv.FormatBool(want.AllowCredentials.Value), false, first(have.AllowCredentials.Place, have.Place))...)
	}
	if have.MaxAge.Unknown == "" {
		out = append(out, differs(cors.HeaderMaxAge, seconds(have.MaxAge), seconds(want.MaxAge), false, first(have.MaxAge.Place, have.Place))...)
	}
	return out
}

// listed is a list as one text; known is false where some of it is not.
func listed(f gateway.Fact[[]gateway.Text]) (text string, known bool) {
	if f.Unknown != "" {
		return "", false
	}
	var out []string
	for _, t := range f.Value {
		s, known := t.Value()
		if !known {
			return "", false
		}
		out = append(out, s)
	}
	return strings.Join(out, ","), true
}

// seconds is a max-age; "" for none, which an HTTP API writes as -1.
func seconds(f gateway.Fact[int]) string {
	if !f.IsGiven() && f.Value == 0 || f.Value < 0 {
		return ""
	}
	return strconv.Itoa(f.Value)
}

// restDiffers compares the OPTIONS methods of the policy's paths with the
// policy's mocks, and the other responses of API Gateway's own.
func (s *subject) restDiffers(api gateway.API) (out []Finding) {
	// A policy that names no path is for all.
	all := len(api.Config().Resources) == 0
	for i, want := range api.Resources() {
		mock, ok := api.Mock(want)
		if !ok || all && i > 0 {
			continue
		}
		for _, r := range s.resources {
			if r.known && (all || r.path == want.Path) && integrationKind(r.options) == "MOCK" {
				for i := range r.options.Integration.Responses {
					out = append(out, s.mockDiffers(api, mock, r, &r.options.Integration.Responses[i])...)
				}
			}
		}
	}
	out = append(out, s.gatewayResponsesDiffer(api)...)
	return append(out, s.mappedDiffer(api, all)...)
}

// stranger is a page that no policy names.
const stranger = "https://not-in-any-policy.invalid"

func (s *subject) mockDiffers(api gateway.API, mock gateway.Mock, r *resource, have *gateway.IntegrationResponseFacts) (out []Finding) {
	value := func(name string) (text string, at gateway.Place, known bool) {
		h, ok := header(have.Headers, name)
		if !ok {
			return "", first(have.Place, r.options.Place), !mayHave(have.Headers, name)
		}
		text, known = unquoted(h.Value)
		return text, first(h.Value.Place, h.Key.Place, have.Place), known
	}
	for _, name := range []string{cors.HeaderAllowMethods, cors.HeaderAllowHeaders, cors.HeaderAllowCredentials, cors.HeaderMaxAge} {
		want := ""
		for _, m := range mock.Headers {
			if strings.EqualFold(m.Header, name) {
				want = m.Value
			}
		}
		text, at, known := value(name)
		if known {
			out = append(out, differs(name, withoutOptions(name, text), withoutOptions(name, want), name == cors.HeaderAllowHeaders, at)...)
		}
	}
	policy := api.Policy()
	one, isOne := policy.StaticOrigin()
	text, at, known := value(cors.HeaderAllowOrigin)
	switch {
	case overridesOrigin(have.Templates):
		url := (&call{resource: r}).url()
		v := s.open.JudgePreflight(cors.Preflight{Origin: stranger, Method: "GET"}, url, gateway.IdealBackend)
		if v.Unknown == nil && v.Allowed() && !policy.AnyOrigin() && !matches(policy, stranger) {
			out = append(out, Finding{
				Place: at, Subject: "OPTIONS " + r.path, Text: "pages of any origin are allowed, and the policy names some",
				Page: "pages of other sites get through", Fix: "compare with the origins of the policy",
			})
		}
	case known && isOne:
		out = append(out, differs(cors.HeaderAllowOrigin, text, one, false, at)...)
	case known:
		out = append(out, Finding{
			Place: at, Subject: "OPTIONS " + r.path, Text: cors.HeaderAllowOrigin + " is always " + text + ", the policy has several origins",
			Page: "pages get what the file says", Fix: "let a mapping template pick the page's origin",
		})
	}
	return out
}

// withoutOptions is a list of methods without the one that needs no mention.
func withoutOptions(name, list string) string {
	if name != cors.HeaderAllowMethods {
		return list
	}
	return strings.Join(slices.DeleteFunc(words(list), func(w string) bool { return w == "OPTIONS" }), ",")
}

func matches(p cors.Policy, origin string) bool {
	return slices.ContainsFunc(p.AllowOrigins(), func(o cors.OriginPattern) bool { return o.Matches(origin) })
}

// policyPages are the origins that a policy names one by one.
func policyPages(api *gateway.API) (out []string) {
	for _, o := range api.Policy().AllowOrigins() {
		if o.Kind() == cors.Exact {
			out = append(out, o.String())
		}
	}
	return out
}
