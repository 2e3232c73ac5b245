#include "tests/support/registry.h"

#include <fstream>
#include <mutex>
#include <utility>

#include "tests/support/registry/auth.h"
#include "tests/support/registry/faults.h"
#include "tests/support/registry/handlers.h"
#include "tests/support/registry/http.h"
#include "tests/support/registry/tls.h"

namespace hallmark::test {

struct Registry::Impl {
  explicit Impl(RegistryOptions given)
      : options(std::move(given)),
        identity(options.tls ? std::make_unique<TlsIdentity>() : nullptr),
        server(options.port, identity ? identity->context() : nullptr,
               [this](Connection& connection, const HttpRequest& request) {
                 return Serve(connection, request);
               }) {
    const std::string base = Url();
    auth = std::make_unique<Auth>(options, base);
    handlers = std::make_unique<Handlers>(options, storage,
                                          options.relative_locations ? std::string() : base);
    if (!options.log_file.empty()) log.open(options.log_file, std::ios::app);
    const std::lock_guard lock(mutex);
    ready = true;
    started.notify_all();
  }

  std::string Url() const {
    return (options.tls ? "https://127.0.0.1:" : "http://127.0.0.1:") +
           std::to_string(server.port());
  }

  HttpResponse TrueAnswer(const HttpRequest& request);
  bool Serve(Connection& connection, const HttpRequest& request);
  void Record(const Connection& connection, const HttpRequest& request, int status);

  const RegistryOptions options;
  Storage storage;
  FaultList faults;
  std::unique_ptr<Auth> auth;
  std::unique_ptr<Handlers> handlers;
  std::mutex mutex;
  std::condition_variable started;
  bool ready = false;
  std::vector<RequestRecord> records;
  std::ofstream log;
  std::unique_ptr<TlsIdentity> identity;
  HttpServer server;  // last: its threads end before anything above goes
};

HttpResponse Registry::Impl::TrueAnswer(const HttpRequest& request) {
  if (request.path == "/token") return auth->Token(request);
  if (request.path.starts_with("/v2")) {
    if (std::optional<HttpResponse> refused = auth->Check(request)) return std::move(*refused);
  }
  return handlers->Handle(request);
}

bool Registry::Impl::Serve(Connection& connection, const HttpRequest& request) {
  {
    std::unique_lock lock(mutex);
    started.wait(lock, [this] { return ready; });
  }
  const std::optional<Fault> fault = faults.Match(request);
  HttpResponse response;
  if (!fault) {
    response = TrueAnswer(request);
  } else {
    if (NeedsTrueAnswer(fault->kind)) response = TrueAnswer(Rewrite(*fault, request));
    Change(*fault, request, response);
  }
  // Told before the answer leaves, so that whoever has the answer finds the record.
  Record(connection, request, response.status);
  return fault ? SendFaulty(*fault, server, connection, request, response)
               : connection.Answer(request, response);
}

void Registry::Impl::Record(const Connection& connection, const HttpRequest& request, int status) {
  const std::lock_guard lock(mutex);
  const RequestRecord& record = records.emplace_back(
      RequestRecord{request.method, request.path, request.query, request.headers,
                    request.body.size(), status, connection.number()});
  if (log.is_open()) log << LogLine(record) << std::endl;
}

Registry::Registry(RegistryOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Registry::~Registry() = default;

std::uint16_t Registry::port() const { return impl_->server.port(); }
std::string Registry::host() const { return "127.0.0.1:" + std::to_string(port()); }
std::string Registry::url() const { return impl_->Url(); }

std::string Registry::certificate_pem() const {
  return impl_->identity ? impl_->identity->certificate_pem() : std::string();
}

void Registry::AddFault(Fault fault) { impl_->faults.Add(std::move(fault)); }
void Registry::ClearFaults() { impl_->faults.Clear(); }

std::string Registry::PutBlob(std::string_view repository, std::string_view bytes) {
  std::string digest = Sha256Of(bytes);
  impl_->storage.PutBlob(std::string(repository), digest, std::string(bytes));
  return digest;
}

std::string Registry::PutManifest(std::string_view repository, std::string_view tag,
                                  std::string_view media_type, std::string_view bytes) {
  std::string digest = Sha256Of(bytes);
  StoredManifest manifest{.digest = digest,
                          .media_type = std::string(media_type),
                          .bytes = std::string(bytes),
                          .facts = ReadManifest(bytes).value_or(ManifestFacts())};
  impl_->storage.PutManifest(std::string(repository), std::string(tag), std::move(manifest), {});
  return digest;
}

std::string Registry::Manifest(std::string_view repository, std::string_view reference) const {
  const auto manifest = impl_->storage.Manifest(std::string(repository), std::string(reference));
  return manifest ? manifest->bytes : std::string();
}

std::string Registry::Blob(std::string_view repository, std::string_view digest) const {
  return impl_->storage.Blob(std::string(repository), std::string(digest)).value_or("");
}

std::vector<std::string> Registry::Tags(std::string_view repository) const {
  return impl_->storage.Tags(std::string(repository));
}

void Registry::CorruptBlob(std::string_view repository, std::string_view digest,
                           std::string_view bytes) {
  impl_->storage.PutBlob(std::string(repository), std::string(digest), std::string(bytes));
}

void Registry::CorruptManifest(std::string_view repository, std::string_view digest,
                               std::string_view bytes) {
  impl_->storage.ReplaceManifest(std::string(repository), std::string(digest), std::string(bytes));
}

void Registry::Delete(std::string_view repository, std::string_view reference) {
  const std::string place(repository);
  const std::string name(reference);
  if (!impl_->storage.DeleteManifest(place, name)) impl_->storage.DeleteBlob(place, name);
}

std::vector<RequestRecord> Registry::requests() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->records;
}

void Registry::ClearRequests() {
  const std::lock_guard lock(impl_->mutex);
  impl_->records.clear();
}

std::size_t Registry::connections() const {
  return static_cast<std::size_t>(impl_->server.connections());
}

}  // namespace hallmark::test
