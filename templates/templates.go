// Package templates embeds one folder of templates for each format. Package
// generator executes them; nothing here decides anything.
package templates

import "embed"

// FS holds the templates of a format in its folder. A file called *_rest or
// *_http is for that kind of API alone, and standalone* for a whole example: a
// run parses what it needs.
//
//go:embed */*.tmpl
var FS embed.FS
