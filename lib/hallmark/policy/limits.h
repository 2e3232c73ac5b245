#ifndef HALLMARK_POLICY_LIMITS_H_
#define HALLMARK_POLICY_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace hallmark::policy {

// A policy is read whole. Ten thousand rules with comments stay below (A76).
inline constexpr std::size_t kMaxPolicyBytes = std::size_t{1024} * 1024;
// Five levels hold a plain requirement; the rest is for nested allOf and anyOf (A17).
inline constexpr std::size_t kMaxPolicyDepth = 24;
inline constexpr std::size_t kMaxPolicyValues = 100'000;

// By how much the clocks of signers and builders may be ahead of ours; a time beyond that is none.
inline constexpr std::chrono::minutes kMaxClockSkew{5};

// Names of rules and key sets: they stand in every verdict.
inline constexpr std::size_t kMaxNameBytes = 128;

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_LIMITS_H_
