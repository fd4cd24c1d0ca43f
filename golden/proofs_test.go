package golden_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/emulator"
	"apigw-cors/golden/tools"
)

// proof is how the tests prove that a format's files mean what the policy says.
// Every test of formats iterates over [proofs]; none has a list of its own.
type proof struct {
	// readsBack compares what is rendered for any policy with the policy,
	// within milliseconds: [FuzzRender] calls it for every input.
	readsBack func(*testing.T, rendered)
	// tool hands the files of every case to the tool that reads them, and
	// keeps what it makes of each: [made.keep].
	tool func(*testing.T, *made)
	// sameness compares that with the policy.
	sameness *sameness
	// function is behind the API when pages in a browser fetch from it. A
	// format that is a function is fetched from through "apigw-cors serve".
	function func(testing.TB, runtimes, goldenCase, product) tools.Function
	// handler is the rendered function, where the format is one: [TestHandlers]
	// runs it in its own runtime.
	handler *handlerFile
}

// sameness is how what a tool made of a file is compared with the policy.
type sameness struct {
	compare func(t *testing.T, want, got *emulator.API)
	// greedy says that a case may ask for one OPTIONS method for all resources.
	greedy bool
	// absents are the ways in which an absent header may reach a mapping
	// template: see [tools.AbsentNull].
	absents []string
}

// want is what the tool should make of a case.
func (s *sameness) want(c goldenCase, api gateway.API) *emulator.API {
	if s.greedy && c.isGreedy() {
		return wantGreedy(api)
	}
	return want(api)
}

// handlerFile is a rendered function, and the wrapper it may use. failure is a
// line that makes a function without one fail, behind the line signature.
type handlerFile struct {
	path, wrapper, signature, failure string
	start                             func(testing.TB) tools.Runtime
}

// proofs are those of every format by its name.
func proofs() map[string]proof {
	either := []string{tools.AbsentNull, tools.AbsentEmpty}
	return map[string]proof{
		"sam": {
			readsBack: readBackSAM,
			tool:      translateSAM,
			sameness:  &sameness{sameInOwnForm, false, either},
			function:  inlineFunction,
		},
		"cloudformation": {
			readsBack: readBackCloudFormation,
			tool:      readCloudFormation,
			sameness:  &sameness{same, false, either},
			function:  inlineFunction,
		},
		"terraform": {
			readsBack: readBackTerraform,
			tool:      applyTerraform,
			sameness:  &sameness{same, true, either},
			function:  functionNodeJS,
		},
		"cdk": {
			readsBack: readBackCDK,
			tool:      synthesiseCDK,
			// The CDK's own template for several origins tells an absent header
			// by "" alone.
			sameness: &sameness{sameInOwnForm, false, []string{tools.AbsentEmpty}},
			function: inlineFunction,
		},
		"aws-cli": {
			readsBack: readBackAWSCLI,
			tool:      runAWSCLI,
			sameness:  &sameness{same, false, either},
			function:  functionPython,
		},
		"lambda-nodejs": {
			readsBack: readBackNodeJS,
			function:  functionNodeJS,
			handler:   &handlerFile{"lambda-nodejs/index.mjs", "lambda-nodejs/cors.cjs", "async function respond(event) {\n", "  throw new Error('golden');\n", tools.StartNode},
		},
		"lambda-python": {
			readsBack: readBackPython,
			function:  functionPython,
			handler:   &handlerFile{"lambda-python/app.py", "lambda-python/cors.py", "def respond(event):\n", "    raise RuntimeError('golden')\n", tools.StartPython},
		},
	}
}

