package browser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// marionette is a connection to Firefox. Its commands are WebDriver's.
//
// https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
type marionette struct {
	conn   net.Conn
	reader *bufio.Reader
	last   int
}

func newMarionette(t testing.TB, conn net.Conn) *marionette {
	t.Helper()
	m := &marionette{conn: conn, reader: bufio.NewReader(conn)}
	if err := conn.SetDeadline(time.Now().Add(limit)); err != nil {
		t.Fatal(err)
	}
	// It introduces itself.
	if _, err := m.read(); err != nil {
		t.Fatalf("Firefox: %v", err)
	}
	return m
}

// read reads a message: its length, a colon, and JSON.
func (m *marionette) read() (json.RawMessage, error) {
	length, err := m.reader.ReadString(':')
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return nil, err
	}
	message := make(json.RawMessage, n)
	_, err = io.ReadFull(m.reader, message)
	return message, err
}

// ask sends a command and reads its value into reply, nil where nobody wants
// it. An answer with an error fails the test.
func (m *marionette) ask(t testing.TB, command string, parameters map[string]any, reply any) {
	t.Helper()
	m.last++
	message, err := json.Marshal([]any{0, m.last, command, parameters})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(m.conn, "%d:%s", len(message), message); err != nil {
		t.Fatalf("Firefox: %v", err)
	}
	answer, err := m.read()
	if err != nil {
		t.Fatalf("Firefox: %s: %v", command, err)
	}
	// An answer is [1, number, error, result].
	var parts []json.RawMessage
	if err := json.Unmarshal(answer, &parts); err != nil || len(parts) != 4 {
		t.Fatalf("Firefox: %v: %s", err, answer)
	}
	failed, result := parts[2], parts[3]
	if string(failed) != "null" {
		t.Fatalf("Firefox: %s: %s", command, failed)
	}
	if reply == nil {
		return
	}
	if err := json.Unmarshal(result, &struct {
		Value any `json:"value"`
	}{reply}); err != nil {
		t.Fatalf("Firefox: %s: %v: %s", command, err, result)
	}
}
