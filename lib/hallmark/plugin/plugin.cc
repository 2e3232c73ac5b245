#include "hallmark/plugin/plugin.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "hallmark/base/check.h"
#include "hallmark/base/printable.h"
#include "hallmark/plugin/answer.h"
#include "hallmark/plugin/internal/protocol.h"
#include "hallmark/plugin/limits.h"
#include "hallmark/process/child_process.h"

namespace hallmark::plugin {
namespace {

constexpr Capability kCapabilities[] = {Capability::kSignatureGeneratorRaw,
                                        Capability::kSignatureGeneratorEnvelope,
                                        Capability::kTrustedIdentity, Capability::kRevocationCheck};

struct ErrorWord {
  std::string_view word;
  ErrorCode code;
};
constexpr ErrorWord kErrorWords[] = {
    {"VALIDATION_ERROR", ErrorCode::kConfig}, {"UNSUPPORTED_CONTRACT_VERSION", ErrorCode::kConfig},
    {"ACCESS_DENIED", ErrorCode::kDenied},    {"TIMEOUT", ErrorCode::kTimeout},
    {"THROTTLED", ErrorCode::kThrottled},     {"ERROR", ErrorCode::kUnavailable},
};

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

// The specification wants a regular file and no link; what everybody may write to is no plugin.
Result<std::string> FindProgram(const std::string& name, const World& world) {
  for (const std::filesystem::path& folder : world.folders) {
    const std::string file = folder / name / ("notation-" + name);
    struct stat facts {};
    if (lstat(file.c_str(), &facts) != 0) continue;
    const std::string shown = Printable(file);
    if (!S_ISREG(facts.st_mode)) return Config(shown + " is not a regular file");
    if ((facts.st_mode & S_IWOTH) != 0) return Config(shown + " can be written to by anybody");
    if (access(file.c_str(), X_OK) != 0) return Config(shown + " is not executable");
    return file;
  }
  return Config("there is no program " + name + "/notation-" + name +
                " in the folders of notation's plugins");
}

}  // namespace

std::string_view ToName(Capability capability) {
  switch (capability) {
    case Capability::kSignatureGeneratorRaw:
      return "SIGNATURE_GENERATOR.RAW";
    case Capability::kSignatureGeneratorEnvelope:
      return "SIGNATURE_GENERATOR.ENVELOPE";
    case Capability::kTrustedIdentity:
      return "SIGNATURE_VERIFIER.TRUSTED_IDENTITY";
    case Capability::kRevocationCheck:
      return "SIGNATURE_VERIFIER.REVOCATION_CHECK";
  }
  HALLMARK_CHECK(false);
}

bool Metadata::Can(Capability capability) const {
  return std::ranges::find(capabilities, capability) != capabilities.end();
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes && text[0] != '.' &&
         std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

Result<Plugin> Plugin::Find(std::string_view name, World world) {
  if (!IsName(name)) return Config("\"" + Printable(name) + "\" cannot be a plugin's name");
  std::string text(name);
  HALLMARK_ASSIGN(std::string file, FindProgram(text, world));
  return Plugin(std::move(text), std::move(world), std::move(file));
}

Result<Bytes> Plugin::Ask(const char* command, std::string request) const {
  const auto deadline = std::min(std::chrono::steady_clock::now() + world_.deadline, world_.until);
  const Context context{deadline, world_.stop, nullptr};
  HALLMARK_ASSIGN(const process::Finished finished, process::Run(context, {file_,
                                                                           {command},
                                                                           world_.environment,
                                                                           std::move(request),
                                                                           kMaxAnswerBytes,
                                                                           kMaxErrorBytes}));
  if (finished.exit_status != 0) return ParsePluginError(finished.errors, finished.exit_status);
  const ByteView output = finished.output.ExposeSecret();
  return Bytes(output.begin(), output.end());
}

Result<Metadata> Plugin::Describe(const Settings& config) const {
  HALLMARK_ASSIGN(const Bytes answer, Ask("get-plugin-metadata", MetadataRequest(config)));
  return ParseMetadata(answer, name_);
}

std::string MetadataRequest(const Settings& config) {
  return json::ToText(json::Value::Object(RequestOf(config)));
}

Result<Metadata> ParseMetadata(ByteView answer, std::string_view name) {
  HALLMARK_ASSIGN(const json::Value value, ParseAnswer(answer));
  HALLMARK_ASSIGN(const std::string own_name, TextOf(value, "name"));
  HALLMARK_ASSIGN(std::string version, TextOf(value, "version"));
  HALLMARK_ASSIGN(const auto contracts, TextsOf(value, "supportedContractVersions"));
  HALLMARK_ASSIGN(const auto capabilities, TextsOf(value, "capabilities"));
  if (own_name != name) {
    return Error(ErrorCode::kConfig, "it calls itself \"" + Printable(own_name) + "\"");
  }
  if (std::ranges::find(contracts, kContract) == contracts.end()) {
    return Error(ErrorCode::kConfig, "it does not support version 1.0 of the plugin contract");
  }
  Metadata metadata{std::move(version), {}};
  for (const Capability capability : kCapabilities) {
    if (std::ranges::find(capabilities, ToName(capability)) != capabilities.end()) {
      metadata.capabilities.push_back(capability);
    }
  }
  return metadata;
}

Error ParsePluginError(std::string_view errors, int status) {
  const std::string ending =
      status < 0 ? "ended by a signal" : "exit status " + std::to_string(status);
  const Result<json::Value> value = ParseAnswer(AsBytes(errors));
  const Result<std::string> word =
      value.ok() ? TextOf(value.value(), "errorCode") : Result<std::string>(value.error());
  // Anything else on standard error may hold whatever the plugin was configured with.
  if (!word.ok()) return {ErrorCode::kUnavailable, ending};
  const Result<std::string> message = TextOf(value.value(), "errorMessage");
  const auto* known = std::ranges::find(kErrorWords, word.value(), &ErrorWord::word);
  return {known == std::end(kErrorWords) ? ErrorCode::kUnavailable : known->code,
          Printable(word.value(), 60) + (message.ok() ? ": " + Printable(message.value()) : "")};
}

}  // namespace hallmark::plugin
