package generator

import "apigw-cors/generator/gateway"

// terraformCORS is the cors_configuration block of an HTTP API.
type terraformCORS struct {
	AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders []string
	AllowCredentials                                        bool
	MaxAge                                                  int
	// MaxAgeUnset reports that the policy has no max-age: the provider sends
	// 0 for an absent max_age, which is one.
	MaxAgeUnset bool
}

func (v *terraformView) http(api gateway.API) {
	if c, ok := api.CORSConfiguration(); ok {
		v.CORS = &terraformCORS{
			AllowOrigins: c.AllowOrigins, AllowMethods: c.AllowMethods,
			AllowHeaders: c.AllowHeaders, ExposeHeaders: c.ExposeHeaders,
			AllowCredentials: c.AllowCredentials, MaxAgeUnset: c.MaxAge == nil,
		}
		if c.MaxAge != nil {
			v.CORS.MaxAge = *c.MaxAge
		}
	}
	for _, r := range api.Routes() {
		if r.Preflight {
			v.PreflightRoutes = append(v.PreflightRoutes, r.Key())
		} else {
			v.Routes = append(v.Routes, r.Key())
		}
	}
}
