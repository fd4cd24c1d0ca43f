package report

import (
	"encoding/xml"
	"io"
)

// junitSuites is the form of JUnit that test reports of CI systems read: a suite
// for each file, a case for each finding.
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr,omitempty"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitMessage `xml:"failure"`
	Error   *junitMessage `xml:"error"`
	Skipped *junitSkipped `xml:"skipped"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the findings as a test report: one that
// fails the run fails its case, another passes it. A file that cannot be read is an
// error of its case. A run that finds nothing has one case, which passes: some
// CI systems take a report without any for a run that did not happen.
func (f *Findings) WriteJUnit(w io.Writer) error {
	d := junitSuites{Name: "apigw-cors lint"}
	suite := func(file string) *junitSuite {
		if n := len(d.Suites); n > 0 && d.Suites[n-1].Name == file {
			return &d.Suites[n-1]
		}
		d.Suites = append(d.Suites, junitSuite{Name: file})
		return &d.Suites[len(d.Suites)-1]
	}
	for _, found := range f.Findings {
		s, at := suite(Clean(found.Place.File)), Clean(where(found.Place))
		c := junitCase{Class: found.Rule, Name: at, File: s.Name, Line: found.Place.Line}
		if f.Fails(found.Severity) {
			c.Failure = &junitMessage{Message: Clean(found.Text), Type: string(found.Severity), Text: at + "\n" + found.message()}
			s.Failures++
		}
		s.Cases = append(s.Cases, c)
	}
	for _, fault := range f.Faults {
		s, at := suite(Clean(fault.Place.File)), Clean(where(fault.Place))
		s.Errors++
		s.Cases = append(s.Cases, junitCase{
			Class: "not read", Name: at, File: s.Name, Line: fault.Place.Line,
			Error: &junitMessage{Message: Clean(fault.Detail), Type: "not read", Text: at + "\n" + Clean(fault.Detail)},
		})
	}
	if len(d.Suites) == 0 {
		d.Suites = []junitSuite{{Name: d.Name, Cases: []junitCase{{Class: d.Name, Name: f.Summary()}}}}
	}
	return d.write(w)
}

// write counts the cases, and encodes them.
func (d junitSuites) write(w io.Writer) error {
	for i := range d.Suites {
		s := &d.Suites[i]
		s.Tests = len(s.Cases)
		d.Tests, d.Failures, d.Errors = d.Tests+s.Tests, d.Failures+s.Failures, d.Errors+s.Errors
	}
	out, err := xml.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(out)+"\n")
	return err
}
