package report

import (
	"fmt"
	"io"
	"strings"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
)

// WriteGitHub writes the findings as workflow commands, which GitHub Actions
// shows beside the lines of a pull request.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
func (f *Findings) WriteGitHub(w io.Writer) error {
	var b strings.Builder
	for _, found := range f.Findings {
		level := string(found.Severity)
		if found.Severity == lint.Info {
			level = "notice"
		}
		f.writeCommand(&b, level, found.Place, found.Rule, found.message())
	}
	for _, fault := range f.Faults {
		f.writeCommand(&b, "error", fault.Place, "not read", Clean(fault.Detail))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f *Findings) writeCommand(w io.Writer, level string, at gateway.Place, title, message string) {
	properties := []string{"file=" + escapeProperty(f.FromTop(at.File))}
	if at.Line > 0 {
		properties = append(properties, fmt.Sprint("line=", at.Line))
	}
	if at.Column > 0 {
		properties = append(properties, fmt.Sprint("col=", at.Column))
	}
	fmt.Fprintf(w, "::%s %s,title=%s::%s\n", level, strings.Join(properties, ","), escapeProperty(title), escapeMessage(message))
}

// message is what is wrong, what a page sees, and the fix, a line each.
func (f *Finding) message() string {
	lines := []string{Clean(f.Text)}
	if f.Page != "" {
		lines = append(lines, Clean(f.Page))
	}
	if f.Fix != "" {
		lines = append(lines, Clean("fix: "+f.Fix+" ("+f.safety()+")"))
	}
	return strings.Join(lines, "\n")
}

// escapeMessage and escapeProperty are those of GitHub's toolkit: a line feed
// ends a command, a comma or a colon a property of it.
func escapeMessage(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C").Replace(Clean(s))
}
