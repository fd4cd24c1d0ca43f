package report

import (
	"runtime"
	"runtime/debug"
)

// Build is what the Go tool noted down when it built the program.
type Build struct {
	// Version is the module's, or "(devel)".
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
