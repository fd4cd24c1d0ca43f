// Package probe looks at a deployed API as a browser does: it sends the
// CORS-preflight request and the actual one, lets the model of the browser
// judge the answers, and says which part of the deployment is at fault.
package probe
