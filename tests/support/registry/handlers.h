#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_HANDLERS_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_HANDLERS_H_

#include <string>
#include <string_view>

#include "tests/support/registry/http.h"
#include "tests/support/registry/storage.h"

namespace hallmark::test {

HttpResponse Refuse(int status, std::string_view code, std::string_view message);

// A path under /v2/ taken apart: "app/team", "manifests", "latest".
struct Route {
  std::string repository;
  std::string kind;  // manifests, blobs, uploads, referrers, tags; "" for /v2/, _catalog
  std::string name;  // tag, digest or upload; may be empty
};
// An unknown path has kind "unknown".
Route ReadRoute(std::string_view path);

// The true answers of a registry (distribution-spec 1.1); faults and logins are others' business.
class Handlers {
 public:
  // Both outlive the handlers. `base_url` is put before locations; may be empty.
  Handlers(const RegistryOptions& options, Storage& storage, std::string base_url)
      : options_(options), storage_(storage), base_url_(std::move(base_url)) {}

  HttpResponse Handle(const HttpRequest& request);

 private:
  HttpResponse Manifests(const HttpRequest& request, const Route& route);
  HttpResponse GetManifest(const HttpRequest& request, const Route& route) const;
  HttpResponse PutManifest(const HttpRequest& request, const Route& route);
  HttpResponse StoreManifest(const HttpRequest& request, const Route& route,
                             StoredManifest manifest);
  HttpResponse Referrers(const HttpRequest& request, const Route& route) const;
  HttpResponse Tags(const HttpRequest& request, const Route& route) const;
  HttpResponse Catalog(const HttpRequest& request) const;
  HttpResponse Names(const HttpRequest& request, std::string_view member,
                     std::vector<std::string> names, std::string_view repository) const;

  HttpResponse Blobs(const HttpRequest& request, const Route& route);
  HttpResponse Uploads(const HttpRequest& request, const Route& route);
  HttpResponse StartUpload(const HttpRequest& request, const Route& route);
  HttpResponse AppendUpload(const HttpRequest& request, const Route& route);
  HttpResponse FinishUpload(const HttpRequest& request, const Route& route);
  HttpResponse UploadAccepted(const Route& route, const std::string& id, std::size_t size) const;
  HttpResponse KeepBlob(const Route& route, const std::string& digest, std::string bytes);
  HttpResponse BlobCreated(const Route& route, const std::string& digest) const;

  const RegistryOptions& options_;
  Storage& storage_;
  std::string base_url_;
};

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_HANDLERS_H_
