#ifndef HALLMARK_TOOLS_COMMON_WORLD_H_
#define HALLMARK_TOOLS_COMMON_WORLD_H_

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/context.h"
#include "hallmark/net/http_client.h"
#include "hallmark/store/layout/archive_store.h"
#include "hallmark/store/layout/layout_store.h"
#include "hallmark/store/registry/registry_store.h"
#include "tools/common/date_watch.h"
#include "tools/common/registry_memory.h"
#include "tools/common/session.h"
#include "tools/common/target.h"

namespace hallmark::cli {

// Where a target is, ready for use; the pointers live as long as the World.
struct Place {
  oci::Reference reference;
  store::Reader* reader;
  store::Writer* writer;           // null: an archive, which is only read
  store::RegistryStore* registry;  // null: a layout or archive
};

// The stores a command needs and the clients below them, each made once. Building reads every
// config file and opens every local store; no socket is opened before a Place is used.
class World {
 public:
  // kConfig for anything the operator named that cannot be used: login and CA files, a layout
  // that is none, a layout of several images without a tag.
  static Result<std::unique_ptr<World>> Build(const Session& session,
                                              std::span<const Target> targets);
  ~World();

  // The place of one of `targets`; the Error when a local store is there and bad.
  Result<Place> Find(const Target& target);

  // The places of all `targets`; kConfig when one cannot be written to.
  Result<std::vector<Place>> FindWritable(std::span<const Target> targets);

  // A client for another server than a registry: its certificates, the proxy and --offline are
  // those of the command line. kConfig naming `flag` for what is no http or https URL.
  Result<net::HttpClient*> ClientFor(std::string_view flag, const std::string& url);

  // The deadline of one REF starts now.
  Context Start(EventSink* events) const;

  // The switches of the command line that lower a check.
  const std::vector<std::string>& loosened() const { return loosened_; }

  // The login for a registry of `targets`, as its store would be given it; null: none.
  const store::CredentialLookup& credentials() const { return credentials_; }
  // What the last answer of any registry said the time is.
  std::optional<UnixTime> RegistryTime() const;

 private:
  struct Connection {
    std::unique_ptr<DateWatch> client;
    std::unique_ptr<store::RegistryStore> store;  // null where no target is in a registry
  };

  explicit World(const Session& session);

  Result<Done> ReadFlags();
  Result<Done> Connect(std::span<const Target> targets);
  Result<Connection*> ConnectionFor(const std::string& registry);
  Result<net::CurlOptions> ClientOptions(const std::string& registry) const;
  store::RegistryOptions StoreOptions(bool has_own_ca);
  Result<Place> FindLayout(const Target& target);
  Result<Place> FindArchive(const Target& target);

  const Session& session_;
  std::chrono::milliseconds timeout_;
  std::vector<std::string> loosened_;
  RegistryMemory memory_;
  store::CredentialLookup credentials_;
  std::map<std::string, Connection> connections_;  // by CA file: most registries share one
  std::map<std::filesystem::path, std::unique_ptr<store::LayoutStore>> layouts_;
  std::map<std::filesystem::path, std::unique_ptr<store::ArchiveStore>> archives_;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_WORLD_H_
