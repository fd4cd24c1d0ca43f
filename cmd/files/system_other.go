//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package files

import "os"

// Windows has no named pipes among its files.
const nonblocking = 0

// lock takes nothing: folders cannot be locked here.
func lock(*os.File) (bool, error) { return false, nil }

// syncFolder does nothing: folders cannot be flushed here.
func syncFolder(*os.File) error { return nil }
