#include "hallmark/store/registry/internal/redirect.h"

#include <string>

#include "hallmark/base/printable.h"

namespace hallmark::store::registry {
namespace {

Error Complain(const Answer& answer, const std::string& why) {
  return Error(ErrorCode::kProtocol,
               answer.Asked() + ": " + std::to_string(answer.status()) + ": " + why);
}

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<Url> FollowLocation(const Answer& answer, bool allow_plain_http) {
  const std::string* location = answer.response.Header("Location");
  if (location == nullptr) return Complain(answer, "no Location");
  const Result<Url> target = ResolveUrl(answer.url, *location);
  if (!target.ok()) return Complain(answer, "Location: " + target.error().message());
  const Url& url = target.value();
  if (url.scheme == Scheme::kHttp) {
    const std::string where = Printable(url.Authority());
    if (answer.url.scheme == Scheme::kHttps) {
      return Complain(answer, "leads from https to http (" + where + "); refused");
    }
    if (!allow_plain_http && !IsLoopback(url.host)) {
      return Complain(answer, "leads to plain http (" + where + "); refused");
    }
  }
  return target;
}

}  // namespace

Result<std::optional<Url>> NextHop(const Answer& answer, bool allow_plain_http) {
  if (!IsRedirect(answer.status())) return std::optional<Url>();
  const bool is_read = answer.method == "GET" || answer.method == "HEAD";
  if (!is_read && answer.status() != 307 && answer.status() != 308) {
    return Complain(answer, "a redirect that would change the method");
  }
  HALLMARK_ASSIGN(Url url, FollowLocation(answer, allow_plain_http));
  return std::optional<Url>(std::move(url));
}

Result<Url> UploadLocation(const Answer& answer, bool allow_plain_http) {
  return FollowLocation(answer, allow_plain_http);
}

}  // namespace hallmark::store::registry
