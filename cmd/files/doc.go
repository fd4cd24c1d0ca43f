// Package files is the one way to the files that people have, for reading,
// comparing and writing. A folder is reached through an [os.Root], so that no
// symbolic link leads out of it; in it only regular files are opened, so that
// neither a pipe nor a device can hold up a run or feed it without end; what is
// read has a size that the caller states; and what is written comes to its
// place whole, or not at all.
package files

import (
	"errors"
	"fmt"
	"io/fs"
)

// TooLargeError reports a file or a stream with more bytes than are read.
type TooLargeError struct {
	// Most is the number of bytes that would have been read.
	Most int64
}

func (e *TooLargeError) Error() string {
	if e.Most >= 1<<20 {
		return fmt.Sprintf("larger than %d MiB", e.Most>>20)
	}
	return fmt.Sprintf("larger than %d bytes", e.Most)
}

// plain takes the path off an error: the caller shows it as the person gave it.
func plain(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
