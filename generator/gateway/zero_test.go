package gateway_test

import (
	"reflect"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestZeroAPI: the zero API serves and allows nothing, and says so without a
// panic, whichever of its methods is called.
func TestZeroAPI(t *testing.T) {
	var api gateway.API
	v := reflect.ValueOf(api)
	for i := range v.NumMethod() {
		method := v.Type().Method(i)
		in := make([]reflect.Value, method.Type.NumIn()-1)
		for j := range in {
			in[j] = reflect.Zero(method.Type.In(j + 1))
		}
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%s: %v", method.Name, p)
				}
			}()
			v.Method(i).Call(in)
		}()
	}
	page := cors.Request{Origin: "https://app.example.com", Method: "PUT", URL: "https://api.example.com/"}
	if f := api.Deploy().Fetch(page, ""); f.Allowed() {
		t.Errorf("the zero API allows %+v", f)
	}
	if !api.SameMethods() {
		t.Error("no resources differ")
	}
	if _, _, err := gateway.Parse(api.Config()); err == nil {
		t.Error("the zero API has a Config that parses")
	}
}

// TestZeroValues of what else the package exports.
func TestZeroValues(t *testing.T) {
	request := gateway.NewRequest(cors.Request{})
	deployment := gateway.API{}.Deploy()
	deployment.Answer(request, func() cors.Response { return cors.Response{} })
	deployment.Return(request, gateway.Answer{}, cors.Response{})
	deployment.Lambda(request)
	gateway.Facts{}.Deploy().Answer(request, func() cors.Response { return cors.Response{} })
	gateway.Remedy(gateway.Config{}, cors.Request{})
	gateway.Questions(gateway.Config{})
	_ = gateway.Mapping{}.String()
	_ = gateway.Route{}.Key()
	_ = gateway.Resource{}.Expanded()
	_ = gateway.ReadResource("").String()
	if got := (gateway.Field{}).Usage(); got != "" {
		t.Errorf("the zero Field has the usage %q", got)
	}
}
