package prompt

import "testing"

func TestFold(t *testing.T) {
	tests := []struct {
		text   string
		width  int
		indent string
		want   string
	}{
		{"one two three", 9, "", "one two\nthree\n"},
		{"one two three", 9, "  ", "  one two\n  three\n"},
		{"https://a.example/far/too/long x", 10, " ", " https://a.example/far/too/long\n x\n"},
		{"one\ntwo", 80, "", "one\ntwo\n"},
		{"\x1b[1mone\x1b[0m \x1b[31mtwo\x1b[0m", 7, "", "\x1b[1mone\x1b[0m \x1b[31mtwo\x1b[0m\n"},
		{"", 80, "  ", "\n"},
	}
	for _, tt := range tests {
		if got := Fold(tt.text, tt.width, tt.indent); got != tt.want {
			t.Errorf("fold(%q, %d, %q) = %q, want %q", tt.text, tt.width, tt.indent, got, tt.want)
		}
	}
	if got, want := Hang(" 1) one two three", 11, "    "), " 1) one two\n    three\n"; got != want {
		t.Errorf("hang: %q, want %q", got, want)
	}
}
