#ifndef HALLMARK_TESTS_UNIT_REVOCATION_OCSP_TEST_H_
#define HALLMARK_TESTS_UNIT_REVOCATION_OCSP_TEST_H_

#include "tests/support/ocsp_authority.h"
#include "tests/unit/revocation/revocation_test.h"

namespace hallmark::testing {

inline std::string SayOcsp(const revocation::Issued& issued, const Bytes& bytes,
                           UnixTime now = kTestTime,
                           const std::optional<revocation::Status>& responder = {}) {
  const auto response = revocation::ParseOcspResponse(bytes);
  if (!response.ok()) {
    return std::string(ToWord(response.error().code())) + ": " + response.error().message();
  }
  return Say(revocation::CheckOcsp(issued, response.value(), responder, now));
}

inline std::string WhyUnknown(const std::string& detail) {
  return "unknown: OCSP response: " + detail;
}

// True for Good and for Revoked: whatever somebody had to be believed for.
inline bool SaysSomething(const std::string& said) {
  return said == "good" || Starts(said, "revoked");
}

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_REVOCATION_OCSP_TEST_H_
