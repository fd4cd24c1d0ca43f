package cors

// CodeWildcardNotAuthorization is the advice on `*` among the request headers,
// without Authorization beside it.
const CodeWildcardNotAuthorization = "wildcard-not-authorization"

const (
	codeAlreadyExposed         = "already-exposed"
	codeAnyOrigin              = "any-origin"
	codeAnySiteWithCredentials = "any-site-with-credentials"
	codeCovered                = "covered"
	codeDuplicate              = "duplicate"
	codeHeaderNormalised       = "header-normalised"
	codeInsecureOrigin         = "insecure-origin"
	codeMaxAgeCapped           = "max-age-capped"
	codeMethodMisspelt         = "method-misspelt"
	codeMethodNormalised       = "method-normalised"
	codeOriginNormalised       = "origin-normalised"
	codeTrailingDot            = "trailing-dot"
	codeUnstableOrigin         = "unstable-origin"
	codeWildcardPublicSuffix   = "wildcard-public-suffix"
)

// AdviceCodes explains the codes of the advice this package gives, sorted.
func AdviceCodes() []AdviceCode {
	return []AdviceCode{
		{codeAlreadyExposed, "a page can read this response header even if it is not listed"},
		{codeAnyOrigin, "every site can read the responses"},
		{codeAnySiteWithCredentials, "every site can read responses meant for a signed-in user"},
		{codeCovered, "another entry covers this one"},
		{codeDuplicate, "the list has this entry already; it was dropped"},
		{codeHeaderNormalised, "blanks around a header name were dropped"},
		{codeInsecureOrigin, "the origin is http and not loopback, so its pages can be changed on their way"},
		{codeMaxAgeCapped, "browsers cache a preflight response for a shorter time than this"},
		{codeMethodMisspelt, "the method is one slip away from a common one"},
		{codeMethodNormalised, "the method was brought to upper case, as method names are case-sensitive"},
		{codeOriginNormalised, "the origin was brought to the form in which browsers send it"},
		{codeTrailingDot, "the host ends in a dot, which makes another origin of it"},
		{codeUnstableOrigin, "the browser gives the extension another origin in each installation"},
		{CodeWildcardNotAuthorization, "by the standard `*` does not cover the Authorization header, though today's browsers let it"},
		{codeWildcardPublicSuffix, "anyone can register a name that the pattern matches"},
	}
}
