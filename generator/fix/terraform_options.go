package fix

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// preflightOpened asks nothing of the caller of an OPTIONS method.
func (m *terraformModule) preflightOpened(f lint.Finding, api *gateway.Facts) ([]string, error) {
	for _, method := range api.Methods {
		if method.Auth.Type.Place != f.Place && method.Auth.APIKeyRequired.Place != f.Place && method.Place != f.Place {
			continue
		}
		switch verb := method.Method.String(); {
		case verb == "ANY":
			return m.optionsAdded(lint.Finding{Rule: f.Rule, Place: method.Place, Subject: method.Path.String()}, api)
		case verb != "OPTIONS":
			continue
		}
		b, err := m.block(method.Place)
		if err != nil {
			return nil, err
		}
		for _, r := range b.instances {
			if verb, known := r.Get("http_method").Text().Value(); !known || !strings.EqualFold(verb, "OPTIONS") {
				return nil, errors.New("the block makes other methods, too")
			}
		}
		if method.Auth.APIKeyRequired.Value {
			b.Set(b.node(), "api_key_required", "false", "authorization")
		} else {
			b.Set(b.node(), "authorization", `"NONE"`, "http_method")
			b.Remove(b.node(), "authorizer_id")
			b.Remove(b.node(), "authorization_scopes")
		}
		return of(": auth "), nil
	}
	return nil, errors.New("the OPTIONS method is not found")
}

// preflightParts are the blocks that make an OPTIONS method with a mock: the
// method, its integration and the two responses.
type preflightParts []*terraformBlock

// model is the OPTIONS method of another path that can be copied: its parts are
// blocks of their own in the module of b.
func (m *terraformModule) model(api *gateway.Facts, b *terraformBlock) (preflightParts, error) {
	for _, method := range api.Methods {
		i := method.Integration
		if method.Method.String() != "OPTIONS" || i == nil || !strings.EqualFold(i.Type.String(), "MOCK") || len(i.Responses) != 1 || len(method.Responses) != 1 {
			continue
		}
		parts, err := m.blocks(method.Place, i.Place, method.Responses[0].Place, i.Responses[0].Place)
		if err != nil || len(parts) != 4 {
			continue
		}
		if !slices.ContainsFunc(parts, func(part *terraformBlock) bool { return part.module != b.module || !part.isSingle() }) {
			return parts, nil
		}
	}
	return nil, errors.New("no OPTIONS method beside it says what pages are allowed: give a policy with -f")
}

// optionsAdded gives a path an OPTIONS method like that of another.
func (m *terraformModule) optionsAdded(f lint.Finding, api *gateway.Facts) ([]string, error) {
	b, err := m.block(f.Place)
	if err != nil {
		return nil, err
	}
	resource := b.node().Body.Attributes["resource_id"]
	if resource == nil || !isPortable(resource.Expr) {
		return nil, errors.New("the block makes methods of several paths")
	}
	id := b.Source(resource.Expr)
	if other := m.conditional(f.Place.File, b.module, id); other != "" {
		return nil, fmt.Errorf("%s makes the OPTIONS method, but not with these variables: give them with --var", other)
	}
	parts, err := m.model(api, b)
	if err != nil {
		return nil, err
	}
	name := m.optionsName(parts, f.Subject)
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = string(part.Text()[part.node().Range().Start.Byte:part.node().CloseBraceRange.End.Byte])
		texts[i] = strings.Replace(texts[i], fmt.Sprintf("%q", part.name), fmt.Sprintf("%q", name), 1)
		for _, other := range parts {
			texts[i] = replaceWord(texts[i], other.address(), other.kind+"."+name)
		}
		texts[i] = strings.ReplaceAll(texts[i], "\r\n", "\n")
	}
	last := parts[len(parts)-1]
	last.Append(last.node(), strings.Join(texts, "\n\n"))
	verbs := "'" + strings.Join(insertWord(verbsOf(api, f.Subject), "OPTIONS"), ",") + "'"
	for _, part := range parts {
		made := last.Block("resource", part.kind, name)
		if made == nil {
			return nil, errors.New("its copy cannot be made")
		}
		if made.Body.Attributes["resource_id"] != nil {
			last.Set(made, "resource_id", id, "")
		}
		made = last.Block("resource", part.kind, name)
		a := made.Body.Attributes["response_parameters"]
		if part.kind != "aws_api_gateway_integration_response" || a == nil {
			continue
		}
		if o, ok := a.Expr.(*hclsyntax.ObjectConsExpr); ok {
			if i := edit.Key(o, methodHeader+cors.HeaderAllowMethods); i >= 0 {
				last.Replace(o.Items[i].ValueExpr.Range(), edit.Quoted(verbs))
			}
		}
	}
	made := &terraformBlock{HCL: last.HCL, kind: last.kind, name: name, place: last.place, module: last.module}
	return []string{"+ OPTIONS " + f.Subject}, m.deployedWith(api, made)
}

