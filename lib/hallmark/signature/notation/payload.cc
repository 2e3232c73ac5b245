#include "hallmark/signature/notation/internal/payload.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/base/utf8.h"
#include "hallmark/encoding/json.h"
#include "hallmark/signature/notation/internal/cose.h"
#include "hallmark/signature/notation/internal/jws.h"
#include "hallmark/signature/notation/limits.h"

namespace hallmark::signature::notation {
namespace {

using json::Fields;
using json::Value;
using Annotations = std::map<std::string, std::string>;

constexpr std::string_view kReservedPrefix = "io.cncf.notary";
constexpr std::uint64_t kMaxSize = (std::uint64_t{1} << 53) - 1;

Result<Annotations> ParseAnnotations(Fields& target) {
  HALLMARK_ASSIGN(const Value* object, target.OptionalObject("annotations"));
  Annotations annotations;
  if (object == nullptr) return annotations;
  for (const json::Member& member : *object->object()) {
    if (member.value.string() == nullptr) return target.Complain("annotations", "want text");
    annotations[member.name] = *member.value.string();
  }
  return annotations;
}

Result<oci::Descriptor> ParseTarget(const Value& value) {
  HALLMARK_ASSIGN(Fields target, Fields::Of(value, "payload.targetArtifact"));
  HALLMARK_ASSIGN(std::string media_type, target.String("mediaType"));
  if (media_type.empty()) return target.Complain("mediaType", "want a media type");
  HALLMARK_ASSIGN(const std::string digest_text, target.String("digest"));
  Result<oci::Digest> digest = oci::Digest::Parse(digest_text);
  if (!digest.ok()) return target.Complain("digest", digest.error().message());
  HALLMARK_ASSIGN(const std::uint64_t size, target.Unsigned("size", kMaxSize));
  HALLMARK_ASSIGN(Annotations annotations, ParseAnnotations(target));
  HALLMARK_ASSIGN(std::optional<std::string> type, target.OptionalString("artifactType"));
  return oci::Descriptor{std::move(media_type),        digest.value(),         size,
                         std::move(type).value_or(""), std::move(annotations), std::nullopt};
}

Result<oci::Descriptor> ParsePayload(ByteView payload) {
  HALLMARK_ASSIGN(const Value document,
                  json::Parse(payload, {kMaxEnvelopeBytes, kMaxPayloadDepth, kMaxPayloadValues}));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(document, "payload"));
  HALLMARK_ASSIGN(const Value* target, fields.Object("targetArtifact"));
  HALLMARK_RETURN_IF_ERROR(fields.NothingElse());
  return ParseTarget(*target);
}

bool IsWritable(std::string_view text) {
  return IsUtf8(text) && text.find('\0') == std::string_view::npos;
}

}  // namespace

Result<SignedClaim> ParseSigned(const crypto::SignedBytes& signed_bytes, EnvelopeType type) {
  HALLMARK_ASSIGN(SignedParts parts, type == EnvelopeType::kJws
                                         ? SplitJwsSignedBytes(signed_bytes.bytes())
                                         : SplitCoseSignedBytes(signed_bytes.bytes()));
  HALLMARK_ASSIGN(oci::Descriptor target, ParsePayload(parts.payload));
  return SignedClaim{std::move(parts.attributes), std::move(target)};
}

Result<Bytes> WritePayload(const oci::Descriptor& target) {
  std::vector<std::pair<std::string, Value>> annotations;
  for (const auto& [name, value] : target.annotations) {
    if (name.empty() || !IsWritable(name) || !IsWritable(value)) {
      return Error(ErrorCode::kConfig,
                   "annotation \"" + Printable(name) + "\" has no name or is not UTF-8 text");
    }
    if (name.starts_with(kReservedPrefix)) {
      return Error(ErrorCode::kConfig, "annotation \"" + Printable(name) +
                                           "\": names starting with io.cncf.notary are reserved");
    }
    annotations.emplace_back(name, Value::String(value));
  }
  std::vector<std::pair<std::string, Value>> members;
  if (!annotations.empty()) {
    members.emplace_back("annotations", Value::Object(std::move(annotations)));
  }
  members.emplace_back("digest", Value::String(target.digest.ToString()));
  members.emplace_back("mediaType", Value::String(target.media_type));
  members.emplace_back("size", Value::Integer(static_cast<std::int64_t>(target.size)));
  return json::Canonical(Value::Object({{"targetArtifact", Value::Object(std::move(members))}}));
}

}  // namespace hallmark::signature::notation
