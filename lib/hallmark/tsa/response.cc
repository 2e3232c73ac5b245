#include "hallmark/tsa/response.h"

#include <array>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/der.h"
#include "hallmark/tsa/internal/signer.h"
#include "hallmark/tsa/limits.h"

namespace hallmark::tsa {
namespace {

namespace der = encoding::der;

constexpr std::uint8_t kUtf8String = 0x0C;
constexpr std::uint64_t kGranted = 0;
constexpr std::uint64_t kGrantedWithMods = 1;

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

// PKIFailureInfo; the number is the bit's.
struct Failure {
  std::size_t bit;
  std::string_view name;
};
constexpr auto kFailures = std::to_array<Failure>({{0, "badAlg"},
                                                   {2, "badRequest"},
                                                   {5, "badDataFormat"},
                                                   {14, "timeNotAvailable"},
                                                   {15, "unacceptedPolicy"},
                                                   {16, "unacceptedExtension"},
                                                   {17, "addInfoNotAvailable"},
                                                   {25, "systemFailure"}});

// `content` of a BIT STRING: how many bits are spare, then the bits.
std::string FailureNames(ByteView content) {
  std::string names;
  for (const Failure& failure : kFailures) {
    const std::size_t at = 1 + failure.bit / 8;
    if (at < content.size() && (content[at] >> (7 - failure.bit % 8) & 1) != 0) {
      names += " " + std::string(failure.name);
    }
  }
  return names;
}

// All are read, the first few shown.
Result<std::string> StatusTexts(der::Reader list) {
  std::string texts;
  for (std::size_t count = 0; !list.AtEnd(); ++count) {
    const ByteView text = list.Take(kUtf8String);
    if (count < kMaxStatusTexts) texts += ": " + Printable(AsText(text));
  }
  if (!list.Finished()) return Malformed("status");
  return texts;
}

// PKIStatusInfo. An Error unless it says that the token was granted.
Result<Done> ReadStatus(der::Reader body) {
  const std::uint64_t status = body.TakeSmall();
  std::string texts;
  if (body.Sees(der::kSequence)) {
    HALLMARK_ASSIGN(texts, StatusTexts(body.Enter(der::kSequence)));
  }
  std::string failures;
  if (body.Sees(der::kBitString)) failures = FailureNames(body.Take(der::kBitString));
  if (!body.Finished()) return Malformed("status");
  if (status == kGranted || status == kGrantedWithMods) return Done();
  return Error(ErrorCode::kDenied, "refused, status " + std::to_string(status) + failures + texts);
}

Result<Token> ReadToken(ByteView bytes) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(bytes));
  der::Reader whole(bytes);
  der::Reader body = whole.Enter(der::kSequence);
  HALLMARK_RETURN_IF_ERROR(ReadStatus(body.Enter(der::kSequence)));
  if (body.Finished()) return Malformed("granted, and no token");
  const ByteView token = body.TakeWhole();
  if (!body.Finished()) return Malformed("more after the token");
  return ParseToken(token);
}

}  // namespace

Result<Token> ParseResponse(ByteView der) {
  if (der.size() > kMaxResponseBytes) {
    return Error(ErrorCode::kLimit, "timestamp response: over 68 KiB");
  }
  auto token = ReadToken(der);
  if (!token.ok()) return std::move(token).error().While("timestamp response");
  return token;
}

Result<Token> ReadResponse(ByteView der, const Request& request) {
  HALLMARK_ASSIGN(Token token, ParseResponse(der));
  const auto wrong = [](std::string_view what) {
    return Error(ErrorCode::kProtocol, "timestamp response: " + std::string(what));
  };
  const TstInfo& info = token.unverified_info();
  if (!(info.imprint == request.imprint)) return wrong("it stamps something else");
  if (info.nonce != request.nonce) return wrong("it has another nonce, or none");
  const auto signer = internal::CheckSigner(token, {});
  if (const auto* fault = std::get_if<Fault>(&signer)) return wrong(fault->detail);
  return token;
}

}  // namespace hallmark::tsa
