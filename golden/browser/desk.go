package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"apigw-cors/golden/tools"
)

// desk gives work to a browser: a page of its own asks what to do, has it done
// by the pages of the origins, and hands in what they saw. So every engine is
// told in the same way.
type desk struct {
	script string
	calls  chan call
	saw    chan []Saw
}

// call is what the desk's script is asked for.
type call struct {
	// Pages are the URLs of the origins' pages.
	Pages   map[string]string `json:"pages"`
	Fetches []Fetch           `json:"fetches"`
	// Abreast is how many fetches are made at a time.
	Abreast int `json:"abreast"`
}

const (
	deskHost = "desk.test"
	// Plain http may hold the frames of every origin.
	deskURL = "http://" + deskHost + "/"
	// deskPatience is less than what browsers wait for an answer.
	deskPatience = 20 * time.Second
)

func newDesk(t testing.TB) *desk {
	return &desk{script: string(tools.ReadFile(t, tools.File(t, "desk.js"))), calls: make(chan call), saw: make(chan []Saw)}
}

// ServeHTTP gives out the desk's page, and to that page what to do next: null
// where there is nothing. It takes what pages saw, null where they saw nothing.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, "<!doctype html><title>desk</title><body><script>%s</script>", d.script)
		return
	}
	var saw []Saw
	if err := json.NewDecoder(r.Body).Decode(&saw); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if saw != nil {
		select {
		case d.saw <- saw:
		case <-r.Context().Done():
			return
		}
	}
	var next *call
	select {
	case c := <-d.calls:
		next = &c
	case <-time.After(deskPatience):
	case <-r.Context().Done():
		return
	}
	// A browser that is gone needs no work.
	_ = json.NewEncoder(w).Encode(next)
}
