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

// Whether `rels`, names apart by spaces, has "next".
bool HasNext(std::string_view rels) {
  while (!rels.empty()) {
    const std::size_t end = std::min(rels.find_first_of(" \t"), rels.size());
    if (Lowered(rels.substr(0, end)) == "next") return true;
    rels.remove_prefix(std::min(end + 1, rels.size()));
  }
  return false;
}

// Reads one Link line (RFC 8288 section 3). A line it cannot follow is an error and never the last
// page: links that are not understood may be the ones that matter.
class LinkReader {
 public:
  explicit LinkReader(std::string_view line) : rest_(line) {}

  Result<std::optional<std::string>> Next() {
    while (true) {
      SkipSpaces();
      if (rest_.empty()) return std::optional<std::string>();
      if (Take(',')) continue;
      HALLMARK_ASSIGN(std::string target, Target());
      HALLMARK_ASSIGN(const bool is_next, Params());
      if (is_next) return std::optional<std::string>(std::move(target));
    }
  }

 private:
  static Error Complain(const std::string& what) {
    return Error(ErrorCode::kProtocol, "the Link header is not understood: " + what);
  }

  void SkipSpaces() { rest_ = Trimmed(rest_); }

  bool Take(char wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Commas and semicolons inside <...> belong to the target.
  Result<std::string> Target() {
    if (!Take('<')) return Complain("a link without <");
    const std::size_t close = rest_.find('>');
    if (close == std::string_view::npos) return Complain("< without >");
    std::string target(rest_.substr(0, close));
    rest_.remove_prefix(close + 1);
    return target;
  }

  // The parameters up to the next link; whether one of them is rel=next.
  Result<bool> Params() {
    bool is_next = false;
    while (true) {
      SkipSpaces();
      if (rest_.empty() || Take(',')) return is_next;
      if (!Take(';')) return Complain("neither ; nor , behind a link");
      const std::size_t end = std::min(rest_.find_first_of("=;,"), rest_.size());
      const std::string name = Lowered(Trimmed(rest_.substr(0, end)));
      rest_.remove_prefix(end);
      if (!Take('=')) continue;
      SkipSpaces();
      HALLMARK_ASSIGN(const std::string value, Take('"') ? Quoted() : Unquoted());
      if (name == "rel" && HasNext(value)) is_next = true;
    }
  }

  Result<std::string> Quoted() {
    std::string value;
    while (!rest_.empty()) {
      if (Take('"')) return value;
      if (Take('\\') && rest_.empty()) break;
      value += rest_.front();
      rest_.remove_prefix(1);
    }
    return Complain("a quote does not end");
  }

  Result<std::string> Unquoted() {
    const std::size_t end = std::min(rest_.find_first_of(";,"), rest_.size());
    std::string value(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return value;
  }

  std::string_view rest_;
};

}  // namespace

Result<std::optional<std::string>> NextLink(const net::Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (Lowered(name) != "link") continue;
    HALLMARK_ASSIGN(std::optional<std::string> next, LinkReader(value).Next());
    if (next) return next;
  }
  return std::optional<std::string>();
}

Result<std::optional<Url>> NextPage(const Answer& answer) {
  Result<std::optional<std::string>> link = NextLink(answer.response);
  if (!link.ok()) return std::move(link).error().While(answer.Asked());
  if (!link.value()) return std::optional<Url>();
  Result<Url> url = ResolveUrl(answer.url, *link.value());
  if (!url.ok()) return std::move(url).error().While(answer.Asked() + ": next page");
  if (!SameOrigin(url.value(), answer.url)) {
    return Error(ErrorCode::kProtocol, answer.Asked() + ": the next page is at another host, " +
                                           Printable(url.value().Authority()));
  }
  return std::optional<Url>(std::move(url).value());
}

}  // namespace hallmark::store::registry
