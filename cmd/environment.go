package cmd

import (
	"os"

	"github.com/spf13/cobra"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/policy"
)

// registerEnvironment adds the flag beside a -f that is not of [policy.Flags].
func registerEnvironment(cmd *cobra.Command, name *string) {
	v := policy.EnvironmentValue{Name: name}
	cmd.Flags().Var(v, "environment", v.Usage())
	completeEnvironment(cmd)
}

// completeEnvironment completes the environments of the file that is named, or
// else of cors.yaml.
func completeEnvironment(cmd *cobra.Command) {
	completeFlag(cmd, "environment", func(string) ([]string, cobra.ShellCompDirective) {
		name := policy.DefaultFile
		if f := cmd.Flags().Lookup("file"); f.Changed {
			name = f.Value.String()
		}
		// A pipe is there for the run.
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		file, err := os.Open(name)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer file.Close()
		text, err := files.ReadAll(cmd.Context(), file, policy.MaxStream)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		names := policy.EnvironmentNames(text)
		if v, ok := cmd.Flags().Lookup("environment").Value.(policy.EnvironmentValue); ok && v.Every && len(names) > 0 {
			names = append(names, policy.AllEnvironments)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
}
