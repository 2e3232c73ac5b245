#ifndef HALLMARK_TOOLS_HALLMARK_VERBS_H_
#define HALLMARK_TOOLS_HALLMARK_VERBS_H_

#include "tools/common/option.h"

// The verbs of `hallmark`, one a source file. Constants: nothing runs before main().
namespace hallmark::cli {

extern const Verb kSignVerb;
extern const Verb kAttestVerb;
extern const Verb kVerifyVerb;
extern const Verb kInspectVerb;
extern const Verb kTreeVerb;
extern const Verb kDigestVerb;
extern const Verb kKeyGenerateVerb;
extern const Verb kKeyImportVerb;
extern const Verb kKeyShowVerb;
extern const Verb kKeyListVerb;
extern const Verb kPolicyCheckVerb;
extern const Verb kPolicyExplainVerb;
extern const Verb kPolicySchemaVerb;
extern const Verb kDoctorVerb;
extern const Verb kCompletionVerb;
extern const Verb kEnvVerb;
extern const Verb kVersionVerb;
extern const Verb kHelpVerb;

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_HALLMARK_VERBS_H_
