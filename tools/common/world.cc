#include "tools/common/world.h"

#include <set>
#include <system_error>
#include <utility>

#include "hallmark/base/printable.h"
#include "tools/common/config_places.h"
#include "tools/common/credentials.h"
#include "tools/common/file_reading.h"

namespace hallmark::cli {
namespace {

constexpr std::chrono::seconds kDefaultTimeout{30};
// Many signers of one image take turns at its fallback tag.
constexpr std::chrono::seconds kSigningTimeout{120};
constexpr std::size_t kMaxCaBytes = std::size_t{8} * 1024 * 1024;

bool Writes(const Verb& verb) { return verb.name == "sign" || verb.name == "attest"; }

// A reference for a local target; a layout of one image needs no tag.
template <class Store>
Result<oci::Reference> LocalReference(const Target& target, Store& store, const Context& context) {
  if (target.tag || target.digest) {
    return oci::Reference::Of(target.repository, target.tag, target.digest);
  }
  HALLMARK_ASSIGN(oci::Digest only, store.OnlyImage(context));
  return oci::Reference::Of(target.repository, std::nullopt, std::move(only));
}

std::string MakeFolder(const std::filesystem::path& folder) {
  if (folder.empty()) return {};
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem || !std::filesystem::is_directory(folder, problem)) return {};
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  return folder.string();
}

std::optional<std::string> Either(const Environment& environment, std::string_view one,
                                  std::string_view other) {
  std::optional<std::string> value = environment.Text(one);
  return value ? value : environment.Text(other);
}

}  // namespace

World::World(const Session& session)
    : session_(session),
      timeout_(Writes(session.verb) ? kSigningTimeout : kDefaultTimeout),
      memory_(MemoryFile(session.environment), session.clock.Now()) {}

World::~World() { memory_.Save(); }

Result<std::unique_ptr<World>> World::Build(const Session& session,
                                            std::span<const Target> targets) {
  std::unique_ptr<World> world(new World(session));
  HALLMARK_RETURN_IF_ERROR(world->ReadFlags());
  for (const Target& target : targets) {
    if (target.kind == TargetKind::kRegistry) continue;
    const Result<Place> place = world->Find(target);
    if (place.ok() || place.error().code() != ErrorCode::kConfig) continue;
    return Error(ErrorCode::kConfig, target.text + ": " + place.error().message());
  }
  HALLMARK_RETURN_IF_ERROR(world->Connect(targets));
  return world;
}

Result<Done> World::ReadFlags() {
  if (const auto text = session_.arguments.Value("timeout")) {
    HALLMARK_ASSIGN(timeout_, ParseDuration(*text, "--timeout"));
  }
  if (session_.arguments.Has("plain-http")) loosened_.emplace_back("--plain-http");
  if (const auto file = session_.arguments.Value("ca-file")) {
    HALLMARK_RETURN_IF_ERROR(ReadFile(*file, kMaxCaBytes));
  }
  return Done{};
}

Result<Done> World::Connect(std::span<const Target> targets) {
  std::set<std::string> registries;
  for (const Target& target : targets) {
    if (target.kind == TargetKind::kRegistry) registries.insert(target.repository.registry());
  }
  if (registries.empty()) return Done{};
  HALLMARK_ASSIGN(credentials_, MakeCredentialLookup(session_, registries));
  for (const std::string& registry : registries) {
    HALLMARK_RETURN_IF_ERROR(ConnectionFor(registry));
  }
  return Done{};
}

Result<net::CurlOptions> World::ClientOptions(const std::string& registry) const {
  const RegistryCertificates certificates = CertificatesFor(session_.environment, registry);
  net::CurlOptions options;
  options.user_agent = "hallmark/" HALLMARK_VERSION;
  options.ca_file = certificates.ca;
  options.client_cert_file = certificates.cert;
  options.client_key_file = certificates.key;
  if (const auto file = session_.arguments.Value("ca-file")) options.ca_file = file;
  options.proxy = Either(session_.environment, "HTTPS_PROXY", "https_proxy");
  options.no_proxy = Either(session_.environment, "NO_PROXY", "no_proxy");
  options.open_no_sockets = session_.arguments.Has("offline");
  return options;
}

