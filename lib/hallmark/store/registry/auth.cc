#include "hallmark/store/registry/internal/auth.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/store/registry/internal/realm.h"
#include "hallmark/store/registry/internal/token_answer.h"

namespace hallmark::store::registry {
namespace {

using Lock = std::unique_lock<std::timed_mutex>;

std::string BearerValue(const Token& token) {
  return "Bearer " + std::string(AsText(token.secret.ExposeSecret()));
}

std::string BasicValue(const Credential& login) {
  const std::string pair = login.username + ":" + std::string(AsText(login.secret.ExposeSecret()));
  return "Basic " + encoding::ToBase64(AsBytes(pair));
}

std::optional<std::string> KnownLocked(const Host& host, const Scope& scope) {
  if (host.wants_basic && host.login) return BasicValue(*host.login);
  // A token that may push may also pull.
  for (const bool push : {scope.push, true}) {
    const auto token = host.tokens.find(Scope{scope.repository, push}.ToString());
    if (token != host.tokens.end() && token->second.expires > std::chrono::steady_clock::now()) {
      return BearerValue(token->second);
    }
  }
  return std::nullopt;
}

void Forget(Host& host, const std::string& refused) {
  std::erase_if(host.tokens,
                [&](const auto& entry) { return BearerValue(entry.second) == refused; });
}

const Challenge* FindScheme(const std::vector<Challenge>& challenges, std::string_view scheme) {
  const auto found = std::find_if(challenges.begin(), challenges.end(),
                                  [&](const Challenge& c) { return c.scheme == scheme; });
  return found == challenges.end() ? nullptr : &*found;
}

std::string ParamOf(const Challenge& challenge, const std::string& name) {
  const auto param = challenge.params.find(name);
  return param == challenge.params.end() ? "" : param->second;
}

Error Refused(const Answer& answer, const std::string& why) {
  return Error(ErrorCode::kDenied,
               answer.Asked() + ": " + std::to_string(answer.status()) + ", " + why);
}

std::string TokenQuery(const Challenge& challenge, const Scope& scope) {
  std::string query = "service=" + PercentEncode(ParamOf(challenge, "service"));
  if (!scope.repository.empty()) query += "&scope=" + PercentEncode(scope.ToString());
  return query;
}

// The OAuth2 form of the token protocol, for identity tokens: the secret travels in the body.
std::string RefreshForm(const Challenge& challenge, const Scope& scope, const Credential& login) {
  return "grant_type=refresh_token&client_id=hallmark&" + TokenQuery(challenge, scope) +
         "&refresh_token=" + PercentEncode(AsText(login.secret.ExposeSecret()));
}

}  // namespace

std::string Scope::ToString() const {
  return "repository:" + repository + (push ? ":pull,push" : ":pull");
}

std::optional<std::string> Authenticator::Known(const Context& context, Host& host,
                                                const Scope& scope) {
  const Lock lock(host.auth_mutex, context.deadline);
  return lock.owns_lock() ? KnownLocked(host, scope) : std::nullopt;
}

Result<std::string> Authenticator::Answer401(const Context& context, Host& host, const Scope& scope,
                                             const Answer& answer,
                                             const std::optional<std::string>& refused) {
  const Lock lock(host.auth_mutex, context.deadline);
  if (!lock.owns_lock()) return Error(ErrorCode::kTimeout, "log in to " + host.registry);
  if (refused) {
    Forget(host, *refused);
    if (refused->starts_with("Basic ")) return Refused(answer, "the login was refused");
  }
  // Another thread may have logged in since.
  if (auto known = KnownLocked(host, scope)) return std::move(*known);
  HALLMARK_RETURN_IF_ERROR(LookUp(context, host));
  const std::vector<Challenge> challenges = ParseChallenges(answer.response);
  if (const Challenge* bearer = FindScheme(challenges, "bearer")) {
    return Bearer(context, host, scope, answer, *bearer);
  }
  if (FindScheme(challenges, "basic") != nullptr) return Basic(host, answer);
  return Refused(answer, "it asks for a kind of login that is neither Basic nor Bearer");
}

Result<Done> Authenticator::LookUp(const Context& context, Host& host) {
  if (host.looked_up) return Done{};
  Result<std::optional<Credential>> login = options_.credentials(context, host.registry);
  if (!login.ok()) {
    return std::move(login).error().While("log in to " + Printable(host.registry));
  }
  host.login = std::move(login).value();
  host.looked_up = true;
  return Done{};
}

Result<std::string> Authenticator::Basic(Host& host, const Answer& answer) {
  if (!host.login) return Refused(answer, "there is no login for " + host.registry);
  if (host.login->is_identity_token) {
    return Refused(answer, "it wants a password and there is an identity token only");
  }
  host.wants_basic = true;
  return BasicValue(*host.login);
}

Result<std::string> Authenticator::Bearer(const Context& context, Host& host, const Scope& scope,
                                          const Answer& answer, const Challenge& challenge) {
  const std::string untrusted_realm = ParamOf(challenge, "realm");
  const Result<Url> realm = ParseUrl(untrusted_realm);
  if (!realm.ok()) return Refused(answer, "its token realm: " + realm.error().message());
  const bool may =
      host.login
          ? MayReceiveLogin(host.registry, answer.url, realm.value(), options_.token_realms)
          : MayBeAskedAnonymously(host.registry, answer.url, realm.value(), options_.token_realms);
  if (!may) {
    return Refused(answer, "its token realm " + Printable(realm.value().ToString()) +
                               " is not trusted with a login for " + host.registry);
  }
  Result<Token> token = FetchToken(context, host, scope, challenge, realm.value());
  if (!token.ok()) return std::move(token).error().While("log in to " + host.registry);
  std::string value = BearerValue(token.value());
  host.tokens.insert_or_assign(scope.ToString(), std::move(token).value());
  return value;
}

Result<Token> Authenticator::FetchToken(const Context& context, const Host& host,
                                        const Scope& scope, const Challenge& challenge,
                                        const Url& realm) {
  const bool refresh = host.login && host.login->is_identity_token;
  Url url = realm;
  std::string form;
  net::Request request{"GET", "", {{"Accept", "application/json"}}, {}, kMaxErrorBytes};
  if (refresh) {
    form = RefreshForm(challenge, scope, *host.login);
    request.method = "POST";
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = AsBytes(form);
  } else {
    url.query += (url.query.empty() ? "" : "&") + TokenQuery(challenge, scope);
    if (host.login) request.headers.emplace_back("Authorization", BasicValue(*host.login));
  }
  request.url = url.ToString();
  const auto asked = std::chrono::steady_clock::now();
  HALLMARK_ASSIGN(net::Response response, http_.Send(context, request));
  Answer answer{std::move(response), request.method, url, false};
  // Redirects are not followed: they would carry the login on.
  if (answer.status() != 200) return StatusError(answer);
  Result<Token> token = ParseTokenAnswer(answer.response.body, asked);
  if (!token.ok()) return std::move(token).error().While(answer.Asked());
  return token;
}

}  // namespace hallmark::store::registry
