// Package policy reads a CORS policy where its author wrote it, in cors.yaml, in
// flags or in both, keeps the place of every value, and writes it back as
// cors.yaml.
package policy
