package cmd

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// recipe is how a pull request is checked at one place. Each script of text is
// run by a test.
type recipe struct{ title, file, note, text string }

func recipes() []recipe {
	return []recipe{
		{
			"GitHub Actions", ".github/workflows/cors.yml",
			"The action is below .github/actions of the repository that apigw-cors comes\nfrom; put its name, and a commit of it, in the place of OWNER/apigw-cors@COMMIT.",
			`on: [pull_request]
permissions:
  contents: read
  security-events: write
jobs:
  cors:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: OWNER/apigw-cors/.github/actions/apigw-cors@COMMIT
        with:
          upload-sarif: "true"
          generate: -f cors.yaml --format sam --out infra
          fix: "true"
`,
		},
		{
			"GitLab CI", ".gitlab-ci.yml", "", `cors:
  script:
    - apigw-cors generate -f cors.yaml --format sam --out infra --check
    - apigw-cors fix --check
    - apigw-cors lint --format junit > cors-junit.xml
  artifacts:
    when: always
    reports:
      junit: cors-junit.xml
`,
		},
		{
			"CodeBuild, alone or as an action of CodePipeline", "buildspec.yml", "", `version: 0.2
phases:
  build:
    on-failure: ABORT
    commands:
      - apigw-cors generate -f cors.yaml --format sam --out infra --check
      - apigw-cors fix --check
      - apigw-cors lint --format junit > cors-junit.xml
reports:
  cors:
    files: [cors-junit.xml]
    file-format: JUNITXML
`,
		},
		{
			"make", "Makefile", "make cors writes, make cors-check is for CI.", `.PHONY: cors cors-check
cors:
	apigw-cors generate -f cors.yaml --format sam --out infra --force
cors-check:
	apigw-cors generate -f cors.yaml --format sam --out infra --check
	apigw-cors fix --check
	apigw-cors lint
`,
		},
		{
			"pre-commit", ".pre-commit-config.yaml",
			"pre-commit builds the program from the repository that it comes from: put its\naddress and a tag or commit of it in the place of URL and REVISION.",
			`repos:
  - repo: URL
    rev: REVISION
    hooks:
      - id: apigw-cors-lint
      - id: apigw-cors-fix
`,
		},
	}
}

func newCITopic(a *app) *cobra.Command {
	return newTopic(a, "ci", "How a pull request is checked", func(w io.Writer) {
		fmt.Fprint(w, `A pull request is asked three questions. Do the rendered files say what
cors.yaml says?
  apigw-cors generate -f cors.yaml --format sam --out infra --check
Would a browser refuse what the templates plainly want?
  apigw-cors lint
Can something be mended without deciding who may call?
  apigw-cors fix --check
The exit codes are the answers: help exit-codes. The recipes expect apigw-cors
on the PATH of the job; the first and the last build it. A file that another
version rendered passes where nothing else differs.
`)
		for _, r := range recipes() {
			fmt.Fprintf(w, "\n%s, %s:\n", r.title, r.file)
			if r.note != "" {
				fmt.Fprintln(w, r.note)
			}
			fmt.Fprint(w, "\n")
			for line := range strings.Lines(r.text) {
				fmt.Fprint(w, "    "+line)
			}
		}
	})
}
