#include <algorithm>
#include <cstdlib>
#include <utility>

#include "tests/support/registry/handlers.h"

// Routing, and what answers with lists: referrers, tags, catalog.
namespace hallmark::test {
namespace {

constexpr std::string_view kIndexType = "application/vnd.oci.image.index.v1+json";

std::size_t Number(const std::string& text) {
  return static_cast<std::size_t>(std::strtoull(text.c_str(), nullptr, 10));
}

std::string UrlEncode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '.' || c == '-' || c == '_' || c == '/') {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

Route Split(std::string_view rest, std::string_view marker, std::string_view kind) {
  const std::size_t at = rest.rfind(marker);
  if (at == std::string_view::npos || at == 0) return {{}, "unknown", {}};
  return {std::string(rest.substr(0, at)), std::string(kind),
          std::string(rest.substr(at + marker.size()))};
}

}  // namespace

Route ReadRoute(std::string_view path) {
  constexpr std::string_view kRoot = "/v2/";
  if (path == "/v2" || path == kRoot) return {{}, {}, {}};
  if (path == "/v2/_catalog") return {{}, "_catalog", {}};
  if (!path.starts_with(kRoot)) return {{}, "unknown", {}};
  const std::string_view rest = path.substr(kRoot.size());
  for (const auto& [marker, kind] :
       {std::pair<std::string_view, std::string_view>{"/blobs/uploads/", "uploads"},
        {"/manifests/", "manifests"},
        {"/blobs/", "blobs"},
        {"/referrers/", "referrers"},
        {"/tags/list", "tags"}}) {
    Route route = Split(rest, marker, kind);
    if (route.kind != "unknown") return route;
  }
  return {{}, "unknown", {}};
}

HttpResponse Refuse(int status, std::string_view code, std::string_view message) {
  return {status, {{"Content-Type", "application/json"}}, ErrorBody(code, message)};
}

HttpResponse Handlers::Handle(const HttpRequest& request) {
  const Route route = ReadRoute(request.path);
  HttpResponse response = Refuse(404, "NAME_UNKNOWN", "no such place");
  if (route.kind.empty()) response = {200, {{"Content-Type", "application/json"}}, "{}"};
  if (route.kind == "manifests") response = Manifests(request, route);
  if (route.kind == "blobs") response = Blobs(request, route);
  if (route.kind == "uploads") response = Uploads(request, route);
  if (route.kind == "referrers" && options_.referrers_api) response = Referrers(request, route);
  if (route.kind == "tags") response = Tags(request, route);
  if (route.kind == "_catalog") response = Catalog(request);
  response.Set("Docker-Distribution-Api-Version", "registry/2.0");
  return response;
}

HttpResponse Handlers::Referrers(const HttpRequest& request, const Route& route) const {
  if (!IsDigest(route.name)) return Refuse(400, "DIGEST_INVALID", "no digest");
  std::vector<ListedManifest> list = storage_.Referrers(route.repository, route.name);
  HttpResponse response;
  response.Set("Content-Type", std::string(kIndexType));
  const std::string type = request.Param("artifactType");
  std::string again = "?";
  if (options_.referrers_filter && !type.empty()) {
    std::erase_if(list, [&](const auto& entry) { return entry.facts.artifact_type != type; });
    response.Set("OCI-Filters-Applied", "artifactType");
  }
  if (!type.empty()) again += "artifactType=" + UrlEncode(type) + "&";
  const std::size_t first = std::min(Number(request.Param("from")), list.size());
  const std::size_t left = list.size() - first;
  const std::size_t count = options_.page_size == 0 ? left : std::min(left, options_.page_size);
  if (count < left) {
    response.Set("Link", "<" + base_url_ + request.path + again +
                             "from=" + std::to_string(first + count) + ">; rel=\"next\"");
  }
  const auto begin = list.begin() + static_cast<std::ptrdiff_t>(first);
  response.body = ReferrersIndex({begin, begin + static_cast<std::ptrdiff_t>(count)});
  return response;
}

HttpResponse Handlers::Tags(const HttpRequest& request, const Route& route) const {
  if (!storage_.Knows(route.repository)) return Refuse(404, "NAME_UNKNOWN", "unknown name");
  return Names(request, "tags", storage_.Tags(route.repository), route.repository);
}

HttpResponse Handlers::Catalog(const HttpRequest& request) const {
  return Names(request, "repositories", storage_.Repositories(), {});
}

HttpResponse Handlers::Names(const HttpRequest& request, std::string_view member,
                             std::vector<std::string> names, std::string_view repository) const {
  const std::string last = request.Param("last");
  names.erase(names.begin(), std::upper_bound(names.begin(), names.end(), last));
  std::size_t count = names.size();
  if (options_.page_size != 0) count = std::min(count, options_.page_size);
  if (const std::string n = request.Param("n"); !n.empty()) count = std::min(count, Number(n));
  HttpResponse response;
  response.Set("Content-Type", "application/json");
  if (count != 0 && count < names.size()) {
    response.Set("Link", "<" + base_url_ + request.path + "?n=" + std::to_string(count) +
                             "&last=" + UrlEncode(names[count - 1]) + ">; rel=\"next\"");
  }
  names.resize(count);
  response.body = NameList(member, names, repository);
  return response;
}

}  // namespace hallmark::test
