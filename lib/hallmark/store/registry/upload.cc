#include "hallmark/store/registry/upload.h"

#include <mutex>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/store/registry/paths.h"
#include "hallmark/store/registry/redirect.h"

namespace hallmark::store::registry {
namespace {

std::string MemoryKey(const oci::Repository& repository, const oci::Digest& digest) {
  return repository.path() + "@" + digest.ToString();
}

bool IsKnown(Host& host, const std::string& key) {
  const std::lock_guard lock(host.mutex);
  return host.known_blobs.contains(key);
}

void Remember(Host& host, std::string key) {
  const std::lock_guard lock(host.mutex);
  host.known_blobs.insert(std::move(key));
}

// A registry that says what it stored must say what we sent.
Result<Done> CheckStored(const Answer& answer, const oci::Digest& digest) {
  const std::string* header = answer.response.Header("Docker-Content-Digest");
  if (header == nullptr) return Done{};
  const Result<oci::Digest> stored = oci::Digest::Parse(*header);
  // Another algorithm for the same bytes is no contradiction.
  if (stored.ok() && stored.value().algorithm() != digest.algorithm()) return Done{};
  if (stored.ok() && stored.value() == digest) return Done{};
  return Error(ErrorCode::kMismatch, answer.Asked() + ": stored as " + Printable(*header, 100) +
                                         " instead of " + digest.ToString());
}

Call Post(const oci::Repository& repository, std::string target) {
  Call call;
  call.method = "POST";
  call.target = std::move(target);
  call.scope = {repository.path(), true};
  return call;
}

// Whether a registry that does not like a mount may still like a plain upload.
bool RefusesMounts(int status) {
  return status == 400 || status == 404 || status == 405 || status == 501;
}

Result<Answer> StartUpload(const Context& context, Session& session, Host& host,
                           const oci::Repository& repository, const oci::Digest& digest) {
  HALLMARK_ASSIGN(Answer answer,
                  session.Exchange(context, host, Post(repository, MountPath(repository, digest))));
  if (!RefusesMounts(answer.status())) return answer;
  return session.Exchange(context, host, Post(repository, UploadPath(repository)));
}

Result<Done> FinishUpload(const Context& context, Session& session, Host& host,
                          const oci::Repository& repository, const oci::Content& content,
                          const Answer& started) {
  HALLMARK_ASSIGN(Url url, UploadLocation(started, session.options().allow_plain_http));
  url.query +=
      (url.query.empty() ? "digest=" : "&digest=") + PercentEncode(content.digest().ToString());
  Call call;
  call.method = "PUT";
  call.elsewhere = std::move(url);
  call.scope = {repository.path(), true};
  call.headers.emplace_back("Content-Type", "application/octet-stream");
  call.body = content.bytes();
  HALLMARK_ASSIGN(const Answer answer, session.Exchange(context, host, call));
  if (answer.status() != 201) return StatusError(answer);
  return CheckStored(answer, content.digest());
}

}  // namespace

Result<Done> UploadBlob(const Context& context, Session& session, const oci::Repository& repository,
                        const oci::Content& content) {
  Host& host = session.HostOf(repository.registry());
  std::string key = MemoryKey(repository, content.digest());
  if (IsKnown(host, key)) return Done{};
  HALLMARK_ASSIGN(const Answer started,
                  StartUpload(context, session, host, repository, content.digest()));
  if (started.status() == 201) {
    HALLMARK_RETURN_IF_ERROR(CheckStored(started, content.digest()));
  } else if (started.status() == 202) {
    HALLMARK_RETURN_IF_ERROR(FinishUpload(context, session, host, repository, content, started));
  } else {
    return StatusError(started);
  }
  Remember(host, std::move(key));
  return Done{};
}

Result<Answer> PutManifest(const Context& context, Session& session,
                           const oci::Repository& repository, std::string_view tag_or_digest,
                           std::string_view media_type, ByteView bytes, net::Headers conditions) {
  Call call;
  call.method = "PUT";
  call.target = ManifestPath(repository, tag_or_digest);
  call.scope = {repository.path(), true};
  call.headers = std::move(conditions);
  call.headers.emplace_back("Content-Type", media_type);
  call.body = bytes;
  return session.Exchange(context, session.HostOf(repository.registry()), call);
}

Result<Answer> StoreManifest(const Context& context, Session& session,
                             const oci::Repository& repository, std::string_view tag_or_digest,
                             const oci::Content& content) {
  HALLMARK_ASSIGN(Answer answer, PutManifest(context, session, repository, tag_or_digest,
                                             content.descriptor().media_type, content.bytes(), {}));
  if (answer.status() < 200 || answer.status() > 299) return StatusError(answer);
  HALLMARK_RETURN_IF_ERROR(CheckStored(answer, content.digest()));
  return answer;
}

}  // namespace hallmark::store::registry
