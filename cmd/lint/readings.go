package lint

import (
	"context"

	"apigw-cors/cmd/files"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// Reading is what one file, or the folder of a tool that reads folders, says,
// and what is found in it.
type Reading struct {
	reader.Reading
	Report lint.Report
	// Tree is where the places of both are from.
	Tree *files.Tree
	// Named: somebody has named the file, so that it is read whatever is in it.
	Named bool
	// Err is why it cannot be opened.
	Err error
}

// Readings reads and judges the files, and gives all that they say. What is a
// part of something else is read with that.
func Readings(ctx context.Context, trees *files.Trees, o Options) (all []Reading, err error) {
	targets, err := Find(ctx, trees, o)
	if err != nil {
		return nil, err
	}
	o.keep = true
	judged, err := judgeAll(ctx, targets, o)
	if err != nil {
		return nil, err
	}
	for _, j := range own(judged) {
		all = append(all, Reading{Reading: j.reading, Report: j.report, Tree: j.Tree, Named: j.Named, Err: j.err})
	}
	return all, nil
}