// unproved lists what a table of proofs lacks, a line each: a format needs
// every proof of its kind, and keeps what it promises.
func unproved(formats []generator.Format, table map[string]proof) []string {
	var out []string
	known := map[string]bool{}
	for _, f := range formats {
		known[f.Name] = true
		row := table[f.Name]
		has := map[generator.Proof]bool{
			generator.ReadsBack: row.readsBack != nil,
			generator.RealTool:  row.tool != nil,
			generator.Sameness:  row.sameness != nil,
			generator.Browser:   row.function != nil,
			generator.Handlers:  row.handler != nil,
		}
		needed := []generator.Proof{generator.ReadsBack, generator.RealTool, generator.Sameness, generator.Browser}
		if f.Function {
			needed = []generator.Proof{generator.ReadsBack, generator.Browser, generator.Handlers}
		}
		for _, p := range slices.Sorted(maps.Keys(has)) {
			switch need, promised := slices.Contains(needed, p), slices.Contains(f.Proofs, p); {
			case need && !has[p]:
				out = append(out, fmt.Sprintf("%s has no proof %q", f.Name, p))
			case promised && !has[p]:
				out = append(out, fmt.Sprintf("%s promises the proof %q, which no test has", f.Name, p))
			case has[p] && !promised:
				out = append(out, fmt.Sprintf("%s does not promise the proof %q, which it has", f.Name, p))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if !known[name] {
			out = append(out, name+" has proofs and is not a format")
		}
	}
	return out
}

// TestProofs fails for a format that is not proved.
func TestProofs(t *testing.T) {
	for _, lack := range unproved(generator.Formats(), proofs()) {
		t.Error(lack)
	}
}

// TestUnprovedFormat adds half-made formats to the table, which used to pass
// when their goldens were there, and expects each to be named.
func TestUnprovedFormat(t *testing.T) {
	readsBack := func(*testing.T, rendered) {}
	tool := func(*testing.T, *made) {}
	for _, tt := range []struct {
		desc   string
		format generator.Format
		row    *proof
		want   []string
	}{
		{
			desc:   "a format without a row",
			format: generator.Format{Name: "openapi"},
			want: []string{
				`openapi has no proof "browser"`, `openapi has no proof "reads back"`,
				`openapi has no proof "real tool"`, `openapi has no proof "sameness"`,
			},
		},
		{
			desc:   "a format that only promises",
			format: generator.Format{Name: "openapi", Proofs: []generator.Proof{generator.ReadsBack, generator.RealTool, generator.Sameness, generator.Browser}},
			row:    &proof{readsBack: readsBack},
			want: []string{
				`openapi has no proof "browser"`, `openapi has no proof "real tool"`, `openapi has no proof "sameness"`,
			},
		},
		{
			desc:   "a tool takes the files, and nobody compares what it makes of them",
			format: generator.Format{Name: "openapi", Proofs: []generator.Proof{generator.ReadsBack, generator.RealTool, generator.Browser}},
			row:    &proof{readsBack: readsBack, tool: tool, function: functionNodeJS},
			want:   []string{`openapi has no proof "sameness"`},
		},
		{
			desc:   "a function that no runtime runs",
			format: generator.Format{Name: "lambda-ruby", Function: true, Proofs: []generator.Proof{generator.ReadsBack, generator.Browser}},
			row:    &proof{readsBack: readsBack, function: functionNodeJS},
			want:   []string{`lambda-ruby has no proof "handlers"`},
		},
		{
			desc:   "a promise beyond its kind",
			format: generator.Format{Name: "lambda-ruby", Function: true, Proofs: []generator.Proof{generator.ReadsBack, generator.Browser, generator.Handlers, generator.RealTool}},
			row:    &proof{readsBack: readsBack, function: functionNodeJS, handler: &handlerFile{}},
			want:   []string{`lambda-ruby promises the proof "real tool", which no test has`},
		},
		{
			desc:   "a proof that the product does not know of",
			format: generator.Format{Name: "lambda-ruby", Function: true, Proofs: []generator.Proof{generator.ReadsBack, generator.Handlers}},
			row:    &proof{readsBack: readsBack, function: functionNodeJS, handler: &handlerFile{}},
			want:   []string{`lambda-ruby does not promise the proof "browser", which it has`},
		},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			table := proofs()
			if tt.row != nil {
				table[tt.format.Name] = *tt.row
			}
			got := unproved(append(generator.Formats(), tt.format), table)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
	t.Run("a row whose format is gone", func(t *testing.T) {
		got := unproved(generator.Formats()[1:], proofs())
		if want := generator.Formats()[0].Name + " has proofs and is not a format"; !slices.Equal(got, []string{want}) {
			t.Errorf("got %q, want %s", got, want)
		}
	})
}
