#include <utility>

#include "tests/support/registry/handlers.h"

// Blobs: GET, HEAD, DELETE, and every way to upload them.
namespace hallmark::test {

HttpResponse Handlers::Blobs(const HttpRequest& request, const Route& route) {
  if (request.method == "DELETE") {
    const bool gone = storage_.DeleteBlob(route.repository, route.name);
    return gone ? HttpResponse{202, {}, {}} : Refuse(404, "BLOB_UNKNOWN", "blob unknown");
  }
  if (request.method != "GET" && request.method != "HEAD") {
    return Refuse(405, "UNSUPPORTED", "method");
  }
  if (!IsDigest(route.name)) return Refuse(400, "DIGEST_INVALID", "no digest");
  std::optional<std::string> blob = storage_.Blob(route.repository, route.name);
  if (!blob) return Refuse(404, "BLOB_UNKNOWN", "blob unknown");
  HttpResponse response;
  response.Set("Content-Type", "application/octet-stream");
  response.Set("Docker-Content-Digest", route.name);
  response.body = std::move(*blob);
  return response;
}

HttpResponse Handlers::Uploads(const HttpRequest& request, const Route& route) {
  if (request.method == "POST" && route.name.empty()) return StartUpload(request, route);
  if (request.method == "PATCH") return AppendUpload(request, route);
  if (request.method == "PUT") return FinishUpload(request, route);
  if (request.method == "DELETE") {
    const bool gone = storage_.FinishUpload(route.repository, route.name).has_value();
    return gone ? HttpResponse{204, {}, {}} : Refuse(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown");
  }
  const auto size = storage_.AppendUpload(route.repository, route.name, {});
  if (request.method != "GET" || !size) {
    return Refuse(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown");
  }
  HttpResponse response = UploadAccepted(route, route.name, *size);
  response.status = 204;
  return response;
}

HttpResponse Handlers::StartUpload(const HttpRequest& request, const Route& route) {
  const std::string mount = request.Param("mount");
  if (!mount.empty()) {
    std::optional<std::string> blob = storage_.Blob(request.Param("from"), mount);
    if (blob) return KeepBlob(route, mount, std::move(*blob));
  }
  const std::string digest = request.Param("digest");
  if (options_.single_post && !digest.empty()) return KeepBlob(route, digest, request.body);
  return UploadAccepted(route, storage_.StartUpload(route.repository), 0);
}

HttpResponse Handlers::AppendUpload(const HttpRequest& request, const Route& route) {
  const auto before = storage_.AppendUpload(route.repository, route.name, {});
  if (!before) return Refuse(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown");
  const std::string* range = request.Header("Content-Range");
  if (range != nullptr && !range->starts_with(std::to_string(*before) + "-")) {
    return Refuse(416, "BLOB_UPLOAD_INVALID", "not where the last chunk ended");
  }
  const auto size = storage_.AppendUpload(route.repository, route.name, request.body);
  return UploadAccepted(route, route.name, size.value_or(0));
}

HttpResponse Handlers::FinishUpload(const HttpRequest& request, const Route& route) {
  std::optional<std::string> bytes = storage_.FinishUpload(route.repository, route.name);
  if (!bytes) return Refuse(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown");
  return KeepBlob(route, request.Param("digest"), std::move(*bytes) + request.body);
}

HttpResponse Handlers::UploadAccepted(const Route& route, const std::string& id,
                                      std::size_t size) const {
  HttpResponse response{202, {}, {}};
  // A location with a query of its own: clients have to add theirs with '&'.
  response.Set("Location", base_url_ + "/v2/" + route.repository + "/blobs/uploads/" + id +
                               "?_state=s%2F" + std::to_string(size));
  response.Set("Docker-Upload-UUID", id);
  response.Set("Range", "0-" + std::to_string(size == 0 ? 0 : size - 1));
  return response;
}

HttpResponse Handlers::KeepBlob(const Route& route, const std::string& digest, std::string bytes) {
  if (!IsDigest(digest) || !hallmark::test::Names(digest, bytes)) {
    return Refuse(400, "DIGEST_INVALID", "the digest names other bytes");
  }
  storage_.PutBlob(route.repository, digest, std::move(bytes));
  return BlobCreated(route, digest);
}

HttpResponse Handlers::BlobCreated(const Route& route, const std::string& digest) const {
  HttpResponse response{201, {}, {}};
  response.Set("Location", base_url_ + "/v2/" + route.repository + "/blobs/" + digest);
  response.Set("Docker-Content-Digest", digest);
  return response;
}

}  // namespace hallmark::test
