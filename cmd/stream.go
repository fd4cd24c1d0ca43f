package cmd

import (
	"io"

	"golang.org/x/tools/txtar"
)

// stream is stdout as a destination: one file goes there as it is, several as
// a txtar archive, which a person and a program can take apart.
type stream struct{ to io.Writer }

func (s *stream) inspect(rendering) {}
func (s *stream) obstacles() error  { return nil }
func (s *stream) close() error      { return nil }

func (s *stream) write(r rendering) error {
	if r.folder == "" && len(r.files) == 1 {
		_, err := s.to.Write(r.files[0].Content)
		return err
	}
	var archive txtar.Archive
	for _, f := range r.files {
		archive.Files = append(archive.Files, txtar.File{Name: r.path(f), Data: f.Content})
	}
	_, err := s.to.Write(txtar.Format(&archive))
	return err
}
