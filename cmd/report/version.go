package report

import (
	"runtime"
	"runtime/debug"
	"strings"
)

// Build is what the Go tool noted down when it built the program.
type Build struct {
	// Version is that of the module: the tag it was built at, or for another
	// commit its date and hash, or "(devel)".
	// https://go.dev/ref/mod#pseudo-versions
	Version string
	// Revision is the commit, or "".
	Revision string
	// Go is the Go release, Platform operating system and architecture.
	Go, Platform string
}

// ReadBuild reads it.
func ReadBuild() Build {
	b := Build{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Revision = s.Value
		}
	}
	return b
}

// Release is the version for what outlives the run, such as the head of a file:
// "" for a build out of a work tree, whose version says nothing of what is in
// it.
func (b Build) Release() string {
	if b.Version == "(devel)" || strings.HasSuffix(b.Version, "+dirty") {
		return ""
	}
	return b.Version
}

// JSONHeader begins each JSON document, so that a program knows what it reads.
type JSONHeader struct {
	// Version is that of the form of the document: another one where a member
	// goes, or changes its meaning.
	Version int `json:"version"`
	// ToolVersion is that of the program, as in [Build].
	ToolVersion string `json:"toolVersion"`
}

// NewJSONHeader is the header of a document in the form of today.
func NewJSONHeader() JSONHeader { return JSONHeader{1, ReadBuild().Version} }
