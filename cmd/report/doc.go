// Package report holds what a run has to say: faults of the policy and advice
// about it, each with its place, and how the run ended ([Outcome], the exit
// code). It writes them for a person or as JSON; it prints nothing by itself.
package report
