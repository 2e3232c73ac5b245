#ifndef HALLMARK_POLICY_REASONS_H_
#define HALLMARK_POLICY_REASONS_H_

#include <span>
#include <string_view>

namespace hallmark::policy {

// A stable reason id of verdicts, findings and gaps, told to people (docs/reasons.md).
struct Reason {
  std::string_view id;       // "untrusted-signer"
  std::string_view meaning;  // a sentence
  std::string_view remedy;   // a sentence: what to do about it
};

// Every reason that a verdict, a check or a gap can have, by id.
std::span<const Reason> Reasons();

// Null for an id that is none of them.
const Reason* FindReason(std::string_view id);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_REASONS_H_
