#ifndef HALLMARK_PLUGIN_PLUGIN_H_
#define HALLMARK_PLUGIN_PLUGIN_H_

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// Plugins of the Notary Project (specifications, plugin-extensibility.md, contract 1.0), as
// notation uses them: finding one, and asking it one command after the other. What the commands
// say is in the headers beside this one, and for raw signatures in keys/plugin. A plugin is a
// program that runs as the user; it sees the environment it is given, its input, and nothing else
// of ours. No error names the plugin: callers do, as "plugin NAME: ...".
namespace hallmark::plugin {

inline constexpr std::string_view kContract = "1.0";

// Where plugins are and what they run in.
struct World {
  // Searched in this order for NAME/notation-NAME.
  std::vector<std::filesystem::path> folders;
  std::vector<std::string> environment;  // "NAME=value"
  std::chrono::milliseconds deadline;    // of one run; it is killed then
  // Of all runs together, and whoever wants it to end before.
  std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
  std::stop_token stop = {};
};

// What a plugin is configured with: names are distinct. Values may be secrets: no message has one.
using Settings = std::vector<std::pair<std::string, std::string>>;

enum class Capability : std::uint8_t {
  kSignatureGeneratorRaw = 1,
  kSignatureGeneratorEnvelope,
  kTrustedIdentity,
  kRevocationCheck,
};

// "SIGNATURE_GENERATOR.RAW", "SIGNATURE_GENERATOR.ENVELOPE", "SIGNATURE_VERIFIER.TRUSTED_IDENTITY",
// "SIGNATURE_VERIFIER.REVOCATION_CHECK".
std::string_view ToName(Capability capability);

// What a plugin says of itself. Capabilities that are not in the list above are left out.
struct Metadata {
  std::string version;  // meant to be SemVer, not checked
  std::vector<Capability> capabilities;

  bool Can(Capability capability) const;
};

// Whether a text can be a plugin's folder: at most 128 letters, digits, ".", "_" and "-", not
// starting with ".".
bool IsName(std::string_view text);

// A plugin that was found.
class Plugin {
 public:
  // kConfig: no name of a plugin, no such plugin, or a program that is no regular file, that
  // everybody may write to or that may not be run.
  static Result<Plugin> Find(std::string_view name, World world);

  const std::string& name() const { return name_; }

  // Runs it once: a request in JSON, the answer's bytes. kTimeout: its deadline; kLimit: too much
  // output; kConfig, kDenied, kTimeout, kThrottled, kUnavailable: as the plugin's own error says;
  // kUnavailable: it ended otherwise.
  Result<Bytes> Ask(const char* command, std::string request) const;

  // get-plugin-metadata. kConfig when it has another name or contract, kProtocol when its answer
  // is none, else as Ask.
  Result<Metadata> Describe(const Settings& config) const;

 private:
  Plugin(std::string name, World world, std::string file)
      : name_(std::move(name)), world_(std::move(world)), file_(std::move(file)) {}

  std::string name_;
  World world_;
  std::string file_;
};

}  // namespace hallmark::plugin

#endif  // HALLMARK_PLUGIN_PLUGIN_H_
