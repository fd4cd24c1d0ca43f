// Apigw-cors configures CORS for Amazon API Gateway in the language of the
// tool you deploy with.
package main

import (
	"os"

	"apigw-cors/cmd"
)

func main() {
	os.Exit(cmd.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}
