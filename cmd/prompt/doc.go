// Package prompt asks one question at a time, with survey where the terminal can
// show its lists, otherwise in plain lines. It knows nothing of what it asks
// for.
package prompt
