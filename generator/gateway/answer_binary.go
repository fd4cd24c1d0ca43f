package gateway

// binaryTypes are the binary media types, as far as they matter to a request
// without a body that accepts everything.
type binaryTypes struct {
	// all reports that they cover every type; some that it cannot be told
	// whether they cover the template's.
	all  bool
	some Doubt
}

func newBinaryTypes(types []Text) (b binaryTypes) {
	for _, t := range types {
		switch s, known := t.Value(); {
		case !known:
			b.some = Doubt{t.Unknown(), t.Place}
		case s == "*/*" || s == "*~1*":
			b.all = true
		case s == jsonMediaType || s == "application/*":
			b.some = Doubt{"whether " + s + " as a binary media type covers a template", t.Place}
		}
	}
	return b
}

// isBinary reports whether API Gateway takes a mock's templates for binary, and
// answers 500: a binary media type covers them, and nothing says
// CONVERT_TO_TEXT. Which of the two sides has to say so is not documented.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
func (d *Deployment) isBinary(w *world, i *IntegrationFacts, r *IntegrationResponseFacts) bool {
	if !d.binary.all && d.binary.some.Why == "" {
		return false
	}
	converts := 0
	for _, t := range []Text{i.ContentHandling, r.ContentHandling} {
		s, known := t.Value()
		if !known && w.choose(2, Doubt{t.Unknown(), t.Place}) == 0 || s == ContentHandling {
			converts++
		}
	}
	switch {
	case converts == 2:
		return false
	case converts == 1:
		return w.choose(2, Doubt{"whether CONVERT_TO_TEXT on one side of the integration is enough", i.Place}) == 1
	case !d.binary.all:
		return w.choose(2, d.binary.some) == 1
	}
	return true
}

// isBinaryBody reports whether API Gateway answers 500 for the body of a
// backend's response: it is text, and the request accepts it as binary; or it
// is binary by its type, and a mapping template is to read it. A request
// without a body has nothing to convert, so the response alone has to say
// CONVERT_TO_TEXT.
func (d *Deployment) isBinaryBody(w *world, i *integration, r *integrationResponse) bool {
	if !d.binary.all && d.binary.some.Why == "" || !i.facts.InvokesFunction() && r.template == nil {
		return false
	}
	s, known := r.facts.ContentHandling.Value()
	switch {
	case !known:
		return w.choose(2, Doubt{r.facts.ContentHandling.Unknown(), r.facts.ContentHandling.Place}) == 1
	case s == ContentHandling:
		return false
	case !d.binary.all:
		return w.choose(2, d.binary.some) == 1
	}
	return true
}
