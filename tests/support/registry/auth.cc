#include "tests/support/registry/auth.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "tests/support/registry/handlers.h"

namespace hallmark::test {
namespace {

std::string BasicHeader(const std::string& login) {
  if (login.empty()) return {};
  std::string text(sodium_base64_ENCODED_LEN(login.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(login.data()),
                    login.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the NUL that libsodium counts
  return "Basic " + text;
}

bool Reads(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

std::string ScopeOf(const HttpRequest& request) {
  const Route route = ReadRoute(request.path);
  if (route.kind == "_catalog") return "registry:catalog:*";
  if (route.repository.empty()) return {};
  return "repository:" + route.repository + (Reads(request) ? ":pull" : ":pull,push");
}

std::vector<std::string> Words(const std::string& text, char separator) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// "repository:app:pull,push" as one entry an action.
std::vector<std::string> Actions(const std::string& scope) {
  const std::size_t colon = scope.rfind(':');
  if (colon == std::string::npos) return {};
  std::vector<std::string> entries;
  for (const std::string& action : Words(scope.substr(colon + 1), ',')) {
    entries.push_back(scope.substr(0, colon + 1) + action);
  }
  return entries;
}

}  // namespace

Auth::Auth(const RegistryOptions& options, std::string own_url)
    : options_(options), own_url_(std::move(own_url)), basic_header_(BasicHeader(options.basic)) {}

std::optional<HttpResponse> Auth::Check(const HttpRequest& request) {
  const std::string* given = request.Header("Authorization");
  if (!options_.token_auth) {
    const bool ok = basic_header_.empty() || (given != nullptr && *given == basic_header_);
    return ok ? std::nullopt : std::optional(Challenge({}, false));
  }
  const std::string scope = ScopeOf(request);
  if (given == nullptr || !given->starts_with("Bearer ")) return Challenge(scope, false);
  const std::lock_guard lock(mutex_);
  const auto token = tokens_.find(given->substr(7));
  if (token == tokens_.end()) return Challenge(scope, false);
  for (const std::string& action : Actions(scope)) {
    if (!token->second.contains(action)) return Challenge(scope, true);
  }
  return std::nullopt;
}

HttpResponse Auth::Challenge(const std::string& scope, bool insufficient) const {
  HttpResponse response = Refuse(401, "UNAUTHORIZED", "authentication required");
  if (!options_.token_auth) {
    response.Set("WWW-Authenticate", "Basic realm=\"hallmark-test-registry\"");
    return response;
  }
  const std::string realm =
      options_.token_realm.empty() ? own_url_ + "/token" : options_.token_realm;
  std::string text = "Bearer realm=\"" + realm + "\",service=\"" + options_.token_service + "\"";
  if (!scope.empty()) text += ",scope=\"" + scope + "\"";
  if (insufficient) text += ",error=\"insufficient_scope\"";
  response.Set("WWW-Authenticate", text);
  return response;
}

HttpResponse Auth::Token(const HttpRequest& request) {
  const bool post = request.method == "POST";
  const std::string& form = post ? request.body : request.query;
  std::vector<std::string> scopes;
  for (const std::string& value : FormValues(form, "scope")) {
    for (std::string& scope : Words(value, ' ')) scopes.push_back(std::move(scope));
  }
  const std::string* login = request.Header("Authorization");
  const bool open = basic_header_.empty() && options_.refresh_token.empty();
  const bool known = post ? Knows(form) : login != nullptr && *login == basic_header_;
  if (open || known) return Grant(scopes, true);
  const bool anonymous = !post && login == nullptr;
  if (anonymous && options_.anonymous_pull) return Grant(scopes, false);
  return Refuse(401, "UNAUTHORIZED", "no such login");
}

bool Auth::Knows(const std::string& form) const {
  const auto field = [&](std::string_view name) {
    const std::vector<std::string> values = FormValues(form, name);
    return values.empty() ? std::string() : values.front();
  };
  if (field("grant_type") == "refresh_token") {
    return !options_.refresh_token.empty() && field("refresh_token") == options_.refresh_token;
  }
  return field("grant_type") == "password" && !options_.basic.empty() &&
         field("username") + ":" + field("password") == options_.basic;
}

HttpResponse Auth::Grant(const std::vector<std::string>& scopes, bool may_push) {
  const std::lock_guard lock(mutex_);
  const std::string token = "token-" + std::to_string(++counter_) + "-of-the-test-registry";
  for (const std::string& scope : scopes) {
    for (const std::string& action : Actions(scope)) {
      if (may_push || action.ends_with(":pull")) tokens_[token].insert(action);
    }
  }
  tokens_[token];
  return {200, {{"Content-Type", "application/json"}}, TokenBody(token)};
}

}  // namespace hallmark::test
