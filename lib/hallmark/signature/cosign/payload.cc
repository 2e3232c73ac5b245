#include "hallmark/signature/cosign/internal/payload.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hallmark/encoding/json.h"
#include "hallmark/oci/reference.h"
#include "hallmark/signature/cosign/internal/media_types.h"
#include "hallmark/signature/cosign/limits.h"
#include "hallmark/signature/sign_predicate.h"

namespace hallmark::signature::cosign {
namespace {

using json::Fields;
using json::Value;

Result<std::string> ReferenceIn(Fields& critical) {
  HALLMARK_ASSIGN(const Value* identity, critical.Object("identity"));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(*identity, "payload.critical.identity"));
  HALLMARK_ASSIGN(std::string reference, fields.String("docker-reference"));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  return reference;
}

Result<oci::Digest> DigestIn(Fields& critical) {
  HALLMARK_ASSIGN(const Value* image, critical.Object("image"));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(*image, "payload.critical.image"));
  HALLMARK_ASSIGN(const std::string text, fields.String("docker-manifest-digest"));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  Result<oci::Digest> digest = oci::Digest::Parse(text);
  if (!digest.ok()) return fields.Complain("docker-manifest-digest", digest.error().message());
  return digest;
}

void TakeName(const std::string& reference, Claim& claim) {
  if (const auto repository = oci::Repository::Parse(reference); repository.ok()) {
    claim.repository = repository.value().ToString();
    return;
  }
  const Result<oci::Reference> name = oci::Reference::Parse(reference);
  if (!name.ok()) return;
  claim.repository = name.value().repository().ToString();
  claim.tag = name.value().tag();
}

Result<Done> ParseOptional(const Value& optional, Claim& claim) {
  if (optional.kind() == json::Kind::kNull) return Done{};
  if (optional.object() == nullptr) {
    return Error(ErrorCode::kMalformed, "payload.optional: want an object or null");
  }
  for (const json::Member& member : *optional.object()) {
    const std::string* text = member.value.string();
    if (text != nullptr && member.name != kHallmarkMember) claim.annotations[member.name] = *text;
  }
  Claim ours{claim.subject, {}, {}, {}, {}, {}, {}};
  HALLMARK_RETURN_IF_ERROR(ParseSignPredicate(optional, "payload.optional", ours));
  // A name has one place: docker-reference. A tag without a repository has no other.
  const bool tag_elsewhere = ours.tag && claim.repository;
  if (ours.repository || tag_elsewhere) {
    return Error(ErrorCode::kMalformed,
                 "payload.optional.hallmark: a name beside the one in "
                 "critical.identity");
  }
  if (ours.tag) claim.tag = std::move(ours.tag);
  claim.signed_at = ours.signed_at;
  claim.expires = ours.expires;
  return Done{};
}

Result<Claim> ParseCritical(const Value& value, const oci::Digest& subject) {
  HALLMARK_ASSIGN(Fields critical, Fields::Of(value, "payload.critical"));
  HALLMARK_ASSIGN(const std::string type, critical.String("type"));
  if (type != kType) return critical.Complain("type", "want \"" + std::string(kType) + "\"");
  HALLMARK_ASSIGN(const std::string reference, ReferenceIn(critical));
  HALLMARK_ASSIGN(const oci::Digest digest, DigestIn(critical));
  HALLMARK_RETURN_IF_ERROR(critical.NothingElse());
  if (digest != subject) {
    return Error(ErrorCode::kMismatch, "the signed payload is about " + digest.ToString() +
                                           ", not " + subject.ToString());
  }
  Claim claim{digest, std::string(kSignPredicate), {}, {}, {}, {}, {}};
  TakeName(reference, claim);
  return claim;
}

}  // namespace

Result<Claim> ParsePayload(const crypto::SignedBytes& payload, const oci::Digest& subject) {
  HALLMARK_ASSIGN(
      const Value document,
      json::Parse(payload.bytes(), {kMaxPayloadBytes, kMaxPayloadDepth, kMaxPayloadValues}));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(document, "payload"));
  HALLMARK_ASSIGN(const Value* critical, fields.Object("critical"));
  const Value* optional = fields.OptionalAny("optional");
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  HALLMARK_ASSIGN(Claim claim, ParseCritical(*critical, subject));
  if (optional != nullptr) HALLMARK_RETURN_IF_ERROR(ParseOptional(*optional, claim));
  return claim;
}

}  // namespace hallmark::signature::cosign
