//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package files

import (
	"errors"
	"os"
	"syscall"
)

// nonblocking opens a pipe without waiting for its writer.
const nonblocking = syscall.O_NONBLOCK

// lock takes a folder for this process until it closes dir, or dies. It reports
// whether it has it: some file systems lock nothing. Where another process has
// the folder the error is errLocked.
func lock(dir *os.File) (bool, error) {
	raw, err := dir.SyscallConn()
	if err != nil {
		return false, err
	}
	var failure error
	err = raw.Control(func(fd uintptr) { failure = syscall.Flock(int(fd), syscall.LOCK_EX|syscall.LOCK_NB) })
	switch {
	case err != nil:
		return false, err
	case errors.Is(failure, syscall.EWOULDBLOCK), errors.Is(failure, syscall.EINTR):
		return false, errLocked
	}
	return failure == nil, nil
}

// syncFolder makes the names in a folder last, where its file system can.
func syncFolder(dir *os.File) error {
	err := dir.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}
