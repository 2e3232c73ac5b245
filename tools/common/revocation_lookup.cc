#include "tools/common/revocation_lookup.h"

#include <utility>

#include "tools/common/config_places.h"

namespace hallmark::cli {
namespace {

net::CurlOptions ClientOptions(const Session& session) {
  net::CurlOptions options;
  options.user_agent = "hallmark/" HALLMARK_VERSION;
  // In capitals a CGI program would take it from a request's "Proxy" header.
  options.plain_proxy = session.environment.Text("http_proxy");
  options.no_proxy = session.environment.Text("NO_PROXY");
  if (!options.no_proxy) options.no_proxy = session.environment.Text("no_proxy");
  options.open_no_sockets = session.arguments.Has("offline");
  options.refuse_local_addresses = !session.arguments.Has("local-revocation");
  return options;
}

}  // namespace

Result<net::HttpClient*> LazyClient::Client() {
  const std::lock_guard lock(mutex_);
  if (client_ == nullptr) {
    HALLMARK_ASSIGN(client_, net::MakeCurlClient(options_));
  }
  return client_.get();
}

Result<net::Response> LazyClient::Send(const Context& context, const net::Request& request) {
  HALLMARK_ASSIGN(net::HttpClient * client, Client());
  return client->Send(context, request);
}

RevocationLookup::RevocationLookup(const Session& session)
    : client_(ClientOptions(session)),
      // What another time is asked about is no business of the next run.
      cache_(session.arguments.Has("as-of") ? std::filesystem::path()
                                            : RevocationFolder(session.environment)),
      checker_(client_, &cache_) {}

}  // namespace hallmark::cli
