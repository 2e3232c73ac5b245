#include <algorithm>
#include <utility>

#include "tests/support/registry/handlers.h"

// Manifests: GET, HEAD, PUT, DELETE.
namespace hallmark::test {
namespace {

constexpr std::size_t kMaxManifest = std::size_t{4} * 1024 * 1024;

std::vector<std::string> Split(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), item.size() + 1));
    item = item.substr(0, item.find(';'));
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

// All Accept lines count, however they are spread; none at all accepts everything.
bool Accepts(const HttpRequest& request, std::string_view media_type) {
  bool asked = false;
  for (const auto& [name, value] : request.headers) {
    if (!SameName(name, "Accept")) continue;
    asked = true;
    for (const std::string& type : Split(value)) {
      if (type == media_type || type == "*/*" || type == "application/*") return true;
    }
  }
  return !asked;
}

std::string Quoted(const std::string& digest) { return "\"" + digest + "\""; }

// RFC 9110 section 13.1: whether a list of entity tags, or *, matches what is there now.
bool Matches(const std::string& condition, const std::string& current) {
  if (current.empty()) return false;
  const std::vector<std::string> tags = Split(condition);
  return std::any_of(tags.begin(), tags.end(),
                     [&](const std::string& tag) { return tag == "*" || tag == Quoted(current); });
}

bool MayWrite(const HttpRequest& request, const std::string& current) {
  const std::string* if_match = request.Header("If-Match");
  if (if_match != nullptr && !Matches(*if_match, current)) return false;
  const std::string* if_none = request.Header("If-None-Match");
  return if_none == nullptr || !Matches(*if_none, current);
}

}  // namespace

HttpResponse Handlers::Manifests(const HttpRequest& request, const Route& route) {
  if (request.method == "GET" || request.method == "HEAD") return GetManifest(request, route);
  if (request.method == "PUT") return PutManifest(request, route);
  if (request.method != "DELETE") return Refuse(405, "UNSUPPORTED", "method");
  if (!storage_.DeleteManifest(route.repository, route.name)) {
    return Refuse(404, "MANIFEST_UNKNOWN", "manifest unknown");
  }
  return {202, {}, {}};
}

HttpResponse Handlers::GetManifest(const HttpRequest& request, const Route& route) const {
  std::optional<StoredManifest> manifest = storage_.Manifest(route.repository, route.name);
  if (!manifest) return Refuse(404, "MANIFEST_UNKNOWN", "manifest unknown");
  if (!Accepts(request, manifest->media_type)) {
    return Refuse(404, "MANIFEST_UNKNOWN", "manifest is of a type that Accept does not name");
  }
  HttpResponse response;
  response.Set("Content-Type", manifest->media_type);
  response.Set("Docker-Content-Digest", manifest->digest);
  if (options_.etags != ETagMode::kNone) response.Set("ETag", Quoted(manifest->digest));
  const std::string* if_none = request.Header("If-None-Match");
  if (options_.etags == ETagMode::kHonoured && if_none != nullptr &&
      Matches(*if_none, manifest->digest)) {
    response.status = 304;
    return response;
  }
  response.body = std::move(manifest->bytes);
  return response;
}

HttpResponse Handlers::PutManifest(const HttpRequest& request, const Route& route) {
  if (request.body.size() > kMaxManifest) return Refuse(413, "SIZE_INVALID", "over 4 MiB");
  std::optional<ManifestFacts> facts = ReadManifest(request.body);
  const std::string* type = request.Header("Content-Type");
  if (!facts || type == nullptr || (!facts->media_type.empty() && facts->media_type != *type)) {
    return Refuse(400, "MANIFEST_INVALID", "no manifest, or of another type than announced");
  }
  const bool by_digest = IsDigest(route.name);
  if (by_digest && !hallmark::test::Names(route.name, request.body)) {
    return Refuse(400, "DIGEST_INVALID", "the digest names other bytes");
  }
  const std::string missing = storage_.Missing(route.repository, *facts);
  if (!missing.empty()) return Refuse(400, "MANIFEST_BLOB_UNKNOWN", missing);
  return StoreManifest(request, route,
                       {.digest = by_digest ? route.name : Sha256Of(request.body),
                        .media_type = *type,
                        .bytes = request.body,
                        .facts = std::move(*facts)});
}

HttpResponse Handlers::StoreManifest(const HttpRequest& request, const Route& route,
                                     StoredManifest manifest) {
  HttpResponse response{201, {}, {}};
  response.Set("Location", base_url_ + "/v2/" + route.repository + "/manifests/" + manifest.digest);
  response.Set("Docker-Content-Digest", manifest.digest);
  if (options_.referrers_api && !manifest.facts.subject.empty()) {
    response.Set("OCI-Subject", manifest.facts.subject);
  }
  const bool conditional = options_.etags == ETagMode::kHonoured;
  const bool stored = storage_.PutManifest(
      route.repository, IsDigest(route.name) ? std::string() : route.name, std::move(manifest),
      [&](const std::string& current) { return !conditional || MayWrite(request, current); });
  if (!stored) return Refuse(412, "PRECONDITION_FAILED", "the tag moved");
  return response;
}

}  // namespace hallmark::test
