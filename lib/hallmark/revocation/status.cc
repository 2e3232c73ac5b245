#include "hallmark/revocation/status.h"

#include <array>

namespace hallmark::revocation {
namespace {

struct Word {
  Reason reason;
  std::string_view word;
};
constexpr auto kWords = std::to_array<Word>({
    {Reason::kUnspecified, "unspecified"},
    {Reason::kKeyCompromise, "keyCompromise"},
    {Reason::kCaCompromise, "cACompromise"},
    {Reason::kAffiliationChanged, "affiliationChanged"},
    {Reason::kSuperseded, "superseded"},
    {Reason::kCessationOfOperation, "cessationOfOperation"},
    {Reason::kCertificateHold, "certificateHold"},
    {Reason::kRemoveFromCrl, "removeFromCRL"},
    {Reason::kPrivilegeWithdrawn, "privilegeWithdrawn"},
    {Reason::kAaCompromise, "aACompromise"},
});

}  // namespace

std::optional<Reason> ReasonOf(std::uint64_t number) {
  for (const Word& word : kWords) {
    if (static_cast<std::uint64_t>(word.reason) == number) return word.reason;
  }
  return std::nullopt;
}

std::string_view ToWord(Reason reason) {
  for (const Word& word : kWords) {
    if (word.reason == reason) return word.word;
  }
  return "unspecified";
}

bool CountsAgainst(const Revoked& revoked, std::optional<UnixTime> signed_by) {
  return !signed_by || !revoked.invalid_since || *revoked.invalid_since < *signed_by;
}

}  // namespace hallmark::revocation
