package policy

import (
	"slices"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
)

// acknowledge takes the codes of the key.
func (s *Source) acknowledge(codes []string) {
	s.AllowAdvice = codes
	known := report.AdviceCodeNames()
	for i, code := range codes {
		if code == "" || slices.Contains(known, code) {
			continue // an entry that is not a text is at fault already
		}
		f := cors.FieldError{
			Field: allowAdvice, Index: i, Value: code, Reason: cors.Invalid,
			Detail: "no such code of advice", Hint: "apigw-cors help advice lists them",
		}
		if near := report.Nearest(code, known); near != "" {
			f.Fix, f.Hint = near, "did you mean "+near+"?"
		}
		s.Faults = append(s.Faults, report.Fault{Place: s.Places.Find(f.Path()), FieldError: f})
	}
}

// Advise adds advice on the source to the report.
func (s Source) Advise(r *report.Report, a cors.Advice) {
	r.Advise(report.Remark{
		Place: s.Places.ofAdvice(a), Advice: a,
		Acknowledged: a.Chosen || slices.Contains(s.AllowAdvice, a.Code),
	})
}
