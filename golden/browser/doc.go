// Package browser drives a real one: headless Chromium, whose pages fetch from
// APIs on loopback ([Site]) and say what became of it. It is for tests, and
// knows nothing of CORS, of API Gateway or of the product: the verdicts are the
// browser's.
package browser
