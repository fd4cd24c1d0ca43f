package output

import (
	"context"
	"io"

	"golang.org/x/tools/txtar"
)

// Stream is stdout as a destination: one file goes there as it is, several as
// a txtar archive, which a person and a program can take apart.
type Stream struct{ To io.Writer }

func (s *Stream) Inspect(Rendering) {}
func (s *Stream) Obstacles() error  { return nil }
func (s *Stream) Close() error      { return nil }

func (s *Stream) Write(_ context.Context, r Rendering) error {
	if r.Folder == "" && len(r.Files) == 1 {
		_, err := s.To.Write(r.Files[0].Content)
		return err
	}
	var archive txtar.Archive
	for _, f := range r.Files {
		archive.Files = append(archive.Files, txtar.File{Name: r.path(f), Data: f.Content})
	}
	_, err := s.To.Write(txtar.Format(&archive))
	return err
}
