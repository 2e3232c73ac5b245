#include "hallmark/store/registry/internal/manifests.h"

#include <algorithm>
#include <array>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "hallmark/store/registry/internal/paths.h"

namespace hallmark::store::registry {
namespace {

constexpr std::array<std::string_view, 4> kManifestTypes = {oci::kOciManifest, oci::kOciIndex,
                                                            oci::kDockerManifest, oci::kDockerList};

Error Complain(const Answer& answer, ErrorCode code, const std::string& why) {
  return Error(code, answer.Asked() + ": " + why);
}

// What came instead of a manifest: a login page, a proxy's page, nothing.
Result<std::string> ManifestType(const Answer& answer) {
  std::string type = MediaTypeOf(answer.response);
  if (type.empty()) return Complain(answer, ErrorCode::kProtocol, "200 without a Content-Type");
  if (answer.response.body.empty()) {
    return Complain(answer, ErrorCode::kProtocol, "200 with an empty body");
  }
  if (type.starts_with("text/") || type == "application/xhtml+xml") {
    return Complain(answer, ErrorCode::kProtocol,
                    "200 with " + Printable(type, 60) + " instead of a manifest");
  }
  return type;
}

oci::Descriptor DescriptorOf(std::string media_type, oci::Digest digest, std::size_t size) {
  return {std::move(media_type), digest, size, "", {}, std::nullopt};
}

// The digest the answer claims for its body; a claim that is none is a broken registry.
Result<std::optional<oci::Digest>> ClaimedDigest(const Answer& answer) {
  const std::string* header = answer.response.Header("Docker-Content-Digest");
  if (header == nullptr) return std::optional<oci::Digest>();
  const Result<oci::Digest> digest = oci::Digest::Parse(*header);
  if (digest.ok()) return std::optional<oci::Digest>(digest.value());
  return Complain(answer, ErrorCode::kProtocol,
                  "Docker-Content-Digest is no digest: " + Printable(*header, 80));
}

Result<oci::Content> Checked(const Answer& answer, oci::Descriptor descriptor, Bytes bytes) {
  Result<oci::Content> content = oci::Content::Check(std::move(descriptor), std::move(bytes));
  if (!content.ok()) return std::move(content).error().While(answer.Asked());
  return content;
}

Error TooLarge(const oci::Descriptor& descriptor, std::size_t limit) {
  return Error(ErrorCode::kLimit, descriptor.digest.ToString() + " is announced with " +
                                      std::to_string(descriptor.size) + " bytes, at most " +
                                      std::to_string(limit) + " are read");
}

Call CallFor(const oci::Repository& repository, const oci::Descriptor& descriptor) {
  Call call;
  call.method = "GET";
  call.scope = {repository.path(), false};
  call.max_response_bytes = std::max<std::size_t>(descriptor.size, kMaxErrorBytes);
  if (oci::IsManifestType(descriptor.media_type) || oci::IsIndexType(descriptor.media_type)) {
    call.target = ManifestPath(repository, descriptor.digest.ToString());
    call.headers.emplace_back("Accept", descriptor.media_type);
  } else {
    call.target = BlobPath(repository, descriptor.digest);
  }
  return call;
}

}  // namespace

Result<Answer> GetManifest(const Context& context, Session& session,
                           const oci::Repository& repository, std::string_view tag_or_digest) {
  Call call;
  call.method = "GET";
  call.target = ManifestPath(repository, tag_or_digest);
  call.scope = {repository.path(), false};
  for (const std::string_view type : kManifestTypes) call.headers.emplace_back("Accept", type);
  call.max_response_bytes = oci::kMaxManifestBytes;
  Host& host = session.HostOf(repository.registry());
  HALLMARK_ASSIGN(Answer answer, session.Exchange(context, host, call));
  if (answer.status() == 200 && answer.response.Header("ETag") != nullptr) host.sends_etags = true;
  return answer;
}

Result<oci::Content> FetchManifest(const Context& context, Session& session,
                                   const oci::Reference& reference) {
  const std::string name =
      reference.digest() ? reference.digest()->ToString() : reference.tag().value_or("latest");
  HALLMARK_ASSIGN(Answer answer, GetManifest(context, session, reference.repository(), name));
  if (answer.status() != 200) return StatusError(answer);
  HALLMARK_ASSIGN(std::string type, ManifestType(answer));
  HALLMARK_ASSIGN(const std::optional<oci::Digest> claimed, ClaimedDigest(answer));
  Bytes bytes = std::move(answer.response.body);
  const std::size_t size = bytes.size();
  if (reference.digest()) {
    return Checked(answer, DescriptorOf(std::move(type), *reference.digest(), size),
                   std::move(bytes));
  }
  if (claimed) {  // by tag the registry's word is held against its bytes
    HALLMARK_RETURN_IF_ERROR(Checked(answer, DescriptorOf(type, *claimed, size), bytes));
  }
  return oci::Content::Describe(std::move(type), std::move(bytes));
}

Result<oci::Content> FetchByDescriptor(const Context& context, Session& session,
                                       const oci::Repository& repository,
                                       const oci::Descriptor& descriptor) {
  const bool is_manifest =
      oci::IsManifestType(descriptor.media_type) || oci::IsIndexType(descriptor.media_type);
  const std::size_t limit = is_manifest ? oci::kMaxManifestBytes : kMaxBlobBytes;
  if (descriptor.size > limit) return TooLarge(descriptor, limit);
  const Call call = CallFor(repository, descriptor);
  HALLMARK_ASSIGN(Answer answer,
                  session.Exchange(context, session.HostOf(repository.registry()), call));
  if (answer.status() != 200) return StatusError(answer);
  if (answer.response.body.size() > descriptor.size) {
    return Complain(answer, ErrorCode::kLimit,
                    "sends more than the announced " + std::to_string(descriptor.size) + " bytes");
  }
  if (is_manifest) {
    HALLMARK_ASSIGN(const std::string type, ManifestType(answer));
    if (type != descriptor.media_type) {
      return Complain(answer, ErrorCode::kMalformed,
                      "Content-Type " + Printable(type, 80) + " where the descriptor says " +
                          Printable(descriptor.media_type, 80));
    }
  }
  return Checked(answer, descriptor, std::move(answer.response.body));
}

}  // namespace hallmark::store::registry
