package reader

// misplaced notes CORS settings that stand where nothing reads them.
func (t *template) misplaced() {
	for _, res := range t.resources {
		wrong, right := []string{"Cors", "CorsConfiguration"}, ""
		switch res.typ {
		case "AWS::Serverless::Api":
			wrong, right = []string{"CorsConfiguration"}, "write Cors"
		case "AWS::Serverless::HttpApi", "AWS::ApiGatewayV2::Api":
			wrong, right = []string{"Cors"}, "write CorsConfiguration"
		case "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Method", "AWS::ApiGateway::Resource", "AWS::ApiGateway::Stage":
			right = "give the path an OPTIONS method with a mock integration"
		case "AWS::Serverless::Function":
			right = "move it to the API, or to Globals"
			t.misplacedInEvents(res)
		default:
			continue
		}
		for _, key := range wrong {
			if f, ok := res.props.field(key); ok {
				t.misplace(f, res.typ+" has no property "+key, right)
			}
		}
		for _, key := range []string{"Cors", "CorsConfiguration"} {
			if f, ok := res.node.field(key); ok {
				t.misplace(f, key+" stands beside Properties", "move it into Properties")
			}
		}
	}
}

func (t *template) misplacedInEvents(res *resource) {
	for _, event := range res.props.get("Events").fieldsOf() {
		if typ := event.value.get("Type"); !typ.is("Api") && !typ.is("HttpApi") {
			continue
		}
		for _, n := range []*node{event.value, event.value.get("Properties")} {
			for _, key := range []string{"Cors", "CorsConfiguration"} {
				if f, ok := n.field(key); ok {
					t.misplace(f, "an event has no property "+key, "move it to the API, or to Globals")
				}
			}
		}
	}
}

func (t *template) misplace(f field, what, hint string) {
	t.note(codeMisplaced, f.at, what, hint)
}

// misplacedExtension notes x-amazon-apigateway-cors below a path.
func (s *scope) misplacedExtension(path field) {
	nodes := []*node{path.value}
	for _, f := range path.value.fieldsOf() {
		nodes = append(nodes, f.value, f.value.get(apiIntegration))
	}
	for _, n := range nodes {
		if f, ok := n.field(apiCORS); ok {
			s.misplace(f, apiCORS+" stands below a path", "move it to the root of the document")
		}
	}
}

// checkCredentials notes an AllowCredentials that SAM takes for nothing: a text
// instead of a boolean.
func (s *samTemplate) checkCredentials(n *node) {
	if text, known := n.literal(); known && !isTrueNode(n) && !falsy(n) && n.typ == textType {
		s.note(codeNotBoolean, n.place, "SAM ignores AllowCredentials: "+text+" is a text, not the boolean true", "write true without quotes")
	}
}

// misplacedCORS notes a cors block of a serverless.yml that nothing reads.
func (s *service) misplacedCORS(n *node, where, hint string) {
	if f, ok := n.field("cors"); ok && !falsy(f.value) {
		s.misplace(f, where+" has no cors", hint)
	}
}
