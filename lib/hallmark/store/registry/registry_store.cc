#include "hallmark/store/registry/registry_store.h"

#include <string>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/store/referrer.h"
#include "hallmark/store/registry/internal/fallback_index.h"
#include "hallmark/store/registry/internal/manifests.h"
#include "hallmark/store/registry/internal/paths.h"
#include "hallmark/store/registry/internal/referrers.h"
#include "hallmark/store/registry/internal/session.h"
#include "hallmark/store/registry/internal/tag_editor.h"
#include "hallmark/store/registry/internal/upload.h"

namespace hallmark::store {
namespace {

// Whether the registry says that it has listed the referrer itself ("Pushing Manifests with
// Subject").
bool ListedIt(const registry::Answer& answer, const oci::Digest& subject) {
  const std::string* header = answer.response.Header("OCI-Subject");
  if (header == nullptr) return false;
  const Result<oci::Digest> listed = oci::Digest::Parse(*header);
  return listed.ok() && listed.value() == subject;
}

Error NotListed(Error error, const oci::Content& content, const oci::Digest& subject) {
  return std::move(error).While(content.digest().ToString() +
                                " and its blobs are stored, but not listed as a referrer of " +
                                subject.ToString());
}

// No content has this digest, so nothing refers to it.
oci::Digest DigestOfNothingKnown() {
  Result<oci::Digest> digest = oci::Digest::Parse("sha256:" + std::string(64, '0'));
  return std::move(digest).value();
}

}  // namespace

struct RegistryStore::Impl {
  Impl(net::HttpClient& http, RegistryOptions given)
      : options(std::move(given)), session(http, options) {}

  const RegistryOptions options;
  registry::Session session;
};

RegistryStore::RegistryStore(net::HttpClient& http, RegistryOptions options) {
  HALLMARK_CHECK(options.credentials != nullptr);
  impl_ = std::make_unique<Impl>(http, std::move(options));
}

RegistryStore::~RegistryStore() = default;

Result<oci::Content> RegistryStore::FetchManifest(const Context& context,
                                                  const oci::Reference& reference) {
  return registry::FetchManifest(context, impl_->session, reference);
}

Result<oci::Content> RegistryStore::Fetch(const Context& context, const oci::Repository& repository,
                                          const oci::Descriptor& descriptor) {
  return registry::FetchByDescriptor(context, impl_->session, repository, descriptor);
}

Listing RegistryStore::Referrers(const Context& context, const oci::Repository& repository,
                                 const oci::Digest& subject, std::string_view artifact_type) {
  return registry::ListReferrers(context, impl_->session, repository, subject, artifact_type);
}

Result<Done> RegistryStore::PushBlob(const Context& context, const oci::Repository& repository,
                                     const oci::Content& content) {
  return registry::UploadBlob(context, impl_->session, repository, content);
}

Result<Done> RegistryStore::PushManifest(const Context& context, const oci::Repository& repository,
                                         const oci::Content& content) {
  HALLMARK_ASSIGN(const auto referrer, registry::ReferrerOf(content));
  HALLMARK_ASSIGN(const registry::Answer answer,
                  registry::StoreManifestByDigest(context, impl_->session, repository, content));
  if (!referrer) return Done{};
  if (ListedIt(answer, referrer->subject)) {
    registry::LearnReferrersApi(impl_->session, impl_->session.HostOf(repository.registry()), true);
    return Done{};
  }
  registry::FallbackIndex index(referrer->entry);
  const std::string tag = FallbackTag(referrer->subject);
  registry::TagEditor editor(context, impl_->session, repository, tag, index, &content);
  Result<oci::Digest> listed = editor.Edit();
  if (!listed.ok()) return NotListed(std::move(listed).error(), content, referrer->subject);
  return Done{};
}

Result<Done> RegistryStore::Tag(const Context& context, const oci::Repository& repository,
                                const oci::Content& manifest, std::string_view tag) {
  HALLMARK_RETURN_IF_ERROR(
      registry::StoreManifest(context, impl_->session, repository, tag, manifest));
  return Done{};
}

Result<oci::Digest> RegistryStore::EditTag(const Context& context,
                                           const oci::Repository& repository, std::string_view tag,
                                           TagMerge& merge) {
  if (!oci::IsTag(tag)) return Error(ErrorCode::kMalformed, "not a tag: " + Printable(tag));
  registry::TagEditor editor(context, impl_->session, repository, tag, merge, nullptr);
  return editor.Edit();
}

Result<RegistryStore::Abilities> RegistryStore::Probe(const Context& context,
                                                      const oci::Repository& repository) {
  registry::Host& host = impl_->session.HostOf(repository.registry());
  registry::Call call;
  call.method = "GET";
  call.scope = {repository.path(), false};
  call.target = registry::ReferrersPath(repository, DigestOfNothingKnown(), "");
  HALLMARK_ASSIGN(const registry::Answer answer, impl_->session.Exchange(context, host, call));
  Abilities abilities;
  abilities.needs_auth = host.asked_for_login;
  switch (registry::JudgeApiAnswer(answer.response)) {
    case registry::ApiAnswer::kListing:
      if (registry::IsListing(answer.response)) abilities.referrers_api = true;
      break;
    case registry::ApiAnswer::kNoApi:
      abilities.referrers_api = false;
      break;
    case registry::ApiAnswer::kWebPage:
      break;
    case registry::ApiAnswer::kUnclear:
    default:
      return registry::StatusError(answer);
  }
  return abilities;
}

}  // namespace hallmark::store
