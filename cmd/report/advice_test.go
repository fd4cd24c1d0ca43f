package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

// TestReviewC10AdviceOnce: what was said of one value is not said again, however
// much was said in between.
func TestReviewC10AdviceOnce(t *testing.T) {
	var r Report
	for range 2 {
		for i := range 100 {
			r.Advise(Remark{Place: Place{File: "cors.yaml", Line: i}, Advice: cors.Advice{Code: "any-origin"}})
		}
	}
	if len(r.advice) != 100 {
		t.Errorf("%d remarks", len(r.advice))
	}
}

// TestVerdict: the error of a rejected run says whether advice was refused, and
// the text counts it only then.
func TestVerdict(t *testing.T) {
	fault := Fault{FieldError: cors.FieldError{Reason: cors.Invalid}}
	remark := Remark{Advice: cors.Advice{Code: "any-origin"}}
	known := Remark{Advice: cors.Advice{Code: "any-origin"}, Acknowledged: true}
	const way = "  hint: --allow-advice CODE, or allowAdvice in the file, lets pass what is wanted\n"
	tests := []struct {
		desc   string
		say    func(*Report)
		strict bool
		want   string
	}{
		{"nothing to say", func(*Report) {}, true, ""},
		{"advice alone", func(r *Report) { r.Advise(remark) }, false, ""},
		{"a fault", func(r *Report) { r.Add(fault) }, false, "1 fault\n"},
		{"advice that is refused", func(r *Report) { r.Advise(remark) }, true, "1 piece of advice, refused by --strict\n" + way},
		{"advice that is acknowledged", func(r *Report) { r.Advise(known) }, true, ""},
		{"some of it is", func(r *Report) { r.Advise(known); r.Advise(remark) }, true, "1 piece of advice, refused by --strict\n" + way},
		{"both", func(r *Report) { r.Add(fault); r.Advise(remark) }, true, "1 fault and 1 piece of advice, refused by --strict\n" + way},
		{"a fault beside advice that is not refused", func(r *Report) { r.Add(fault); r.Advise(remark) }, false, "1 fault\n"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			var r Report
			tt.say(&r)
			err := r.Verdict(tt.strict)
			if rejected := tt.want != ""; errors.Is(err, Rejected) != rejected || rejected && OutcomeOf(fmt.Errorf("run: %w", err)) != Rejected {
				t.Fatalf("ended with %v", err)
			}
			if tt.want == "" {
				return
			}
			var out strings.Builder
			r.WriteText(&out, NewPainter(false), OutcomeOf(err), err)
			if !strings.HasSuffix(out.String(), "\n"+tt.want) {
				t.Errorf("wrote\n%s, without %q at its end", out.String(), tt.want)
			}
		})
	}
}
