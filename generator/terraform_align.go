package generator

import "strings"

// alignHCL puts the equals signs of adjacent attributes in one column, as
// terraform fmt does. It knows the HCL that the templates write: one space
// around each equals sign, no comment behind a value, heredocs that end in EOT.
func alignHCL(content []byte) []byte {
	lines := strings.Split(string(content), "\n")
	start, heredoc := 0, false
	for i, line := range lines {
		if heredoc {
			heredoc = strings.TrimSpace(line) != "EOT"
			start = i + 1
			continue
		}
		if equals(line) < 0 {
			alignRun(lines[start:i])
			start = i + 1
		}
		if strings.HasSuffix(line, "<<-EOT") {
			alignRun(lines[start : i+1])
			heredoc = true
		}
	}
	alignRun(lines[start:])
	return []byte(strings.Join(lines, "\n"))
}

func alignRun(lines []string) {
	widest := 0
	for _, line := range lines {
		widest = max(widest, equals(line))
	}
	for i, line := range lines {
		at := equals(line)
		lines[i] = line[:at] + strings.Repeat(" ", widest-at) + line[at:]
	}
}

// equals is where the equals sign of an attribute stands, or -1 for a line
// without one, or whose value goes on below.
func equals(line string) int {
	name := strings.TrimLeft(line, " ")
	if name == "" || name[0] == '#' {
		return -1
	}
	indent := len(line) - len(name)
	end := strings.IndexByte(name, ' ')
	if name[0] == '"' {
		end = 1 + strings.IndexByte(name[1:], '"') + 1
	}
	if end < 0 || !strings.HasPrefix(name[end:], " = ") || openBrackets(name[end:]) {
		return -1
	}
	return indent + end + 1
}

// openBrackets reports that a bracket outside of quotes is not closed.
func openBrackets(s string) bool {
	open, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case strings.IndexByte("([{", c) >= 0:
			open++
		case strings.IndexByte(")]}", c) >= 0:
			open--
		}
	}
	return open > 0
}