store::RegistryOptions World::StoreOptions(bool has_own_ca) {
  store::RegistryOptions options;
  options.credentials = credentials_;
  options.allow_plain_http = session_.arguments.Has("plain-http");
  options.prefer_https_on_loopback = has_own_ca;
  options.known_referrers_api = [this](std::string_view registry) {
    return memory_.HasReferrersApi(registry);
  };
  options.learned_referrers_api = [this](std::string_view registry, bool has_api) {
    memory_.Learn(registry, has_api);
  };
  if (Writes(session_.verb)) {
    options.lock_folder = MakeFolder(LockFolder(session_.environment));
  }
  return options;
}

Result<World::Connection*> World::ConnectionFor(const std::string& registry) {
  HALLMARK_ASSIGN(net::CurlOptions options, ClientOptions(registry));
  const std::string key =
      options.ca_file.value_or("") + "\n" + options.client_cert_file.value_or("");
  const auto [at, fresh] = connections_.try_emplace(key);
  if (fresh) {
    const bool has_own_ca = options.ca_file.has_value();
    HALLMARK_ASSIGN(auto client, net::MakeCurlClient(std::move(options)));
    at->second.client = std::make_unique<DateWatch>(std::move(client));
    // Without a registry among the targets the client is for another server (ClientFor).
    if (credentials_ != nullptr) {
      at->second.store =
          std::make_unique<store::RegistryStore>(*at->second.client, StoreOptions(has_own_ca));
    }
  }
  return &at->second;
}

Result<net::HttpClient*> World::ClientFor(std::string_view flag, const std::string& url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!url.starts_with(scheme)) continue;
    const std::size_t end = std::min(url.find_first_of("/?#", scheme.size()), url.size());
    const std::string authority = url.substr(scheme.size(), end - scheme.size());
    if (authority.empty()) break;
    if (authority.find('@') != std::string::npos) {  // not repeated: it may hold a password
      return Error(ErrorCode::kConfig, std::string(flag) + ": no login is sent; leave it out");
    }
    HALLMARK_ASSIGN(Connection * connection, ConnectionFor(authority));
    return static_cast<net::HttpClient*>(connection->client.get());
  }
  return Error(ErrorCode::kConfig, std::string(flag) + ": want an http or https URL, not \"" +
                                       Printable(url, 100) + "\"");
}

Result<Place> World::FindLayout(const Target& target) {
  std::unique_ptr<store::LayoutStore>& store = layouts_[target.path];
  if (store == nullptr) {
    HALLMARK_ASSIGN(store, store::LayoutStore::Open(target.path));
  }
  HALLMARK_ASSIGN(oci::Reference reference, LocalReference(target, *store, Start(nullptr)));
  return Place{std::move(reference), store.get(), store.get(), nullptr};
}

Result<Place> World::FindArchive(const Target& target) {
  std::unique_ptr<store::ArchiveStore>& store = archives_[target.path];
  if (store == nullptr) {
    HALLMARK_ASSIGN(store, store::ArchiveStore::Open(target.path));
  }
  HALLMARK_ASSIGN(oci::Reference reference, LocalReference(target, *store, Start(nullptr)));
  return Place{std::move(reference), store.get(), nullptr, nullptr};
}

Result<Place> World::Find(const Target& target) {
  if (target.kind == TargetKind::kLayout) return FindLayout(target);
  if (target.kind == TargetKind::kArchive) return FindArchive(target);
  HALLMARK_ASSIGN(Connection * connection, ConnectionFor(target.repository.registry()));
  store::RegistryStore* store = connection->store.get();
  return Place{oci::Reference::Of(target.repository, target.tag, target.digest), store, store,
               store};
}

Result<std::vector<Place>> World::FindWritable(std::span<const Target> targets) {
  std::vector<Place> places;
  for (const Target& target : targets) {
    HALLMARK_ASSIGN(Place place, Find(target));
    if (place.writer == nullptr) {
      return Error(ErrorCode::kConfig,
                   target.text + ": an archive is not written to; unpack it into a layout");
    }
    places.push_back(std::move(place));
  }
  return places;
}

std::optional<UnixTime> World::RegistryTime() const {
  for (const auto& [key, connection] : connections_) {
    if (const auto time = connection.client->last()) return time;
  }
  return std::nullopt;
}

Context World::Start(EventSink* events) const {
  return {std::chrono::steady_clock::now() + timeout_, {}, events};
}

}  // namespace hallmark::cli
