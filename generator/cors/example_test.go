package cors_test

import (
	"fmt"

	"apigw-cors/generator/cors"
)

func ExampleParse() {
	policy, advice, err := cors.Parse(cors.Config{
		AllowOrigins:     []string{"https://App.example.com/", "https://*.dev.example.com"},
		AllowMethods:     []string{"GET", "PUT"},
		AllowHeaders:     []string{"Content-Type", "Authorization"},
		AllowCredentials: true,
		MaxAge:           "10m",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, origin := range policy.AllowOrigins() {
		fmt.Println(origin.Kind(), origin)
	}
	seconds, _ := policy.MaxAge()
	fmt.Println(seconds)
	for _, a := range advice {
		fmt.Printf("%s %s[%d]: %s\n", a.Code, a.Field, a.Index, a.Detail)
	}
	// Output:
	// exact https://app.example.com
	// subdomains https://*.dev.example.com
	// 600
	// origin-normalised allowOrigins[0]: browsers send it as https://app.example.com
}

func ExampleParse_faults() {
	_, _, err := cors.Parse(cors.Config{
		AllowOrigins:     []string{"*", "https://example.com/app"},
		AllowMethods:     []string{"GET", "TRACE"},
		AllowCredentials: true,
		MaxAge:           "1w",
	})
	for _, f := range cors.Faults(err) {
		fmt.Println(f)
		fmt.Println("  hint:", f.Hint)
	}
	// Output:
	// allowOrigins[0]: forbidden "*": a browser refuses `*` for a request with credentials
	//   hint: name the origins, or leave allowCredentials out
	// allowOrigins[1]: invalid "https://example.com/app": an origin has no path
	//   hint: use https://example.com
	// allowMethods[1]: forbidden "TRACE": pages cannot send this method
	//   hint: leave it out
	// maxAge: invalid "1w": not a number of seconds, nor a duration
	//   hint: use seconds, as in 600, or a duration, as in 10m
}

func ExampleOriginPattern_Matches() {
	pattern, _, err := cors.ParseOriginPattern("https://*.example.com")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, origin := range []string{"https://app.example.com", "https://example.com", "https://appXexample.com", "https://app.example.com.evil.net"} {
		fmt.Println(origin, pattern.Matches(origin))
	}
	// Output:
	// https://app.example.com true
	// https://example.com false
	// https://appXexample.com false
	// https://app.example.com.evil.net false
}
