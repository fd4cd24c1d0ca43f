package report

// FileState is what a run found of a rendered file in its folder, or made of
// it.
type FileState string

// The states. Their words are stable.
const (
	// Written: it was not there, or differed, and is as rendered now.
	Written FileState = "written"
	// Unchanged: it was there as rendered.
	Unchanged FileState = "unchanged"
	// WouldChange: it is there and differs, and was left as it is.
	WouldChange FileState = "would-change"
	// MissingFile: it is not there, and was not written.
	MissingFile FileState = "missing"
	// Stale: an earlier run rendered it, and the policy no longer does. It is
	// never deleted.
	Stale FileState = "stale"
)

// File is one file of a run that writes to a folder, or compares with one.
type File struct {
	// Path leads to the file from where the run started, with slashes.
	Path  string    `json:"path"`
	State FileState `json:"state"`
	// Bytes is the size as rendered, and of a stale file the size it has.
	Bytes int64 `json:"bytes"`
	// Detail says why a file with the right bytes would change: its mode.
	Detail string `json:"detail,omitempty"`
}
