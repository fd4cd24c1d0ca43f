package cmd

import (
	"path/filepath"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// gathered are the environments of a document on their way into one file.
type gathered struct {
	// policy is the name of the document's file.
	policy string
	all    []generator.Environment
	faulty bool
}

// render gives the files of a document with its last environment, or none if
// one of them is at fault.
func (g *gathered) render(s policy.Source, renderer *generator.Renderer, r *report.Report) (output.Rendering, error) {
	api, ok := s.Parse(r)
	g.all, g.faulty = append(g.all, generator.Environment{Name: s.Environment, API: api}), g.faulty || !ok
	if !s.LastEnvironment {
		return output.Rendering{}, nil
	}
	defer func() { *g = gathered{policy: g.policy} }()
	if g.faulty {
		return output.Rendering{}, nil
	}
	files, advice, err := renderer.RenderOneFile(g.all, filepath.Base(g.policy))
	for _, a := range advice {
		s.Shared().Advise(r, a)
	}
	if err != nil {
		return output.Rendering{}, refuse(s.Shared(), err, r)
	}
	out := output.Rendering{Files: files}
	if s.Several {
		out.Folder = api.Name()
	}
	return out, nil
}
