// Package edit changes the text of files that people have written, at places,
// and nothing else in them: no file is ever written anew from what was parsed
// of it. A [Change] is in bytes and knows no format; what a change has to look
// like for its neighbourhood (indentation, quotes, line ends, commas) is decided
// by the editor of each format.
package edit
