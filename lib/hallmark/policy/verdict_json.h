#ifndef HALLMARK_POLICY_VERDICT_JSON_H_
#define HALLMARK_POLICY_VERDICT_JSON_H_

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "hallmark/encoding/json.h"
#include "hallmark/oci/content.h"
#include "hallmark/oci/digest.h"
#include "hallmark/policy/verdict.h"

namespace hallmark::policy {

// One image's verdict with all that a reader of the record wants to know: what `verify -o json`
// prints and what the admission webhook keeps. Plain data; whoever verified fills it.
struct VerdictReport {
  struct Cache {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
  };

  std::string reference;                  // as asked
  std::optional<oci::Digest> digest;      // absent: the image could not be resolved
  std::optional<oci::Platform> platform;  // of a child of an index
  Verdict verdict;
  Evidence evidence;
  std::string policy_sha256;                      // empty for ad-hoc policies
  std::map<std::string, std::uint64_t> requests;  // by host
  Cache cache;
  std::chrono::milliseconds elapsed{0};
};

inline constexpr std::string_view kVerdictSchema = "hallmark.verdict/v1";

// The report as `hallmark.verdict/v1` (docs/verdict.schema.json). Never fails; equal reports give
// equal documents. Text that came from the registry or a signature is escaped and cut.
json::Value ToJson(const VerdictReport& report);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_VERDICT_JSON_H_
