#include "hallmark/store/registry/internal/session.h"

#include <utility>
#include <vector>

#include "hallmark/store/registry/internal/redirect.h"
#include "hallmark/store/registry/internal/retry_after.h"

namespace hallmark::store::registry {
namespace {

// A registry that answers "again in 0 seconds" for ever is not asked for ever.
constexpr int kMaxWaits = 8;

// How TLS servers answer plain http: Go's net/http, nginx and Apache.
bool WantsTls(const net::Response& response) {
  if (response.status != 400) return false;
  const std::string_view body = AsText(response.body);
  return body.find("HTTP request to an HTTPS server") != std::string_view::npos ||
         body.find("plain HTTP request was sent to HTTPS port") != std::string_view::npos ||
         body.find("speaking plain HTTP to an SSL-enabled server port") != std::string_view::npos;
}

std::vector<Scheme> Candidates(const Host& host, const RegistryOptions& options) {
  if (host.loopback && !options.prefer_https_on_loopback) return {Scheme::kHttp, Scheme::kHttps};
  if (host.loopback || options.allow_plain_http) return {Scheme::kHttps, Scheme::kHttp};
  return {Scheme::kHttps};
}

bool IsRead(const Call& call) { return call.method == "GET" || call.method == "HEAD"; }

// Could be the other scheme's doing: no TLS there, or TLS bytes read as HTTP.
bool MayBeScheme(const Error& error) {
  return error.code() == ErrorCode::kUnavailable || error.code() == ErrorCode::kProtocol;
}

// Which of two schemes was meant is not known when both failed; the reader shall see both.
Error Both(std::optional<Error> first, Error second) {
  if (!first) return second;
  return Error(first->code(), first->message() + "; by the other scheme: " + second.message());
}

}  // namespace

// One request on its way, with what goes along on this hop.
struct Session::Hop {
  const Call& call;
  std::optional<Url> url;  // nullopt: the call's target at the registry
  std::optional<std::string> authorization;
};

Host& Session::HostOf(const std::string& registry) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<Host>& host = hosts_[registry];
  if (host == nullptr) host = std::make_unique<Host>(registry);
  return *host;
}

Result<Answer> Session::Exchange(const Context& context, Host& host, const Call& call) {
  for (int waits = 0;; ++waits) {
    HALLMARK_ASSIGN(Answer answer, Authenticated(context, host, call));
    const auto asked_to_wait = RetryAfter(answer.response);
    if (!asked_to_wait || waits == kMaxWaits) return answer;
    if (!Wait(context, *asked_to_wait).ok()) return answer;  // 429 or 503 stays the answer
  }
}

Result<Answer> Session::Authenticated(const Context& context, Host& host, const Call& call) {
  const auto known = authenticator_.Known(context, host, call.scope);
  HALLMARK_ASSIGN(Answer answer, Followed(context, host, call, known));
  if (answer.status() != 401 || answer.left_origin) return answer;
  host.asked_for_login = true;
  HALLMARK_ASSIGN(std::string authorization,
                  authenticator_.Answer401(context, host, call.scope, answer, known));
  return Followed(context, host, call, std::move(authorization));
}

Result<Answer> Session::Followed(const Context& context, Host& host, const Call& call,
                                 const std::optional<std::string>& authorization) {
  Hop hop{call, call.elsewhere, authorization};
  bool left_origin = hop.url && !SameOrigin(*hop.url, host.At(host.scheme.load(), call.target));
  for (int hops = 0;; ++hops) {
    // Once away, never again: a way back home may have been paved by a stranger (CVE-2024-45336).
    if (left_origin) hop.authorization.reset();
    HALLMARK_ASSIGN(Answer answer, AtTarget(context, host, hop));
    answer.left_origin = left_origin;
    HALLMARK_ASSIGN(std::optional<Url> next, NextHop(answer, options_.allow_plain_http));
    if (!next) return answer;
    if (hops == kMaxRedirects) {
      return Error(ErrorCode::kProtocol, answer.Asked() + ": more than 5 redirects");
    }
    left_origin = left_origin || !SameOrigin(*next, answer.url);
    hop.url = std::move(next);
  }
}

Result<Answer> Session::AtTarget(const Context& context, Host& host, const Hop& hop) {
  if (hop.url) return Once(context, host, hop, *hop.url);
  if (!host.scheme_known) return Negotiated(context, host, hop);
  return Once(context, host, hop, host.At(host.scheme, hop.call.target));
}

Result<Answer> Session::Negotiated(const Context& context, Host& host, const Hop& hop) {
  std::optional<Error> first_error;
  for (const Scheme scheme : Candidates(host, options_)) {
    Result<Answer> answer = Once(context, host, hop, host.At(scheme, hop.call.target));
    if (answer.ok() && !(scheme == Scheme::kHttp && WantsTls(answer.value().response))) {
      host.scheme = scheme;
      host.scheme_known = true;
      return answer;
    }
    if (answer.ok()) {
      first_error.reset();  // it speaks TLS: what https says is the answer
      continue;
    }
    if (!MayBeScheme(answer.error())) return answer;
    first_error = Both(std::move(first_error), std::move(answer).error());
  }
  if (first_error) return std::move(*first_error);
  return Error(ErrorCode::kUnavailable, host.registry + ": speaks neither http nor https");
}

Result<Answer> Session::Once(const Context& context, Host& host, const Hop& hop, const Url& url) {
  net::Request request{hop.call.method, url.ToString(), hop.call.headers, hop.call.body,
                       hop.call.max_response_bytes};
  if (hop.authorization) request.headers.emplace_back("Authorization", *hop.authorization);
  Result<net::Response> response = http_.Send(context, request);
  // A kept connection may have been closed while it was idle; asking again is no retry of theirs.
  if (!response.ok() && response.error().code() == ErrorCode::kUnavailable && host.answered &&
      IsRead(hop.call)) {
    response = http_.Send(context, request);
  }
  Answer answer{{}, hop.call.method, url, false};
  if (!response.ok()) return std::move(response).error().While(answer.Asked());
  host.answered = true;
  answer.response = std::move(response).value();
  return answer;
}

}  // namespace hallmark::store::registry
