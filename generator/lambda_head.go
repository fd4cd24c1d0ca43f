package generator

import (
	"slices"

	"apigw-cors/generator/gateway"
)

// exampleHead is the comment of the example.
func (l functionLanguage) exampleHead(api gateway.API, v functionView, rendered []string) []string {
	why := []string{
		"It sends no CORS header on purpose: the API has a CORS configuration, so API",
		"Gateway adds the headers to every response and ignores those of the function.",
	}
	if !v.proxy {
		why = []string{
			"It sends no CORS header on purpose: behind a non-proxy integration API Gateway",
			"makes the response of what the function returns, and maps the headers itself.",
		}
	}
	todo := []string{
		"Put your own code into respond(), or paste the other functions into yours. The",
		"function's handler is " + l.entry + ".",
	}
	if v.sends {
		why = []string{
			l.wrapper + ", in " + l.module + ", puts the CORS headers on every response. A function of",
			"your own needs the same line around its handler: " + l.module + " says how.",
		}
		todo = []string{"The function's handler is " + l.entry + "; " + l.module + " goes into its package, too."}
	}
	return slices.Concat(
		[]string{"Lambda function for the " + kindOf(api) + " " + api.Name() + ": " + l.runtime + ".", ""},
		why, []string{""}, todo, rendered,
	)
}

// wrapperHead is the comment of the wrapper's module.
func (l functionLanguage) wrapperHead(api gateway.API, v functionView, rendered []string) []string {
	sends := []string{
		"It puts the CORS headers on every response: a browser hides one without them",
		"from the page, errors included. API Gateway answers the preflight.",
	}
	if v.Preflight {
		sends = []string{
			"It answers the preflight itself, and puts the CORS headers on every response: a",
			"browser hides one without them from the page, errors included.",
		}
	}
	decides := []string{
		"The policy alone decides: other Access-Control-* headers of a response are",
		"dropped.",
	}
	if v.PerRequest {
		decides = []string{
			"The policy alone decides: other Access-Control-* headers of a response are",
			"dropped. Its Vary is kept, with Origin added.",
		}
	}
	metric := "5xx"
	if v.REST {
		metric = "5XXError"
	}
	return slices.Concat(
		[]string{"CORS for Lambda functions of the " + kindOf(api) + " " + api.Name() + ": " + l.runtime + ".", ""},
		l.usage, []string{""},
		sends, []string{""},
		decides, []string{
			"",
			"An exception is logged and answered with status 500; passed on, API Gateway",
			"would answer, without these headers. The API's metric " + metric + " counts it, the",
			"function's Errors does not.",
		},
		rendered,
	)
}

func kindOf(api gateway.API) string {
	if api.IsREST() {
		return "REST API"
	}
	return "HTTP API"
}
