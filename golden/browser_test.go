package golden_test

import (
	"fmt"
	"testing"
	"time"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/golden/browser"
)

// minCells is how many cells each format has: what shrinks proves less.
const minCells = 4196

// testBrowser lets pages in a real browser fetch from every case in every
// format, as the tool made it, and through "apigw-cors serve", and expects of
// each fetch what [cors.Fetch] makes of the model's answers.
//
// Chromium differs from the standard in one way: `*` in
// Access-Control-Allow-Headers covers Authorization. Those cells are counted
// apart.
func testBrowser(t *testing.T, all map[string]*made) {
	if testing.Short() {
		t.Skip("real tools are left out of -short")
	}
	began := time.Now()
	site := browser.NewSite(t)
	b := browser.Chromium(t, site)
	d := deploying{t: t, site: site, runtimes: startRuntimes(t), command: buildCommand(t), made: all}
	var matrix []cell
	for _, f := range generator.Formats() {
		// Skipped where the format's tool is missing, and never in silence.
		t.Run(f.Name, func(t *testing.T) {
			cells := d.cells(t, f)
			if len(cells) < minCells {
				t.Errorf("%d cells, and there were %d", len(cells), minCells)
			}
			matrix = append(matrix, cells...)
		})
	}
	var numbers []int
	for n := range matrix {
		matrix[n].number(n)
		numbers = append(numbers, n)
	}
	lenient := compare(t, d.site, b, matrix, numbers)
	fmt.Printf("golden: %d cells in a browser, %d of them with Chromium's leniency, in %s\n",
		len(matrix), lenient, time.Since(began).Round(time.Second/10))
}

// compare lets pages fetch the numbered cells, and counts those where Chromium
// is known to allow more than the standard. A connection that breaks is no
// verdict, so what disagrees is asked once more.
func compare(t *testing.T, site *browser.Site, b browser.Browser, matrix []cell, numbers []int) (lenient int) {
	var complaints []string
	for range 2 {
		var again []int
		complaints = nil
		saw := b.Fetch(t, fetches(matrix, numbers))
		for i, n := range numbers {
			want := newVector(matrix[n].request, matrix[n].target.model.fetch(matrix[n]))
			if want.Cause == cors.AuthorizationNotAny && saw[i].Error == "" {
				lenient++
			} else if difference := want.differsFromSeen(saw[i], site.Sent(n)); difference != "" {
				again = append(again, n)
				complaints = append(complaints, fmt.Sprintf("%s\n%s\n  expected: %s, after %s", matrix[n], difference, want.Cause, want.Steps))
			}
		}
		numbers = again
		site.Forget(numbers)
	}
	const enough = 10
	if n := len(complaints); n > enough {
		complaints = append(complaints[:enough], fmt.Sprintf("%d more", n-enough))
	}
	for _, c := range complaints {
		t.Error(c)
	}
	return lenient
}

func fetches(matrix []cell, numbers []int) []browser.Fetch {
	var out []browser.Fetch
	for _, n := range numbers {
		out = append(out, matrix[n].fetch())
	}
	return out
}