func replaceWord(text, old, new string) string {
	return regexp.MustCompile(`\b`+regexp.QuoteMeta(old)+`\b`).ReplaceAllLiteralString(text, new)
}

var notInNames = strings.NewReplacer("{", "", "}", "", "+", "", "-", "_", ".", "_", "/", "_")

// optionsName is a name for the parts of a path's OPTIONS method.
func (m *terraformModule) optionsName(parts preflightParts, path string) string {
	base := "options"
	if part := notInNames.Replace(strings.Trim(path, "/")); part != "" {
		base += "_" + part
	}
	name := base
	for i := 2; slices.ContainsFunc(parts, func(part *terraformBlock) bool { return m.freeName(part, part.kind, name) != name }); i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	return name
}

// deployedWith lets the API's deployments wait for a new part, and take a new
// snapshot when it changes.
func (m *terraformModule) deployedWith(api *gateway.Facts, part *terraformBlock) error {
	for _, d := range api.Deployments {
		b, err := m.block(d.Place)
		if err != nil {
			return err
		}
		if list := b.hashed(); list != nil && b.module == part.module {
			b.AddItems(list, part.snapshot())
		} else if err := b.dependOn([]*terraformBlock{part}); err != nil {
			return err
		}
	}
	return nil
}

// mockAnswers gives the mock of an OPTIONS method a request template that comes
// to its status, and lets it and its response stay text beside binary media
// types.
func (m *terraformModule) mockAnswers(f lint.Finding, api *gateway.Facts) ([]string, error) {
	for _, method := range api.Methods {
		i := method.Integration
		if method.Method.String() != "OPTIONS" || i == nil || f.Subject != method.Key() {
			continue
		}
		b, err := m.block(i.Place)
		if err != nil {
			return nil, err
		}
		if len(f.Related) > 0 {
			parts := []*terraformBlock{b}
			for _, r := range i.Responses {
				response, err := m.block(r.Place)
				if err != nil {
					return nil, err
				}
				parts = append(parts, response)
			}
			for _, part := range parts {
				part.Set(part.node(), "content_handling", edit.Quoted(gateway.ContentHandling), "type")
			}
			return of("content handling "), nil
		}
		status := "200"
		if len(i.Responses) == 1 {
			status = i.Responses[0].Status.String()
		}
		_, o, err := m.object(b, "request_templates")
		if err != nil {
			return nil, err
		}
		template := edit.Quoted(`{"statusCode": ` + status + `}`)
		if o != nil {
			if at := edit.Key(o, "application/json"); at >= 0 {
				x := o.Items[at].ValueExpr
				if call, ok := x.(*hclsyntax.FunctionCallExpr); ok && call.Name == "jsonencode" {
					template = "jsonencode({ statusCode = " + status + " })"
				}
				b.Replace(x.Range(), template)
				return of(": request template"), nil
			}
		}
		return of(": request template"), m.addKey(b, "request_templates", "application/json", template)
	}
	return nil, errors.New("the mock is not found")
}

// responseHasOrigin lets the responses of a method behind a non-proxy integration
// name the origin that the preflight allows.
func (m *terraformModule) responseHasOrigin(f lint.Finding, api *gateway.Facts) ([]string, error) {
	places := []gateway.Place{f.Place}
	if len(f.Related) > 0 {
		places = nil
		for _, r := range f.Related {
			places = append(places, r.Place)
		}
	}
	if slices.ContainsFunc(api.Methods, picksOrigin) {
		return nil, errors.New("the preflight picks one of several origins: give a policy with -f")
	}
	var means []string
	for _, place := range places {
		b, err := m.block(place)
		if err != nil {
			return nil, err
		}
		headers, err := m.errorHeaders(api, b)
		if err != nil {
			return nil, err
		}
		for _, h := range headers {
			means = append(means, "+ : "+h.name+": ", "+ declares "+h.name)
			if err := m.mapHeader(api, place, h.name, h.value); err != nil {
				return nil, err
			}
		}
	}
	return means, nil
}

