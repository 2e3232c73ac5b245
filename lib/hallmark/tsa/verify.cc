#include "hallmark/tsa/verify.h"

#include "hallmark/encoding/rfc3339.h"
#include "hallmark/tsa/internal/signer.h"
#include "hallmark/tsa/response.h"

namespace hallmark::tsa {
namespace {

using Verified = std::variant<VerifiedTime, Fault>;

Fault TimestampFault(std::string_view what) { return {"timestamp", std::string(what)}; }

// That there is no way to a trusted root, or was none at that time, is about the timestamp.
Fault FromPath(x509::PathFault fault) {
  const bool keeps = fault.reason == "algorithm" || fault.reason == "limit";
  return {keeps ? std::move(fault.reason) : "timestamp", std::move(fault.detail)};
}

std::variant<x509::VerifiedPath, Fault> FindPath(const Token& token,
                                                 const x509::Certificate& signer,
                                                 const Trust& trust) {
  std::vector<x509::Certificate> others = token.certificates();
  others.insert(others.end(), trust.others.begin(), trust.others.end());
  const TimeRange time = token.unverified_info().GenTime();
  auto found =
      x509::VerifyPath(signer, others, trust.roots, x509::Purpose::kTimestamping, time.earliest);
  if (auto* fault = std::get_if<x509::PathFault>(&found)) return FromPath(std::move(*fault));
  auto path = std::get<x509::VerifiedPath>(std::move(found));
  // The path holds at the whole second; a fraction more may be past the end of a validity.
  for (const x509::Certificate& certificate : path.certificates()) {
    if (time.latest > certificate.not_after()) {
      return TimestampFault(
          "stamped a fraction of a second after the authority's certificates end");
    }
  }
  return path;
}

// Without the cryptography: what the token says about itself.
std::optional<Fault> CheckInfo(const TstInfo& info, ByteView message, UnixTime now) {
  if (!(Imprint::Of(info.imprint.hash, message) == info.imprint)) {
    return TimestampFault("the token stamps something else");
  }
  if (info.Range().earliest > now) {
    return TimestampFault("the token is of the future: " + encoding::ToRfc3339(info.second));
  }
  return std::nullopt;
}

Fault FromError(const Error& error) {
  return {error.code() == ErrorCode::kLimit ? "limit" : "timestamp", error.message()};
}

Verified VerifyParsed(const Result<Token>& token, ByteView message, const Trust& trust,
                      UnixTime now) {
  if (!token.ok()) return FromError(token.error());
  return Verify(token.value(), message, trust, now);
}

}  // namespace

Verified Verify(const Token& token, ByteView message, const Trust& trust, UnixTime now) {
  const TstInfo& info = token.unverified_info();
  if (trust.roots.empty()) return TimestampFault("no timestamp authority is trusted");
  if (auto fault = CheckInfo(info, message, now)) return *std::move(fault);
  auto signer = internal::CheckSigner(token, trust.others);
  if (auto* fault = std::get_if<Fault>(&signer)) return std::move(*fault);
  const auto& certificate = std::get<x509::Certificate>(signer);
  if (!info.authority.empty() && !internal::IsNameOf(certificate, info.authority)) {
    return TimestampFault("the token names another authority than the one that signed it");
  }
  auto path = FindPath(token, certificate, trust);
  if (auto* fault = std::get_if<Fault>(&path)) return std::move(*fault);
  return VerifiedTime(info, std::get<x509::VerifiedPath>(std::move(path)));
}

Verified VerifyToken(ByteView untrusted_token, ByteView message, const Trust& trust, UnixTime now) {
  return VerifyParsed(ParseToken(untrusted_token), message, trust, now);
}

Verified VerifyResponse(ByteView untrusted_response, ByteView message, const Trust& trust,
                        UnixTime now) {
  return VerifyParsed(ParseResponse(untrusted_response), message, trust, now);
}

}  // namespace hallmark::tsa
