// Package templates embeds one folder of templates for each format. Package
// generator executes them; nothing here decides anything.
package templates

import "embed"

// FS holds <format>/<file>.tmpl for every rendered file.
//
//go:embed */*.tmpl
var FS embed.FS
