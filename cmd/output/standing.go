package output

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// maxCompared bounds what is read of a file that is there, in bytes. Rendered
// files are far smaller.
const maxCompared = 16 << 20

// standing is how a rendered file stands against the one in its place.
type standing struct {
	report.File
	// modeOnly: the bytes are right, the file cannot be executed.
	modeOnly bool
}

// standingOf looks at the place of a file. An error is what must not be
// replaced, or cannot be looked at.
func standingOf(folder *files.Folder, name string, f generator.File) (standing, error) {
	s := standing{File: report.File{Path: filepath.ToSlash(folder.Path(name)), State: report.WouldChange, Bytes: int64(len(f.Content))}}
	info, err := folder.Look(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.State = report.MissingFile
		return s, nil
	case err != nil:
		return s, err
	case info.Size() > maxCompared:
		return s, nil
	}
	old, err := folder.Read(name, maxCompared)
	switch {
	case err != nil:
		return s, err
	case !bytes.Equal(generator.Unversioned(old), generator.Unversioned(f.Content)):
	case f.Executable && info.Mode()&0o100 == 0 && runtime.GOOS != "windows":
		s.modeOnly, s.Detail = true, "not executable"
	default:
		s.State = report.Unchanged
	}
	return s, nil
}

// staleBeside finds the files that an earlier run has rendered into the folders
// of an API's formats, and that are not among those rendered now. Folders of
// other formats, and of other APIs, are another run's.
func staleBeside(folder *files.Folder, r Rendering) ([]report.File, error) {
	rendered := map[string][]string{}
	for _, f := range r.Files {
		dir, base := path.Split(f.Path)
		rendered[path.Clean(dir)] = append(rendered[path.Clean(dir)], base)
	}
	var stale []report.File
	for _, f := range r.Files {
		dir := path.Dir(f.Path)
		format, ok := generator.ParseFormat(dir)
		now := rendered[dir]
		delete(rendered, dir)
		if !ok || now == nil {
			continue
		}
		there, err := filesIn(folder, path.Dir(r.path(f)))
		if err != nil {
			return nil, err
		}
		for _, f := range format.Recognise(there) {
			if !slices.Contains(now, path.Base(f.Path)) {
				stale = append(stale, report.File{
					Path: filepath.ToSlash(folder.Path(f.Path)), State: report.Stale, Bytes: int64(len(f.Content)),
				})
			}
		}
	}
	return stale, nil
}

// filesIn reads the files of one folder. One that is too large is not of ours.
func filesIn(folder *files.Folder, dir string) ([]generator.File, error) {
	names, err := folder.List(dir)
	if err != nil {
		return nil, err
	}
	var there []generator.File
	for _, base := range names {
		name := path.Join(dir, base)
		text, err := folder.Read(name, maxRecognised)
		var large *files.TooLargeError
		switch {
		case errors.As(err, &large):
		case err != nil:
			return nil, err
		default:
			there = append(there, generator.File{Path: name, Content: text})
		}
	}
	return there, nil
}

// maxRecognised bounds a file that an earlier run may have rendered, in bytes.
const maxRecognised = 1 << 20

// sayStale says of stale files what a person can do about them.
func sayStale(stale []report.File) []string {
	const most = 10
	var lines []string
	for i, f := range stale {
		if i == most {
			return append(lines, report.Plural(len(stale)-most, "more stale file"))
		}
		lines = append(lines, f.Path+": stale: an earlier run rendered it, and this policy does not")
	}
	return lines
}

// staleHint is the way out.
const staleHint = "delete what is stale; to keep a file as your own, take \"Rendered by\" out of its first lines"
