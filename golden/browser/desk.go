package browser

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// desk gives work to the pages of a browser that takes no orders: a page asks
// what to do, goes where that is to be done, and hands in what it saw.
type desk struct {
	script string
	jobs   chan job
	saw    chan []Saw
	// at is the job that no page has handed in yet.
	at chan *job
}

// job is a call to be made by a page.
type job struct {
	Page string `json:"page"`
	Call call   `json:"call"`
}

const (
	deskHost = "desk.test"
	// askAtDesk behind a page's URL makes it ask.
	askAtDesk = "?desk"
)

func newDesk(script string) *desk {
	d := &desk{script: script, jobs: make(chan job), saw: make(chan []Saw), at: make(chan *job, 1)}
	d.at <- nil
	return d
}

// ServeHTTP takes what a page saw, nothing where it only asks, and answers with
// the next job.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var saw []Saw
	if err := json.NewDecoder(r.Body).Decode(&saw); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	at := <-d.at
	defer func() { d.at <- at }()
	if saw != nil && at != nil {
		at = nil
		select {
		case d.saw <- saw:
		case <-r.Context().Done():
			return
		}
	}
	if at == nil {
		select {
		case next := <-d.jobs:
			at = &next
		case <-r.Context().Done():
			return
		}
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	// A page that is gone asks again from the next.
	_ = json.NewEncoder(w).Encode(at)
}

// page is a document that asks.
func (d *desk) page() string {
	return fmt.Sprintf(`<!doctype html><title>page</title><script>
(async () => {
  const work = %s;
  for (let saw = null; ;) {
    const asked = await fetch("https://%s/", { method: "POST", body: JSON.stringify(saw) });
    const { page, call } = await asked.json();
    if (page !== location.href) {
      location.replace(page);
      return;
    }
    saw = await work(call);
  }
})();
</script>`, d.script, deskHost)
}
