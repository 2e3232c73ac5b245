#include "tools/common/credentials.h"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/store/registry/docker_config.h"
#include "tools/common/config_places.h"
#include "tools/common/file_reading.h"
#include "tools/common/passphrase.h"
#include "tools/common/program_environment.h"
#include "tools/common/target.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kMaxConfigBytes = std::size_t{1024} * 1024;

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

store::HelperWorld HelpersOf(const Environment& environment) {
  return {environment.Text("PATH").value_or(""), HelperEnvironment(environment)};
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
