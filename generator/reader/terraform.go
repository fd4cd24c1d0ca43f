package reader

import "strings"

// isTerraform reports whether a file is one of a Terraform module.
func isTerraform(name string) bool {
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tf.json")
}

// terraform reads the module in a folder.
func (r *reading) terraform(dir string) error {
	r.Kind = Terraform
	return nil
}
