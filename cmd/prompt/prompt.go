package prompt

import "errors"

// Prompter asks one question at a time, and knows nothing of what it asks for.
// An answer is taken as given; the conversation checks it.
type Prompter interface {
	// Input asks for a line; an empty one means def.
	Input(p Question, def string) (string, error)
	// Select asks for one option by its index; def is where the choice starts.
	Select(p Question, options []Option, def int) (int, error)
	// MultiSelect asks for any number of options, in their order.
	MultiSelect(p Question, options []Option, marked []int) ([]int, error)
	Confirm(p Question, def bool) (bool, error)
	// Show shows a text, a window at a time where it is longer; below is how many
	// rows are to stay free for what comes next.
	Show(text string, below int) error
	// Keys says how to get help, to go back, and to leave.
	Keys() string
}

// Question is what a person reads before answering.
type Question struct {
	// Title stays on the screen beside the answer.
	Title string
	// Step says how far the conversation is, such as "3 of 7", while the question
	// is open; "" where it has no length.
	Step string
	// Note is the one line without which the question cannot be answered.
	Note string
	// Help is shown on request: paragraphs, unwrapped.
	Help string
}

// open is the title while the question is open.
func (p Question) open() string {
	if p.Step == "" {
		return p.Title
	}
	return p.Title + " (" + p.Step + ")"
}

// Option is one of several answers.
type Option struct{ Name, Detail string }

// The answers that are none.
var (
	// ErrBack: the person wants to change the previous answer.
	ErrBack = errors.New("back to the previous question")
	// ErrInterrupted: the person, or a signal, ended the conversation, or there
	// is nobody left to answer.
	ErrInterrupted = errors.New("interrupted")
)