// preflightAnswers lets an OPTIONS method send what those of other paths send.
func (m *terraformModule) preflightAnswers(f lint.Finding, api *gateway.Facts) ([]string, error) {
	b, err := m.block(f.Place)
	if err != nil {
		return nil, err
	}
	var means []string
	for _, name := range []string{cors.HeaderAllowOrigin, cors.HeaderAllowMethods, cors.HeaderAllowHeaders} {
		value, err := m.preflightValue(api, b, name)
		if err != nil && name == cors.HeaderAllowOrigin {
			return nil, err
		}
		if name == cors.HeaderAllowMethods {
			_, path, _ := strings.Cut(f.Subject, " ")
			value, err = edit.Quoted("'"+strings.Join(insertWord(verbsOf(api, path), "OPTIONS"), ",")+"'"), nil
		}
		if err != nil {
			continue
		}
		means = append(means, "+ : "+name+": ", "+ declares "+name)
		if err := m.mapHeader(api, f.Place, name, value); err != nil {
			return nil, err
		}
	}
	return means, nil
}

// optionsRouted adds a route that takes the preflights without an authorizer.
func (m *terraformModule) optionsRouted(f lint.Finding, api *gateway.Facts) ([]string, error) {
	for _, route := range api.Routes {
		if route.Key.Place != f.Place && route.Place != f.Place {
			continue
		}
		key := "OPTIONS /{proxy+}"
		if _, path, ok := strings.Cut(route.Key.String(), " "); ok {
			key = "OPTIONS " + path
		}
		return []string{"+ route " + key}, m.addOptionsRoute(route, key)
	}
	return nil, errors.New("the route is not found")
}

// addOptionsRoute adds a route for preflights below one that would ask them for
// credentials.
func (m *terraformModule) addOptionsRoute(route gateway.RouteFacts, key string) error {
	b, err := m.block(route.Place)
	if err != nil {
		return err
	}
	if b.kind != "aws_apigatewayv2_route" || !b.isSingle() {
		return errors.New("the block makes several routes")
	}
	name := b.name + "_preflight"
	for i := 2; m.freeName(b, b.kind, name) != name || b.Block("resource", b.kind, name) != nil; i++ {
		name = fmt.Sprintf("%s_preflight_%d", b.name, i)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "# A preflight carries no credentials: it must not meet the authorizer.\nresource %q %q {\n", b.kind, name)
	fmt.Fprintf(&out, "  api_id = %s\n  route_key = %q\n  authorization_type = \"NONE\"\n", b.expression("api_id"), key)
	if target := b.expression("target"); target != "" {
		fmt.Fprintf(&out, "  target = %s\n", target)
	}
	out.WriteString("}\n")
	b.Append(b.node(), edit.Formatted(out.String()))
	return nil
}

// originsPicked lets a mapping template pick the page's origin from those that
// were joined to one value.
func (m *terraformModule) originsPicked(f lint.Finding, api *gateway.Facts) ([]string, error) {
	headers := headersAt(api, f.Place)
	for _, header := range headers {
		if header.method == nil || header.method.Method.String() != "OPTIONS" || header.response != headers[0].response {
			return nil, errors.New("the value is that of other responses, too: give a policy with -f")
		}
	}
	if len(headers) == 0 {
		return nil, errors.New("its headers are computed")
	}
	joined, known := headers[0].Value.Value()
	if !known {
		return nil, errors.New("a part of the value is computed")
	}
	var config gateway.Config
	config.API, config.AllowMethods = string(gateway.REST), []string{"GET"}
	for origin := range strings.SplitSeq(strings.Trim(joined, "'"), ",") {
		config.AllowOrigins = append(config.AllowOrigins, strings.TrimSpace(origin))
	}
	policy, _, err := gateway.Parse(config)
	if err != nil {
		return nil, fmt.Errorf("the origins cannot be taken: %w", err)
	}
	mock, _ := policy.Mock(policy.Resources()[0])
	b, err := m.block(headers[0].response)
	if err != nil {
		return nil, err
	}
	if b.has("response_templates") || mock.ResponseTemplate == "" {
		return nil, errors.New("the response has a template already")
	}
	h, err := m.file(headers[0].Key.Place.File)
	if err != nil {
		return nil, err
	}
	o, i := item(h, headers[0].Key.Place)
	if o == nil {
		return nil, errors.New("its headers are computed")
	}
	h.RemoveKey(o, i)
	if err := m.mapHeader(api, headers[0].response, cors.HeaderVary, `"'Origin'"`); err != nil {
		return nil, err
	}
	template := strings.ReplaceAll(strings.TrimRight(mock.ResponseTemplate, "\n"), "\n", "\n    ")
	b.Set(b.node(), "response_templates", "{\n  \"application/json\" = <<-EOT\n    "+template+"\n  EOT\n}", "")
	return []string{
		"- : " + cors.HeaderAllowOrigin + ": ", "+ : " + cors.HeaderVary + ": ", "+ declares " + cors.HeaderVary, "+ : template for application/json",
	}, nil
}
