#include "hallmark/store/registry/docker_config.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"

namespace hallmark::store {
namespace {

constexpr std::size_t kMaxConfigBytes = std::size_t{1024} * 1024;
constexpr json::Limits kConfigLimits{kMaxConfigBytes, 16, 20'000};
constexpr std::string_view kDockerHubServer = "https://index.docker.io/v1/";

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lowered;
}

Credential Copied(const Credential& credential) {
  Secret secret(credential.secret.size());
  const ByteView from = credential.secret.ExposeSecret();
  std::copy(from.begin(), from.end(), secret.ExposeSecretForWriting().begin());
  return {credential.username, std::move(secret), credential.is_identity_token};
}

Secret SecretOf(std::string_view text) {
  Bytes copy = ToBytes(text);
  return Secret::TakeAndWipe(copy);
}

}  // namespace

// Reads one file; errors name it and the key.
class DockerConfigReader {
 public:
  explicit DockerConfigReader(const std::string& file_name) : file_name_(file_name) {}

  Result<DockerConfig> Read(const json::Value& document) {
    if (document.object() == nullptr) return Complain("want an object");
    DockerConfig config;
    if (const json::Value* auths = document.Find("auths")) {
      HALLMARK_RETURN_IF_ERROR(ReadAuths(*auths, config));
    }
    if (const json::Value* helpers = document.Find("credHelpers")) {
      HALLMARK_RETURN_IF_ERROR(ReadHelpers(*helpers, config));
    }
    if (const json::Value* store = document.Find("credsStore")) {
      if (store->string() == nullptr) return Complain("credsStore: want a string");
      config.store_ = *store->string();
    }
    return config;
  }

 private:
  Error Complain(const std::string& what) const {
    return Error(ErrorCode::kConfig, file_name_ + ": " + what);
  }
  Error ComplainOf(const std::string& key, const std::string& what) const {
    return Complain("auths \"" + Printable(key) + "\": " + what);
  }

  Result<Done> ReadAuths(const json::Value& auths, DockerConfig& config) {
    if (auths.object() == nullptr) return Complain("auths: want an object");
    for (const json::Member& member : *auths.object()) {
      const std::optional<std::string> registry = RegistryOfKey(member.name);
      if (member.value.object() == nullptr) return ComplainOf(member.name, "want an object");
      if (!registry) continue;
      HALLMARK_ASSIGN(std::optional<Credential> login, ReadLogin(member.name, member.value));
      if (login) config.logins_.push_back({*registry, std::move(*login)});
    }
    return Done{};
  }

  Result<Done> ReadHelpers(const json::Value& helpers, DockerConfig& config) {
    if (helpers.object() == nullptr) return Complain("credHelpers: want an object");
    for (const json::Member& member : *helpers.object()) {
      if (member.value.string() == nullptr) {
        return Complain("credHelpers \"" + Printable(member.name) + "\": want a string");
      }
      if (const auto registry = RegistryOfKey(member.name)) {
        config.helpers_.emplace(*registry, *member.value.string());
      }
    }
    return Done{};
  }

  // An entry without a login is what docker leaves where a helper holds it.
  Result<std::optional<Credential>> ReadLogin(const std::string& key, const json::Value& entry) {
    HALLMARK_ASSIGN(const std::string auth, Text(key, entry, "auth"));
    HALLMARK_ASSIGN(const std::string token, Text(key, entry, "identitytoken"));
    HALLMARK_ASSIGN(const std::string username, Text(key, entry, "username"));
    HALLMARK_ASSIGN(const std::string password, Text(key, entry, "password"));
    if (!token.empty()) {
      return std::optional<Credential>(Credential{"<token>", SecretOf(token), true});
    }
    if (!auth.empty()) return FromAuth(key, auth);
    if (username.empty()) return std::optional<Credential>();
    return std::optional<Credential>(Credential{username, SecretOf(password), false});
  }

