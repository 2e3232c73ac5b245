#include "tools/common/attachments.h"

#include <utility>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/encoding/json.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/signature/limits.h"
#include "hallmark/signature/notation/notation_format.h"

namespace hallmark::cli {
namespace {

constexpr std::string_view kBundlePrefix = "application/vnd.dev.sigstore.bundle";
constexpr std::string_view kCreated = "org.opencontainers.image.created";
constexpr std::string_view kPredicate = "dev.sigstore.bundle.predicateType";
constexpr std::string_view kCosignPredicate = "predicateType";
constexpr std::string_view kCosignCertificate = "dev.sigstore.cosign/certificate";
constexpr std::string_view kNotarySignature = "application/vnd.cncf.notary.signature";
constexpr json::Limits kLimits = {
    .max_bytes = signature::kMaxEnvelopeBytes, .max_depth = 32, .max_values = 100'000};

using Annotations = std::map<std::string, std::string>;

std::string TextOf(const Annotations& annotations, std::string_view name) {
  const auto found = annotations.find(std::string(name));
  return found == annotations.end() ? std::string() : Printable(found->second);
}

const json::Value* Walk(const json::Value& value, std::initializer_list<std::string_view> path) {
  const json::Value* at = &value;
  for (const std::string_view name : path) {
    at = at->Find(name);
    if (at == nullptr) return nullptr;
  }
  return at;
}

// A hint that is the base64 of a fingerprint is shown as the key id that it means.
std::string KeyOf(const std::string& hint) {
  const Result<Bytes> bytes = encoding::FromBase64(hint);
  if (!bytes.ok() || bytes.value().size() != 32) return "key hint " + Printable(hint, 60);
  return "key " + encoding::ToHex({bytes.value().data(), 8});
}

void ReadBundle(const oci::Content& blob, Attachment& attachment) {
  const Result<json::Value> bundle = json::Parse(blob.bytes(), kLimits);
  if (!bundle.ok()) {
    attachment.complaint = bundle.error().message();
    return;
  }
  const json::Value* hint = Walk(bundle.value(), {"verificationMaterial", "publicKey", "hint"});
  if (hint != nullptr && hint->string() != nullptr) attachment.signer_hint = KeyOf(*hint->string());
  if (Walk(bundle.value(), {"verificationMaterial", "certificate"}) != nullptr) {
    attachment.signer_hint = "a certificate";
  }
  const json::Value* payload = Walk(bundle.value(), {"dsseEnvelope", "payload"});
  if (payload == nullptr || payload->string() == nullptr) return;
  const Result<Bytes> bytes = encoding::FromBase64(*payload->string());
  if (!bytes.ok()) return;
  const Result<json::Value> statement = json::Parse(bytes.value(), kLimits);
  if (!statement.ok()) return;
  const json::Value* type = statement.value().Find("predicateType");
  if (type != nullptr && type->string() != nullptr) {
    attachment.predicate_type = Printable(*type->string());
  }
}

// A signature of the Notary Project: its manifest's config says what it is, its layer which kind.
void ReadNotation(const oci::Content& envelope, Attachment& attachment) {
  const std::string subject = signature::UnverifiedNotationSigner(envelope);
  if (!subject.empty()) attachment.signer_hint = "\"" + subject + "\"";
}

Result<Done> ReadArtifact(const Context& context, store::Reader& reader,
                          const oci::Repository& repository, const oci::Descriptor& entry,
                          Attachment& attachment) {
  HALLMARK_ASSIGN(const oci::Content content, reader.Fetch(context, repository, entry));
  HALLMARK_ASSIGN(const oci::Document document, oci::ParseDocument(content));
  const auto* manifest = std::get_if<oci::ImageManifest>(&document);
  if (manifest == nullptr) return Done{};
  if (!manifest->artifact_type.empty()) {
    attachment.artifact_type = Printable(manifest->artifact_type);
  } else if (manifest->config && manifest->config->media_type == kNotarySignature) {
    attachment.artifact_type = kNotarySignature;
  }
  if (attachment.created.empty()) attachment.created = TextOf(manifest->annotations, kCreated);
  if (attachment.predicate_type.empty()) {
    attachment.predicate_type = TextOf(manifest->annotations, kPredicate);
  }
  for (const oci::Descriptor& layer : manifest->layers) attachment.size += layer.size;
  const bool is_bundle = attachment.artifact_type.starts_with(kBundlePrefix);
  const bool is_notation = attachment.artifact_type == kNotarySignature;
  if (!(is_bundle || is_notation) || manifest->layers.size() != 1) return Done{};
  const oci::Descriptor& layer = manifest->layers.front();
  attachment.format = is_bundle ? "bundle" : signature::NotationKind(layer.media_type);
  // An attestation may be large. What its carrier says of it has to do.
  if (layer.size > signature::kMaxEnvelopeBytes) return Done{};
  HALLMARK_ASSIGN(const oci::Content blob, reader.Fetch(context, repository, layer));
  is_bundle ? ReadBundle(blob, attachment) : ReadNotation(blob, attachment);
  return Done{};
}

// Cosign v2's tags: every layer is a signature or an attestation.
void AddTag(const Context& context, store::Reader& reader, const oci::Repository& repository,
            const std::string& tag, Attachments& attachments) {
  const Result<oci::Content> content =
      reader.FetchManifest(context, oci::Reference::Of(repository, tag, std::nullopt));
  const std::string word = content.ok() ? "found" : std::string(ToWord(content.error().code()));
  attachments.asked.push_back("tag " + tag + " " + word);
  if (!content.ok()) {
    const bool is_absent = content.error().code() == ErrorCode::kNotFound;
    if (!is_absent && !attachments.gap) attachments.gap = content.error();
    return;
  }
  const Result<oci::Document> document = oci::ParseDocument(content.value());
  const auto* manifest =
      document.ok() ? std::get_if<oci::ImageManifest>(&document.value()) : nullptr;
  Attachment attachment{content.value().digest(), {}, "cosign", {}, {}, {}, {}, 0};
  if (manifest == nullptr) {
    attachment.complaint = document.ok() ? "an index" : document.error().message();
    attachments.found.push_back(std::move(attachment));
    return;
  }
  for (const oci::Descriptor& layer : manifest->layers) {
    attachment.artifact_type = Printable(layer.media_type);
    attachment.predicate_type = TextOf(layer.annotations, kCosignPredicate);
    attachment.size = layer.size;
    attachment.signer_hint =
        layer.annotations.contains(std::string(kCosignCertificate)) ? "a certificate" : "";
    attachments.found.push_back(attachment);
  }
}

}  // namespace

Attachments FindAttachments(const Context& context, store::Reader& reader,
                            const oci::Repository& repository, const oci::Digest& subject) {
  store::Listing listing = reader.Referrers(context, repository, subject, "");
  Attachments attachments{{}, std::move(listing.gap), std::move(listing.asked)};
  for (const oci::Descriptor& entry : listing.entries) {
    Attachment attachment{entry.digest, Printable(entry.artifact_type), {}, {}, {}, {}, {}, 0};
    attachment.size = entry.size;
    attachment.created = TextOf(entry.annotations, kCreated);
    attachment.predicate_type = TextOf(entry.annotations, kPredicate);
    if (attachments.found.size() < kMaxRead) {
      const Result<Done> read = ReadArtifact(context, reader, repository, entry, attachment);
      if (!read.ok()) attachment.complaint = read.error().message();
    }
    attachments.found.push_back(std::move(attachment));
  }
  for (const std::string_view suffix : {".sig", ".att"}) {
    AddTag(context, reader, repository, signature::CosignTag(subject, suffix), attachments);
  }
  return attachments;
}

}  // namespace hallmark::cli
