#include "hallmark/revocation/internal/crl_parts.h"
#include "hallmark/revocation/internal/ocsp_parts.h"
#include "hallmark/revocation/limits.h"
#include "hallmark/x509/time.h"

namespace hallmark::revocation::internal {
namespace {

namespace der = encoding::der;
using Word = OcspAnswer::Word;

constexpr std::string_view kInvalidityDate = "2.5.29.24";

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

std::optional<UnixTime> TakeTime(der::Reader& body) {
  if (!body.Sees(der::kGeneralizedTime)) return std::nullopt;
  return x509::ReadTime(body.TakeWhole());
}

Result<CertId> ReadCertId(der::Reader body) {
  if (!body.Sees(der::kSequence)) return Malformed("name of a certificate");
  CertId id;
  id.algorithm = body.TakeWhole();
  id.name_hash = body.Take(der::kOctetString);
  id.key_hash = body.Take(der::kOctetString);
  id.serial = body.Take(der::kInteger);
  if (!body.Finished() || id.serial.empty() || id.serial[0] >= 0x80) {
    return Malformed("name of a certificate");
  }
  return id;
}

Result<Revoked> ReadRevoked(der::Reader body) {
  const auto time = TakeTime(body);
  if (!time) return Malformed("time of a revocation");
  Revoked revoked{*time, {}, {}};
  if (body.Sees(der::Explicit(0))) {
    revoked.reason = ReadReason(body.Take(der::Explicit(0)));
    if (!revoked.reason) return Malformed("reason of a revocation");
  }
  if (!body.Finished()) return Malformed("revocation");
  return revoked;
}

// CertStatus; good and unknown are NULL, implicitly tagged.
Result<Done> TakeWord(der::Reader& body, OcspAnswer& answer) {
  constexpr std::uint8_t kGood = der::Implicit(0);
  constexpr std::uint8_t kRevoked = der::Explicit(1);
  constexpr std::uint8_t kUnknown = der::Implicit(2);
  if (body.Sees(kRevoked)) {
    answer.word = Word::kRevoked;
    HALLMARK_ASSIGN(answer.revoked, ReadRevoked(body.Enter(kRevoked)));
    return Done();
  }
  answer.word = body.Sees(kGood) ? Word::kGood : Word::kUnknown;
  if (!body.Take(body.Sees(kGood) ? kGood : kUnknown).empty()) body.Fail();
  return Done();
}

Result<Done> ReadAnswerExtensions(der::Reader list, OcspAnswer& answer) {
  HALLMARK_ASSIGN(const std::vector<ExtensionView> extensions, ReadExtensions(list));
  for (const ExtensionView& extension : extensions) {
    if (extension.type == kInvalidityDate) {
      der::Reader value(extension.value);
      answer.revoked.invalid_since = TakeTime(value);
      if (!answer.revoked.invalid_since || !value.Finished()) return Malformed("invalidity date");
    } else if (extension.critical && answer.obstacle.empty()) {
      answer.obstacle = "it has the unknown critical extension " + extension.type;
    }
  }
  return Done();
}

Result<OcspAnswer> ReadAnswer(der::Reader body) {
  OcspAnswer answer{};
  HALLMARK_ASSIGN(answer.id, ReadCertId(body.Enter(der::kSequence)));
  HALLMARK_RETURN_IF_ERROR(TakeWord(body, answer));
  const auto this_update = TakeTime(body);
  if (!this_update) return Malformed("thisUpdate");
  answer.this_update = *this_update;
  if (body.Sees(der::Explicit(0))) {
    der::Reader field = body.Enter(der::Explicit(0));
    answer.next_update = TakeTime(field);
    if (!answer.next_update || !field.Finished()) return Malformed("nextUpdate");
  }
  if (body.Sees(der::Explicit(1))) {
    der::Reader field = body.Enter(der::Explicit(1));
    HALLMARK_RETURN_IF_ERROR(ReadAnswerExtensions(field.Enter(der::kSequence), answer));
    if (!field.Finished()) return Malformed("extensions of an answer");
  }
  if (!body.Finished()) return Malformed("answer");
  return answer;
}

}  // namespace

Result<std::vector<OcspAnswer>> ReadAnswers(der::Reader list) {
  std::vector<OcspAnswer> answers;
  while (!list.AtEnd()) {
    if (answers.size() == kMaxOcspAnswers) return Error(ErrorCode::kLimit, "too many answers");
    HALLMARK_ASSIGN(OcspAnswer answer, ReadAnswer(list.Enter(der::kSequence)));
    answers.push_back(std::move(answer));
  }
  if (!list.Finished()) return Malformed("answers");
  return answers;
}

}  // namespace hallmark::revocation::internal
