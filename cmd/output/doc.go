// Package output brings rendered files to where they belong: into a folder, to
// stdout, or beside what is in a folder to be compared with it. Nothing is
// written before all of it is accepted, and no file half.
package output
