package output

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// environments are those of a run that renders each into a folder of its name.
type environments struct {
	now, apis []string
	// places are the folders below that of an environment, with the names of the
	// files in them.
	places map[string][]string
}

// add takes note of what is rendered.
func (e *environments) add(r Rendering) {
	if r.Environment == "" {
		return
	}
	e.now, e.apis = append(e.now, r.Environment), append(e.apis, r.API)
	if e.places == nil {
		e.places = map[string][]string{}
	}
	for _, f := range r.Files {
		dir, base := path.Split(strings.TrimPrefix(r.path(f), r.Environment+"/"))
		e.places[dir] = append(e.places[dir], base)
	}
}

// stale are the files that an earlier run has rendered for environments that the
// policy has no more: they stand in a folder of that name, where files of another
// environment do, and their heads tell the name and the API.
func (e *environments) stale(folder *files.Folder) ([]report.File, error) {
	if len(e.now) == 0 {
		return nil, nil
	}
	names, err := folder.Folders()
	if err != nil {
		return nil, err
	}
	var stale []report.File
	for _, name := range names {
		if slices.Contains(e.now, name) {
			continue
		}
		for _, place := range slices.Sorted(maps.Keys(e.places)) {
			dir := path.Join(name, place)
			if !e.rendered(folder, dir, name, e.places[place]) {
				continue
			}
			there, err := filesIn(folder, dir)
			if err != nil {
				return nil, err
			}
			format, _ := generator.ParseFormat(path.Base(place))
			for _, f := range format.Recognise(there) {
				stale = append(stale, report.File{
					Path: filepath.ToSlash(folder.Path(f.Path)), State: report.Stale, Bytes: int64(len(f.Content)),
				})
			}
		}
	}
	return stale, nil
}

// rendered reports whether one of the files is of the environment. What cannot be
// read is not.
func (e *environments) rendered(folder *files.Folder, dir, environment string, names []string) bool {
	return slices.ContainsFunc(names, func(base string) bool {
		content, err := folder.Read(path.Join(dir, base), maxRecognised)
		if err != nil {
			return false
		}
		api, of := generator.RenderedFor(content)
		return of == environment && slices.Contains(e.apis, api)
	})
}
