// Package cmd is the command line of apigw-cors. What a person and a program
// may rely on:
//
//   - stdout carries the artifact alone: rendered files, the diff of --check,
//     and what was asked for by name (help, formats, version). Everything else
//     goes to stderr, so `apigw-cors generate ... > template.yaml` always works.
//   - Every fault of a run is reported at once, each on one line:
//     `place: value: reason: why`. The place is file:line:column and the key, or
//     the flag. Below it stand `hint:`, the fix, and `see:`, the clause it goes
//     against. A count ends the report. Advice looks the same and does not fail
//     the run, unless --strict is given.
//   - Nothing is written when anything is refused. A file is replaced as a whole
//     or not at all, and never without --force; the same bytes are left alone.
//   - With --json, stderr is one JSON document, whatever happened.
//   - Messages about the run itself start with `apigw-cors:`, no capital, no full
//     stop. Colour repeats what the words say; it never replaces them.
//   - Only configure asks, on stderr, and each answer is checked when it is given.
//     A question that is not answered (Ctrl-C, end of input) ends the run, and
//     nothing is written. Without a terminal it asks nothing, unless told to
//     with --accessible.
//   - generate asks nothing, and an interrupted run (Ctrl-C) leaves no temporary
//     file.
//   - The exit code says what happened; `apigw-cors help exit-codes` lists them.
//     [Main] alone decides it and prints the report.
package cmd
