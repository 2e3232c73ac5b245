#include "hallmark/store/registry/internal/host.h"

#include <charconv>
#include <utility>

namespace hallmark::store::registry {
namespace {

// docker.io names a brand; its registry answers elsewhere (distribution/reference).
std::string Asked(std::string_view registry) {
  return std::string(registry == "docker.io" ? "registry-1.docker.io" : registry);
}

std::size_t PortColon(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const std::size_t bracket = authority.rfind(']');
  if (bracket != std::string_view::npos && colon < bracket) return std::string_view::npos;
  return colon;
}

std::uint16_t PortOf(std::string_view authority) {
  const std::size_t colon = PortColon(authority);
  std::uint16_t port = 0;
  if (colon == std::string_view::npos) return port;
  std::from_chars(authority.data() + colon + 1, authority.data() + authority.size(), port);
  return port;
}

std::string NameOf(std::string_view authority) {
  return std::string(authority.substr(0, PortColon(authority)));
}

}  // namespace

Host::Host(std::string registry_name)
    : registry(std::move(registry_name)),
      name(NameOf(Asked(registry))),
      port(PortOf(Asked(registry))),
      loopback(IsLoopback(name)) {}

Url Host::At(Scheme by, std::string_view path_and_query) const {
  const std::size_t mark = path_and_query.find('?');
  Url url;
  url.scheme = by;
  url.host = name;
  url.port = port != 0 ? port : static_cast<std::uint16_t>(by == Scheme::kHttp ? 80 : 443);
  url.path = std::string(path_and_query.substr(0, mark));
  if (mark != std::string_view::npos) url.query = std::string(path_and_query.substr(mark + 1));
  return url;
}

}  // namespace hallmark::store::registry
