// Package emulator is API Gateway as its documentation describes it: what it is
// told about an API ([API]), and how a deployed one answers ([Deployment]).
//
// It is for tests, as a second opinion on the model that the product answers
// from: so it shares nothing with that model, and imports nothing of the
// product.
package emulator
