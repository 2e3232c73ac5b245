#include "hallmark/base/check.h"
#include "hallmark/policy/trust_policy.h"

// A policy is accepted or refused as the operator's mistake, with the place; whatever is accepted
// without allowing the unmatched asks for evidence by default or denies.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto no_files = [](const std::string&) -> Result<crypto::PublicKey> {
    return Error(ErrorCode::kConfig, "no files here");
  };
  const auto parsed = policy::TrustPolicy::Parse({data, size}, "policy.json", no_files);
  if (parsed.ok()) {
    const auto& fallback = parsed.value().default_rule().parts();
    HALLMARK_CHECK(!(fallback.allow_without_signature && fallback.require));
    return 0;
  }
  HALLMARK_CHECK(parsed.error().code() == ErrorCode::kConfig);
  HALLMARK_CHECK(parsed.error().message().starts_with("policy.json"));
  return 0;
}
