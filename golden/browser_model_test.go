package golden_test

import (
	"maps"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
)

// model is what the generator knows of an API's answers.
type model struct {
	api        gateway.API
	deployment *gateway.Deployment
	// greedy is Terraform's form with one OPTIONS method below the root.
	greedy bool
	// served is the API behind "apigw-cors serve".
	served bool
}

// failHeader asks "apigw-cors serve" for one of the gateway's own failures.
func (m model) failHeader(failure string) (cors.Header, bool) {
	if !m.served || failure == "" || failure == emulator.FunctionFailure {
		return cors.Header{}, false
	}
	status := map[string]string{"UNAUTHORIZED": "401", "THROTTLED": "429", "INTEGRATION_TIMEOUT": "504"}
	return cors.Header{Name: serveFailHeader, Value: status[failure]}, true
}

const serveFailHeader = "Apigw-Cors-Fail"

// fetch is the browser's verdict on the model's answers.
func (m model) fetch(c cell) cors.Trace {
	return cors.Fetch(c.request, func(sent cors.Request) cors.Response {
		_, preflight := cors.ReadPreflight(sent)
		q := gateway.NewRequest(sent)
		a := m.deployment.Answer(q, func() cors.Response {
			response := m.deployment.Lambda(q)
			own := emulator.FunctionHeaders()
			for _, name := range slices.Sorted(maps.Keys(own)) {
				response.Headers = append(response.Headers, cors.Header{Name: name, Value: own[name]})
			}
			if c.failure == emulator.FunctionFailure && !preflight {
				response.Status = 500
			}
			return response
		})
		switch {
		case preflight:
			return m.preflight(sent, q, a)
		case c.failure != "" && c.failure != emulator.FunctionFailure:
			a = m.deployment.Fail(q, gateway.Failure(c.failure))
		}
		return a.Response
	})
}

// preflight is what differs from the API by itself: one OPTIONS method for all
// paths but the root, and the header of failHeader, which is let through.
func (m model) preflight(sent cors.Request, q gateway.Request, a gateway.Answer) cors.Response {
	if mock, ok := m.api.GreedyMock(); m.greedy && ok && q.Path != "/" {
		response := cors.Response{Status: mock.StatusCode}
		for _, h := range mock.Headers {
			response.Headers = append(response.Headers, cors.Header{Name: h.Header, Value: h.Value})
		}
		return response
	}
	asked, _ := sent.Headers.Get("Access-Control-Request-Headers")
	if m.served && slices.Contains(strings.Split(asked, ","), strings.ToLower(serveFailHeader)) {
		a.Headers = slices.Clone(a.Headers)
		for i, h := range a.Headers {
			if h.Name == cors.HeaderAllowHeaders {
				a.Headers[i].Value += "," + serveFailHeader
			}
		}
	}
	return a.Response
}
