// Package story tells what passes between a browser and an API, and what the
// browser decides at each step: for a person, and as the views of which JSON is
// made. Whether the API is a model or a deployed one makes no difference.
package story
