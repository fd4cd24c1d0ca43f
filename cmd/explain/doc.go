// Package explain tells what a browser and API Gateway make of a request, step
// by step: as text, as a sequence diagram, or as JSON.
package explain
