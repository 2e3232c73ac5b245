#include "hallmark/x509/path.h"

#include <algorithm>

#include "hallmark/x509/internal/path_rules.h"
#include "hallmark/x509/limits.h"
#include "hallmark/x509/notary_chain.h"

namespace hallmark::x509 {
namespace {

using Found = std::variant<std::vector<Certificate>, PathFault>;

Found NotaryPath(const Certificate& leaf, std::span<const Certificate> others,
                 std::span<const Certificate> anchors, UnixTime at) {
  std::vector<Certificate> chain{leaf};
  chain.insert(chain.end(), others.begin(), others.end());
  if (auto fault = CheckNotaryChain(chain, Purpose::kNotarySigning, at)) return *std::move(fault);
  const auto trusted = std::ranges::find_if(chain, [&](const Certificate& certificate) {
    return std::ranges::find(anchors, certificate) != anchors.end();
  });
  if (trusted == chain.end()) {
    return internal::Fault("chain", leaf, "no certificate of its chain is trusted");
  }
  chain.erase(trusted + 1, chain.end());
  return chain;
}

Found FindPath(const Certificate& leaf, std::span<const Certificate> intermediates,
               std::span<const Certificate> anchors, Purpose purpose, UnixTime at) {
  if (intermediates.size() > kMaxIntermediates) {
    return internal::Fault("limit", leaf, "more than 64 certificates beside it");
  }
  switch (purpose) {
    case Purpose::kNotarySigning:
      return NotaryPath(leaf, intermediates, anchors, at);
    case Purpose::kCodeSigning:
    case Purpose::kTimestamping:
      if (auto fault = internal::CheckLeaf(leaf, purpose)) return *std::move(fault);
      return internal::SearchPath(leaf, intermediates, anchors, purpose, at);
    default:
      return internal::Fault("chain", leaf, "no such purpose");
  }
}

}  // namespace

std::optional<PathFault> CheckCurrent(std::span<const Certificate> certificates, UnixTime at) {
  return internal::CheckTimes(certificates, at);
}

std::variant<VerifiedPath, PathFault> VerifyPath(const Certificate& leaf,
                                                 std::span<const Certificate> intermediates,
                                                 std::span<const Certificate> anchors,
                                                 Purpose purpose, UnixTime at) {
  Found found = FindPath(leaf, intermediates, anchors, purpose, at);
  if (auto* fault = std::get_if<PathFault>(&found)) return std::move(*fault);
  return VerifiedPath(std::get<std::vector<Certificate>>(std::move(found)), purpose, at);
}

}  // namespace hallmark::x509
