// Package browser drives real ones, headless: Chromium, Firefox and WebKit
// ([Engines]). Their pages fetch from APIs on loopback ([Site]) and say what
// became of it. It is for tests, and knows nothing of CORS, of API Gateway or of
// the product: the verdicts are the browsers'.
package browser
