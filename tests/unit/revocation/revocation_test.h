#ifndef HALLMARK_TESTS_UNIT_REVOCATION_REVOCATION_TEST_H_
#define HALLMARK_TESTS_UNIT_REVOCATION_REVOCATION_TEST_H_

#include "hallmark/encoding/rfc3339.h"
#include "hallmark/revocation/crl.h"
#include "tests/support/revocation_authority.h"
#include "tests/support/world/must.h"

namespace hallmark::testing {

// "good", "revoked keyCompromise" or "unknown: " and the detail.
inline std::string Say(const revocation::Status& status) {
  if (std::holds_alternative<revocation::Good>(status)) return "good";
  if (const auto* revoked = std::get_if<revocation::Revoked>(&status)) {
    return "revoked" +
           (revoked->reason ? " " + std::string(revocation::ToWord(*revoked->reason)) : "");
  }
  return "unknown: " + std::get<revocation::Unknown>(status).detail;
}

inline std::string SayCrl(const revocation::Issued& issued, const Bytes& list,
                          UnixTime now = kTestTime) {
  const auto crl = revocation::ParseCrl(list);
  if (!crl.ok()) return std::string(ToWord(crl.error().code())) + ": " + crl.error().message();
  return Say(revocation::CheckCrl(issued, {crl.value(), nullptr}, now));
}

inline bool Starts(const std::string& text, const std::string& with) {
  return text.starts_with(with);
}

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_REVOCATION_REVOCATION_TEST_H_