  Result<std::optional<Credential>> FromAuth(const std::string& key, const std::string& auth) {
    const Result<Bytes> bytes = encoding::FromBase64(auth);
    if (!bytes.ok()) return ComplainOf(key, "auth: no base64");
    const std::string_view pair = AsText(bytes.value());
    const std::size_t colon = pair.find(':');
    if (colon == std::string_view::npos || colon == 0) {
      return ComplainOf(key, "auth: want user:password");
    }
    std::string_view password = pair.substr(colon + 1);
    // Old dockers padded the password with NUL; so does docker's own reader cut them.
    password = password.substr(0, password.find_last_not_of('\0') + 1);
    return std::optional<Credential>(
        Credential{std::string(pair.substr(0, colon)), SecretOf(password), false});
  }

  Result<std::string> Text(const std::string& key, const json::Value& entry,
                           const std::string& name) {
    const json::Value* member = entry.Find(name);
    if (member == nullptr || member->kind() == json::Kind::kNull) return std::string();
    if (member->string() == nullptr) return ComplainOf(key, name + ": want a string");
    return *member->string();
  }

  const std::string& file_name_;
};

Result<DockerConfig> DockerConfig::Parse(ByteView untrusted_text, const std::string& file_name) {
  Result<json::Value> document = json::Parse(untrusted_text, kConfigLimits);
  if (!document.ok()) {
    const bool limit = document.error().code() == ErrorCode::kLimit;
    return Error(limit ? ErrorCode::kLimit : ErrorCode::kConfig,
                 file_name + ": " + document.error().message());
  }
  return DockerConfigReader(file_name).Read(document.value());
}

std::optional<Credential> DockerConfig::Stored(std::string_view registry) const {
  for (const Login& login : logins_) {
    if (login.registry == registry) return Copied(login.credential);
  }
  return std::nullopt;
}

Result<std::optional<Credential>> DockerConfig::Find(const Context& context,
                                                     const HelperWorld& world,
                                                     std::string_view registry) const {
  const std::string_view server = registry == "docker.io" ? kDockerHubServer : registry;
  const auto helper = helpers_.find(std::string(registry));
  if (helper != helpers_.end()) {
    return AskCredentialHelper(context, world, helper->second, server);
  }
  if (!store_.empty()) {
    HALLMARK_ASSIGN(std::optional<Credential> login,
                    AskCredentialHelper(context, world, store_, server));
    if (login) return login;
  }
  return Stored(registry);
}

Result<Done> DockerConfig::CheckHelper(const HelperWorld& world, std::string_view registry) const {
  const auto helper = helpers_.find(std::string(registry));
  if (helper != helpers_.end()) return CheckCredentialHelper(world, helper->second);
  return store_.empty() ? Done{} : CheckCredentialHelper(world, store_);
}

CredentialLookup LookUpIn(std::vector<DockerConfig> configs, HelperWorld world) {
  // std::function wants something that copies; logins do not.
  auto shared = std::make_shared<const std::vector<DockerConfig>>(std::move(configs));
  return
      [shared, world = std::move(world)](
          const Context& context, std::string_view registry) -> Result<std::optional<Credential>> {
        for (const DockerConfig& config : *shared) {
          HALLMARK_ASSIGN(std::optional<Credential> login, config.Find(context, world, registry));
          if (login) return login;
        }
        return std::optional<Credential>();
      };
}

std::optional<std::string> RegistryOfKey(std::string_view key) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!key.starts_with(scheme)) continue;
    key.remove_prefix(scheme.size());
    break;
  }
  const std::size_t slash = std::min(key.find('/'), key.size());
  // Any other path is a namespace: its login is not the whole host's.
  std::string_view path = key.substr(slash);
  if (path.ends_with('/')) path.remove_suffix(1);
  if (!path.empty() && path != "/v1" && path != "/v2") return std::nullopt;
  std::string registry = Lowered(key.substr(0, slash));
  if (registry.ends_with(":443")) registry.resize(registry.size() - 4);
  if (registry.empty()) return std::nullopt;
  if (registry == "index.docker.io" || registry == "registry-1.docker.io") return "docker.io";
  return registry;
}

}  // namespace hallmark::store
