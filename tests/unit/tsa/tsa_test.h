#ifndef HALLMARK_TESTS_UNIT_TSA_TSA_TEST_H_
#define HALLMARK_TESTS_UNIT_TSA_TSA_TEST_H_

#include "hallmark/tsa/verify.h"
#include "tests/support/timestamp_authority.h"
#include "tests/support/world/must.h"

namespace hallmark::testing {

inline constexpr std::string_view kMessage = "the bytes of a signature";

// "verified", or the fault's reason and detail: "timestamp: the token stamps something else".
inline std::string Say(const std::variant<tsa::VerifiedTime, tsa::Fault>& result) {
  const auto* fault = std::get_if<tsa::Fault>(&result);
  return fault == nullptr ? "verified" : fault->reason + ": " + fault->detail;
}

inline std::string SayVerified(const Bytes& token, const tsa::Trust& trust,
                               UnixTime now = kTestTime) {
  return Say(tsa::VerifyToken(token, AsBytes(kMessage), trust, now));
}

inline std::string SayVerified(const TimestampAuthority& authority, const TokenSpec& spec,
                               UnixTime now = kTestTime) {
  return SayVerified(MakeToken(authority, spec), authority.trust(), now);
}

inline tsa::VerifiedTime MustVerify(const TimestampAuthority& authority, const TokenSpec& spec,
                                    UnixTime now = kTestTime) {
  auto result =
      tsa::VerifyToken(MakeToken(authority, spec), AsBytes(kMessage), authority.trust(), now);
  if (std::holds_alternative<tsa::Fault>(result)) throw std::runtime_error(Say(result));
  return std::get<tsa::VerifiedTime>(std::move(result));
}

// "parsed", or the Error's word and message.
inline std::string SayParsed(const Result<tsa::Token>& token) {
  if (token.ok()) return "parsed";
  return std::string(ToWord(token.error().code())) + ": " + token.error().message();
}

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_TSA_TSA_TEST_H_
