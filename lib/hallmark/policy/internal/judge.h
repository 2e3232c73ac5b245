#ifndef HALLMARK_POLICY_INTERNAL_JUDGE_H_
#define HALLMARK_POLICY_INTERNAL_JUDGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/time.h"
#include "hallmark/oci/reference.h"
#include "hallmark/policy/trust_policy.h"
#include "hallmark/policy/verdict.h"
#include "hallmark/signature/assessment.h"

namespace hallmark::policy {

// What every signature of one verification is held against.
struct Question {
  const store::Subject& subject;
  const Rule::Parts& rule;  // with a requirement
  UnixTime now;
};

// A judgement with what the choice of a verdict's reason needs to know.
struct Judged {
  Judgement judgement;
  std::vector<const SignedBy*> leaves = {};  // of the rule's requirement, that it counts for
  bool by_trusted_key = false;  // a key of the trust root made it, or was named by its hint
  bool undecided = false;       // a check could not be done; it might have counted
  bool overlooked = false;      // refused for nothing that the rule enforces
};

// Whether one signature counts: it is verified, about this digest, by nobody on the deny list, and
// for some leaf of the requirement by a key of the set that it asks for, a statement of the wanted
// type, with every finding passed, not expired, under the name and with the annotations that are
// wanted, and young enough. The first of these that fails is the reason; of several leaves the most
// telling one.
Judged Judge(const signature::Assessment& assessment, const Question& question);

// Whether a signed name satisfies `wanted`; empty, or why not (docs/policy.md, "signedName").
std::string NameMismatch(const signature::Claim& claim, const oci::Reference& asked,
                         SignedName wanted);

// Orders reasons by how much they tell: smaller is more telling.
int TellingRank(std::string_view reason);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_JUDGE_H_
