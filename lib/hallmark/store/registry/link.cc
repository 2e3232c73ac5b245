#include "hallmark/store/registry/internal/link.h"

#include <algorithm>
#include <string_view>

#include "hallmark/base/printable.h"

namespace hallmark::store::registry {
namespace {

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lowered;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(start);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// One ";name=value" of a link.
bool IsRelNext(std::string_view param) {
  const std::size_t equals = param.find('=');
  if (equals == std::string_view::npos) return false;
  std::string_view value = Trimmed(param.substr(equals + 1));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  return Lowered(Trimmed(param.substr(0, equals))) == "rel" && Lowered(value) == "next";
}

bool HasRelNext(std::string_view params) {
  while (!params.empty()) {
    params.remove_prefix(1);  // ';'
    const std::size_t end = std::min(params.find(';'), params.size());
    if (IsRelNext(params.substr(0, end))) return true;
    params.remove_prefix(end);
  }
  return false;
}

// Commas separate links; inside <...> they belong to the target.
std::optional<std::string> NextIn(std::string_view line) {
  while (true) {
    const std::size_t open = line.find('<');
    if (open == std::string_view::npos) return std::nullopt;
    const std::size_t close = line.find('>', open);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view rest = line.substr(close + 1);
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view params = Trimmed(rest.substr(0, comma));
    if (params.starts_with(';') && HasRelNext(params)) {
      return std::string(line.substr(open + 1, close - open - 1));
    }
    line = rest.substr(comma);
  }
}

}  // namespace

std::optional<std::string> NextLink(const net::Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (Lowered(name) != "link") continue;
    if (auto next = NextIn(value)) return next;
  }
  return std::nullopt;
}

Result<std::optional<Url>> NextPage(const Answer& answer) {
  const std::optional<std::string> link = NextLink(answer.response);
  if (!link) return std::optional<Url>();
  Result<Url> url = ResolveUrl(answer.url, *link);
  if (!url.ok()) return std::move(url).error().While(answer.Asked() + ": next page");
  if (!SameOrigin(url.value(), answer.url)) {
    return Error(ErrorCode::kProtocol, answer.Asked() + ": the next page is at another host, " +
                                           Printable(url.value().Authority()));
  }
  return std::optional<Url>(std::move(url).value());
}

}  // namespace hallmark::store::registry
