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

// PreflightKeys are the keys of the OPTIONS routes.
func (v *terraformView) PreflightKeys() []string {
	var keys []string
	for _, r := range v.PreflightRoutes {
		keys = append(keys, r.Key)
	}
	return keys
}

func (v *terraformView) http(api gateway.API) error {
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
	v.PayloadFormat = string(api.PayloadFormat())
	for _, r := range api.Routes() {
		if r.Preflight {
			row := terraformRow{Key: r.Key()}
			if v.Existing {
				if r.Integration.String() == "" {
					return terraformAddresses().missing(api, r.Path)
				}
				row.Reference = attribute(r.Integration, "id")
			}
			v.PreflightRoutes = append(v.PreflightRoutes, row)
		} else {
			v.Routes = append(v.Routes, r.Key())
		}
	}
	return nil
}
