#include "tools/common/credentials.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/store/registry/docker_config.h"
#include "tools/common/config_places.h"
#include "tools/common/file_reading.h"
#include "tools/common/passphrase.h"
#include "tools/common/target.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxConfigBytes = std::size_t{1024} * 1024;

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

// What a credential helper may need: where its own settings are, how to reach a desktop's key ring,
// a cloud's identity or a proxy. Never our passphrases or a key in a variable.
constexpr std::array<std::string_view, 19> kHelperVariables = {
    "HOME",      "PATH",          "USER",          "LOGNAME",           "LANG",
    "TMPDIR",    "DISPLAY",       "DOCKER_CONFIG", "WAYLAND_DISPLAY",   "DBUS_SESSION_BUS_ADDRESS",
    "GNUPGHOME", "GPG_TTY",       "HTTPS_PROXY",   "https_proxy",       "NO_PROXY",
    "no_proxy",  "SSL_CERT_FILE", "SSL_CERT_DIR",  "PASSWORD_STORE_DIR"};
constexpr std::array<std::string_view, 6> kHelperPrefixes = {"LC_",       "XDG_",   "AWS_",
                                                             "CLOUDSDK_", "AZURE_", "GOOGLE_"};

bool IsForHelpers(std::string_view name) {
  return std::find(kHelperVariables.begin(), kHelperVariables.end(), name) !=
             kHelperVariables.end() ||
         std::any_of(kHelperPrefixes.begin(), kHelperPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

store::HelperWorld HelpersOf(const Environment& environment) {
  return {environment.Text("PATH").value_or(""), environment.Select(IsForHelpers)};
}

// The password as it was read, handed out anew for every question.
class GivenLogin {
 public:
  GivenLogin(std::string registry, std::string username, Secret password)
      : registry_(std::move(registry)),
        username_(std::move(username)),
        password_(std::make_shared<Secret>(std::move(password))) {}

  Result<std::optional<store::Credential>> operator()(const Context&,
                                                      std::string_view registry) const {
    if (registry != registry_) return std::optional<store::Credential>();
    Secret copy(password_->size());
    const ByteView bytes = password_->ExposeSecret();
    std::copy(bytes.begin(), bytes.end(), copy.ExposeSecretForWriting().begin());
    return std::optional<store::Credential>(store::Credential{username_, std::move(copy), false});
  }

 private:
  std::string registry_;
  std::string username_;
  std::shared_ptr<const Secret> password_;
};

Result<store::CredentialLookup> FromFlags(const Session& session, const std::string& username,
                                          const std::set<std::string>& registries) {
  if (registries.size() != 1) {
    return Config("--username goes to one registry, and the REFs name " +
                  std::to_string(registries.size()));
  }
  if (TakesRefsFromStdin(session)) {
    return Config("--password-stdin and REFs from stdin: only one of them can have it");
  }
  HALLMARK_ASSIGN(Secret password, ReadSecretLine(STDIN_FILENO, "the password from stdin"));
  if (password.size() == 0) return Config("--password-stdin: stdin brought no password");
  return store::CredentialLookup(GivenLogin(*registries.begin(), username, std::move(password)));
}

// Before the first request, not after it: a helper that is not there is the operator's to mend.
Result<store::CredentialLookup> FromFiles(const Session& session,
                                          const std::set<std::string>& registries) {
  store::HelperWorld helpers = HelpersOf(session.environment);
  HALLMARK_ASSIGN(const auto files, LoginFiles(session));
  std::vector<store::DockerConfig> configs;
  for (const std::filesystem::path& file : files) {
    HALLMARK_ASSIGN(const Bytes text, ReadFile(file, kMaxConfigBytes));
    HALLMARK_ASSIGN(store::DockerConfig config,
                    store::DockerConfig::Parse(text, Printable(file.string())));
    for (const std::string& registry : registries) {
      const Result<Done> there = config.CheckHelper(helpers, registry);
      if (!there.ok()) return Error(there.error()).While(Printable(file.string()));
    }
    configs.push_back(std::move(config));
  }
  return store::LookUpIn(std::move(configs), std::move(helpers));
}

}  // namespace

Result<store::CredentialLookup> MakeCredentialLookup(const Session& session,
                                                     const std::set<std::string>& registries) {
  const std::optional<std::string> username = session.arguments.Value("username");
  const bool from_stdin = session.arguments.Has("password-stdin");
  if (username.has_value() != from_stdin) {
    return Config("--username and --password-stdin go together");
  }
  return username ? FromFlags(session, *username, registries) : FromFiles(session, registries);
}

}  // namespace hallmark::cli
