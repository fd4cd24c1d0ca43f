package golden_test

import (
	"sync"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// TestFormats hands every case in every format to the tool that reads it,
// compares what the tool made of it with the policy, and then lets pages in a
// real browser fetch from that. The slow tools run once for both.
func TestFormats(t *testing.T) {
	t.Parallel()
	all := map[string]*made{}
	t.Run("tool", func(t *testing.T) {
		for _, f := range generator.Formats() {
			row := proofs()[f.Name]
			if row.tool == nil {
				continue
			}
			m := &made{format: f.Name, sameness: row.sameness, products: map[string]product{}, environments: map[string]environment{}}
			all[f.Name] = m
			t.Run(f.Name, func(t *testing.T) {
				t.Parallel()
				t.Cleanup(func() { m.close(t) })
				m.engine = tools.StartVelocity(t)
				row.tool(t, m)
			})
		}
	})
	t.Run("browser", func(t *testing.T) { testBrowser(t, all) })
}

// made is what a format's tool made of the cases.
type made struct {
	format   string
	sameness *sameness
	engine   tools.Velocity

	mu sync.Mutex
	// products by case.
	products map[string]product
	// environments are those of one file for all, by "case/environment".
	environments map[string]environment
	// skipped says that the tool is missing.
	skipped bool
}

// product is what a tool made of the files of one case.
type product struct {
	api *emulator.API
	// identity is the header that the authorizer reads; "" for none.
	identity string
	// template is the one with the function, where there is one.
	template []byte
}

// keep holds what the tool made of a case against the policy, and keeps it for
// the browser.
func (m *made) keep(t *testing.T, c goldenCase, p product) {
	t.Helper()
	m.mu.Lock()
	m.products[c.name] = p
	m.mu.Unlock()
	api := c.api(t)
	sound(t, p.api)
	m.sameness.compare(t, m.sameness.want(c, api), p.api)
	allowsOrigins(t, m.engine, api, p.api, m.sameness.absents...)
}

// environment is what a tool made of one file for all environments, with the name
// of this one, and what it should be.
type environment struct {
	api     gateway.API
	product product
}

// keepEnvironment holds that against the environment's policy, and keeps it for
// the browser.
func (m *made) keepEnvironment(t *testing.T, name string, api gateway.API, p product) {
	t.Helper()
	m.mu.Lock()
	m.environments[name] = environment{api, p}
	m.mu.Unlock()
	sound(t, p.api)
	m.sameness.compare(t, want(api), p.api)
	allowsOrigins(t, m.engine, api, p.api, m.sameness.absents...)
}

// close reports a case that the tool has not been given.
func (m *made) close(t *testing.T) {
	m.skipped = t.Skipped()
	for _, c := range cases(t) {
		if _, ok := m.products[c.name]; !ok && !m.skipped {
			t.Errorf("nothing is kept of what the tool makes of %s", c.name)
		}
	}
}
