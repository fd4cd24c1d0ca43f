// Package serve answers on this machine as the deployed API would, in front of a
// backend or of an echo, and logs what a browser makes of each response.
package serve
