// Package configure holds the conversation that asks for a policy, checks each
// answer when it is given, and writes what comes out.
package configure
