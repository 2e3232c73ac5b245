#include "hallmark/store/registry/internal/upload.h"

#include <chrono>
#include <mutex>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/store/registry/internal/paths.h"
#include "hallmark/store/registry/internal/redirect.h"
#include "hallmark/store/registry/internal/retry_after.h"

namespace hallmark::store::registry {
namespace {

constexpr int kMaxWrites = 5;
constexpr std::chrono::milliseconds kWritePause{60};

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

// Content-addressed writes are the same however often they are made. Docker's registry fails them
// in passing when others upload the same config blob: it reads link files that are being written.
template <class Write>
auto Persistently(const Context& context, const Write& write) -> decltype(write()) {
  for (int failures = 1;; ++failures) {
    auto done = write();
    if (done.ok() || done.error().code() != ErrorCode::kUnavailable) return done;
    if (failures == kMaxWrites || !Wait(context, kWritePause * failures).ok()) return done;
  }
}

Result<Done> UploadOnce(const Context& context, Session& session, Host& host,
                        const oci::Repository& repository, const oci::Content& content) {
  HALLMARK_ASSIGN(const Answer started,
                  StartUpload(context, session, host, repository, content.digest()));
  if (started.status() == 201) return CheckStored(started, content.digest());
  if (started.status() != 202) return StatusError(started);
  return FinishUpload(context, session, host, repository, content, started);
}

// The digest of what we send is right, so a registry that doubts it stumbled over its own files.
bool DoubtsItself(const Answer& answer) {
  const auto error = ParseRegistryError(answer.response);
  return answer.status() == 400 && error && error->code == "DIGEST_INVALID";
}

Result<Answer> CheckedPut(Answer answer, const oci::Digest& digest) {
  if (answer.status() < 200 || answer.status() > 299) return StatusError(answer);
  HALLMARK_RETURN_IF_ERROR(CheckStored(answer, digest));
  return answer;
}

Result<Answer> PutContent(const Context& context, Session& session,
                          const oci::Repository& repository, std::string_view tag_or_digest,
                          const oci::Content& content) {
  return PutManifest(context, session, repository, tag_or_digest, content.descriptor().media_type,
                     content.bytes(), {});
}

}  // namespace

Result<Done> UploadBlob(const Context& context, Session& session, const oci::Repository& repository,
                        const oci::Content& content) {
  Host& host = session.HostOf(repository.registry());
  std::string key = MemoryKey(repository, content.digest());
  if (IsKnown(host, key)) return Done{};
  HALLMARK_RETURN_IF_ERROR(Persistently(
      context, [&] { return UploadOnce(context, session, host, repository, content); }));
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
  HALLMARK_ASSIGN(Answer answer, PutContent(context, session, repository, tag_or_digest, content));
  return CheckedPut(std::move(answer), content.digest());
}

Result<Answer> StoreManifestByDigest(const Context& context, Session& session,
                                     const oci::Repository& repository,
                                     const oci::Content& content) {
  return Persistently(context, [&]() -> Result<Answer> {
    HALLMARK_ASSIGN(Answer answer,
                    PutContent(context, session, repository, content.digest().ToString(), content));
    if (DoubtsItself(answer)) {
      return Error(ErrorCode::kUnavailable, StatusError(answer).message());
    }
    return CheckedPut(std::move(answer), content.digest());
  });
}

}  // namespace hallmark::store::registry
