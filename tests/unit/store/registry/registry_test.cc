#include "tests/unit/store/registry/registry_test.h"

#include <utility>

namespace hallmark::store {
namespace {

std::unique_ptr<net::HttpClient> MakeHttp() {
  net::CurlOptions options;
  options.user_agent = "hallmark-test/1";
  return testing::Must(net::MakeCurlClient(std::move(options)));
}

RegistryOptions WithLookup(RegistryOptions options) {
  if (!options.credentials) options.credentials = NoLogins();
  return options;
}

}  // namespace

CredentialLookup LoginFor(std::string registry, std::string username, std::string password,
                          bool is_identity_token) {
  return [=](const Context&, std::string_view asked) -> Result<std::optional<Credential>> {
    if (asked != registry) return std::optional<Credential>();
    Bytes secret = ToBytes(password);
    return std::optional<Credential>(
        Credential{username, Secret::TakeAndWipe(secret), is_identity_token});
  };
}

CredentialLookup NoLogins() {
  return [](const Context&, std::string_view) -> Result<std::optional<Credential>> {
    return std::optional<Credential>();
  };
}

Client::Client(RegistryOptions options)
    : http(MakeHttp()), store(*http, WithLookup(std::move(options))) {}

World::World(test::RegistryOptions options) : registry(std::move(options)) {
  for (const oci::Content* blob : {&image.config, &image.layers.front()}) {
    registry.PutBlob("app", AsText(blob->bytes()));
  }
  registry.PutManifest("app", "1.4", image.manifest.descriptor().media_type,
                       AsText(image.manifest.bytes()));
}

oci::Repository World::Repository() const { return testing::Repo(registry.host() + "/app"); }

oci::Reference World::Tag(std::string_view tag) const {
  return oci::Reference::Of(Repository(), std::string(tag), std::nullopt);
}

oci::Reference World::At(const oci::Digest& digest) const {
  return oci::Reference::Of(Repository(), std::nullopt, digest);
}

testing::Referrer World::Referrer(std::string_view payload) const {
  return testing::MakeReferrer(image.manifest.descriptor(), kType, payload);
}

std::vector<std::string> World::Log() const {
  std::vector<std::string> lines;
  for (const test::RequestRecord& request : registry.requests()) {
    lines.push_back(request.method + " " + request.path + " " + std::to_string(request.status));
  }
  return lines;
}

std::size_t World::Authorized() const {
  std::size_t count = 0;
  for (const test::RequestRecord& request : registry.requests()) {
    if (request.Header("Authorization") != nullptr) ++count;
  }
  return count;
}

test::Fault Faulty(std::string_view path, test::Fault::Kind kind) {
  test::Fault fault;
  fault.path = std::string(path);
  fault.kind = kind;
  return fault;
}

test::Fault Answer(std::string_view path, int status, test::HeaderLines headers, std::string body) {
  test::Fault fault = Faulty(path, test::Fault::Kind::kAnswer);
  fault.status = status;
  fault.headers = std::move(headers);
  fault.body = std::move(body);
  return fault;
}

Context Within(std::chrono::milliseconds time) {
  return {std::chrono::steady_clock::now() + time, {}, nullptr};
}

ErrorCode GapOf(const Listing& listing) {
  return listing.gap ? listing.gap->code() : ErrorCode::kInternal;
}

}  // namespace hallmark::store
