#include "hallmark/signature/notation/internal/signature_manifest.h"

#include <algorithm>
#include <string>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/notation/limits.h"

namespace hallmark::signature::notation {
namespace {

using json::Value;

constexpr std::string_view kCreatedAnnotation = "org.opencontainers.image.created";

// image-spec v1.1 manifest.md: without an artifactType, the config's media type says what it is.
std::string TypeOf(const oci::ImageManifest& manifest) {
  if (!manifest.artifact_type.empty() || !manifest.config) return manifest.artifact_type;
  return manifest.config->media_type;
}

Result<Done> CheckSubject(const oci::ImageManifest& manifest, const oci::Digest& subject) {
  if (!manifest.subject) return Error(ErrorCode::kMismatch, "the referrer names no subject");
  if (manifest.subject->digest != subject) {
    return Error(ErrorCode::kMismatch,
                 "the referrer is about " + manifest.subject->digest.ToString());
  }
  return Done{};
}

Result<SignatureManifest> ParseLayer(const oci::ImageManifest& manifest) {
  if (manifest.layers.size() != 1) {
    return Error(ErrorCode::kMalformed, "the referrer has " +
                                            std::to_string(manifest.layers.size()) +
                                            " layers, want one: the envelope");
  }
  const oci::Descriptor& layer = manifest.layers.front();
  const std::optional<EnvelopeType> type = EnvelopeTypeFromMediaType(layer.media_type);
  if (!type) {
    return Error(ErrorCode::kUnsupported, "an envelope of type " + Printable(layer.media_type) +
                                              ": only JWS and COSE are read");
  }
  if (layer.size > kMaxEnvelopeBytes) {
    return Error(ErrorCode::kLimit, "the envelope is said to have " + std::to_string(layer.size) +
                                        " bytes, at most " + std::to_string(kMaxEnvelopeBytes) +
                                        " are read");
  }
  return SignatureManifest{layer, *type, {}};
}

Value Describe(const oci::Descriptor& descriptor) {
  return Value::Object({{"mediaType", Value::String(descriptor.media_type)},
                        {"digest", Value::String(descriptor.digest.ToString())},
                        {"size", Value::Integer(static_cast<std::int64_t>(descriptor.size))}});
}

std::string WriteThumbprints(const std::vector<Bytes>& certificates) {
  std::vector<Value> items;
  for (const Bytes& der : certificates) {
    const Bytes digest = crypto::Hash(crypto::HashAlgorithm::kSha256, der);
    items.push_back(Value::String(encoding::ToHex(digest)));
  }
  return json::ToText(Value::Array(std::move(items)));
}

Result<Thumbprint> ParseThumbprint(const Value& item) {
  const Error malformed(ErrorCode::kMalformed, "a thumbprint that is no SHA-256 digest");
  if (item.string() == nullptr) return malformed;
  std::string hex = *item.string();
  std::transform(hex.begin(), hex.end(), hex.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  const Result<Bytes> bytes = encoding::FromHex(hex);
  Thumbprint thumbprint{};
  if (!bytes.ok() || bytes.value().size() != thumbprint.size()) return malformed;
  std::copy(bytes.value().begin(), bytes.value().end(), thumbprint.begin());
  return thumbprint;
}

}  // namespace

bool MayBeSignature(const oci::Descriptor& entry) {
  return oci::IsManifestType(entry.media_type) &&
         (entry.artifact_type.empty() || entry.artifact_type == oci::kEmptyJson ||
          entry.artifact_type == kSignatureType);
}

Result<std::variant<SignatureManifest, Unrelated>> ParseSignatureManifest(
    const oci::Content& manifest, const oci::Digest& subject) {
  using Carried = std::variant<SignatureManifest, Unrelated>;
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(manifest));
  const auto* image = std::get_if<oci::ImageManifest>(&document);
  if (image == nullptr) return Carried(Unrelated{"an index"});
  const std::string type = TypeOf(*image);
  if (type != kSignatureType) return Carried(Unrelated{Printable(type)});
  HALLMARK_RETURN_IF_ERROR(CheckSubject(*image, subject));
  HALLMARK_ASSIGN(SignatureManifest read, ParseLayer(*image));
  const auto annotation = image->annotations.find(std::string(kThumbprintAnnotation));
  if (annotation != image->annotations.end()) {
    Result<std::vector<Thumbprint>> thumbprints = ParseThumbprints(annotation->second);
    if (thumbprints.ok()) read.thumbprints = std::move(thumbprints).value();
  }
  return Carried(std::move(read));
}

Result<std::vector<Thumbprint>> ParseThumbprints(std::string_view untrusted_text) {
  HALLMARK_ASSIGN(
      const Value document,
      json::Parse(AsBytes(untrusted_text), {kMaxThumbprintsBytes, 1, kMaxCertificates + 1}));
  if (document.array() == nullptr) return Error(ErrorCode::kMalformed, "want a list");
  std::vector<Thumbprint> thumbprints;
  for (const Value& item : *document.array()) {
    HALLMARK_ASSIGN(const Thumbprint thumbprint, ParseThumbprint(item));
    thumbprints.push_back(thumbprint);
  }
  return thumbprints;
}

oci::Content WriteSignatureManifest(const oci::Descriptor& envelope, const oci::Descriptor& subject,
                                    const std::vector<Bytes>& certificates, UnixTime created,
                                    const std::map<std::string, std::string>& further) {
  const oci::Content config = oci::Content::Describe(std::string(kSignatureType), ToBytes("{}"));
  std::vector<std::pair<std::string, Value>> annotations = {
      {std::string(kThumbprintAnnotation), Value::String(WriteThumbprints(certificates))},
      {std::string(kCreatedAnnotation), Value::String(encoding::ToRfc3339(created))}};
  for (const auto& [name, value] : further) {
    if (name != kThumbprintAnnotation && name != kCreatedAnnotation) {
      annotations.emplace_back(name, Value::String(value));
    }
  }
  const Value manifest =
      Value::Object({{"schemaVersion", Value::Integer(2)},
                     {"mediaType", Value::String(std::string(oci::kOciManifest))},
                     {"config", Describe(config.descriptor())},
                     {"layers", Value::Array({Describe(envelope)})},
                     {"subject", Describe(subject)},
                     {"annotations", Value::Object(std::move(annotations))}});
  return oci::Content::Describe(std::string(oci::kOciManifest), ToBytes(json::ToText(manifest)));
}

}  // namespace hallmark::signature::notation
