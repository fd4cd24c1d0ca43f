package probe

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"apigw-cors/generator/cors"
)

// rawServer answers the request of each connection with the same bytes, and then
// again and again with more, until the client has had enough.
func rawServer(t testing.TB, once, endlessly string) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				var err error
				defer conn.Close()
				in := bufio.NewReader(conn)
				for line := ""; line != "\r\n"; {
					if line, err = in.ReadString('\n'); err != nil {
						return
					}
				}
				go io.Copy(io.Discard, in)
				if _, err := io.WriteString(conn, once); err != nil || endlessly == "" {
					return
				}
				for {
					if _, err := io.WriteString(conn, endlessly); err != nil {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func ask(t testing.TB, address string, timeout time.Duration) (cors.Response, error) {
	t.Helper()
	client, err := newClient(context.Background(), Connection{Timeout: timeout})
	if err != nil {
		t.Fatal(err)
	}
	defer client.http.CloseIdleConnections()
	return client.send(getBy(page, "http://"+address+"/")), client.failure
}

// TestHostileAnswers ends with each of them long before a test's patience does.
func TestHostileAnswers(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n"
	for _, test := range []struct {
		desc, once, endlessly string
		// status is what counts; 0 for no answer.
		status int
	}{
		{"a body without end", head + "\r\n", strings.Repeat("a", 4096), 200},
		{"chunks without end", head + "Transfer-Encoding: chunked\r\n\r\n", "10\r\n0123456789abcdef\r\n", 200},
		{"a broken chunk", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "", 200},
		{"a body shorter than it says", head + "Content-Length: 1000\r\n\r\nabc", "", 200},
		{"headers without end", head, "X-Filler: " + strings.Repeat("a", 1000) + "\r\n", 0},
		{"one header without end", head + "X-Filler: ", strings.Repeat("a", 4096), 0},
		{"interim responses without end", "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0},
		{"not HTTP", "SSH-2.0-OpenSSH_9.6\r\n", "", 0},
		{"nothing", "", "", 0},
		{"a status that is not one", "HTTP/1.1 999999 OK\r\n\r\n", "", 0},
	} {
		t.Run(test.desc, func(t *testing.T) {
			response, err := ask(t, rawServer(t, test.once, test.endlessly), 20*time.Second)
			if response.Status != test.status || (err == nil) != (test.status != 0) {
				t.Errorf("status %d, %v; want %d", response.Status, err, test.status)
			}
			if len(response.Body) > MaxBody {
				t.Errorf("%d bytes of the body are kept", len(response.Body))
			}
		})
	}
	t.Run("an answer that never comes", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		if _, err := ask(t, listener.Addr().String(), 50*time.Millisecond); err == nil {
			t.Error("an answer")
		}
	})
}

// TestSlowAnswers: what comes byte by byte, and never ends, ends with the
// timeout.
func TestSlowAnswers(t *testing.T) {
	for _, test := range []struct {
		desc, once string
		status     int
	}{
		{"headers", "HTTP/1.1 200 OK\r\nX-Filler: ", 0},
		{"a body", "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n\r\n", 200},
	} {
		t.Run(test.desc, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			go func() {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				defer conn.Close()
				for in, line := bufio.NewReader(conn), ""; err == nil && line != "\r\n"; {
					line, err = in.ReadString('\n')
				}
				for _, err = io.WriteString(conn, test.once); err == nil; _, err = io.WriteString(conn, "a") {
					time.Sleep(5 * time.Millisecond)
				}
			}()
			response, err := ask(t, listener.Addr().String(), 200*time.Millisecond)
			if response.Status != test.status || (err == nil) != (test.status != 0) {
				t.Errorf("status %d, %v; want %d", response.Status, err, test.status)
			}
		})
	}
}

// FuzzAnswer: whatever a server answers, there is a verdict or a failure, and
// nothing of it is kept beyond the bounds.
func FuzzAnswer(f *testing.F) {
	f.Add("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n\r\nbody")
	f.Add("HTTP/1.1 301 Moved\r\nLocation: \x00\r\n\r\n")
	f.Add("HTTP/1.0 403 \r\nx-amzn-errortype: :\r\nServer: CloudFront\r\n\r\n{\"message\":")
	f.Add("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
	f.Fuzz(func(t *testing.T, raw string) {
		address := rawServer(t, raw, "")
		c := Config{URL: "http://" + address + "/orders", Connection: Connection{Timeout: 5 * time.Second}}
		c.Fetch.Origin, c.Fetch.Method = page, "PUT"
		r, err := probeOnce(t, c)
		if err != nil {
			return
		}
		if r.Allowed == (r.Fault != nil) {
			t.Errorf("allowed %t, fault %+v", r.Allowed, r.Fault)
		}
		r.writeText(io.Discard)
	})
}
