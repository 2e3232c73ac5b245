// hallmark-test-registry: the registry of tests/support/registry.h as a program of its own. Prints
// its port, then serves until a signal ends it.
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/registry.h"
#include "tests/support/registry/program.h"

namespace hallmark::test {
namespace {

constexpr char kUsage[] =
    "usage: hallmark-test-registry [--port N] [--port-file F] [--log F] [--fault SPEC]...\n"
    "  [--no-referrers-api] [--no-referrers-filter] [--etag|--no-etag|--etag-ignored]\n"
    "  [--page-size N] [--single-post] [--absolute-locations] [--basic USER:PASS] [--token-auth]\n"
    "  [--tls CA_FILE_TO_WRITE] [--anonymous-pull] [--token-realm URL] [--token-service S] "
    "[--refresh-token T]\n";

struct Settings {
  RegistryOptions registry;
  std::string port_file;
  std::string ca_file;
  std::vector<Fault> faults;
};

using Setter = std::function<void(Settings&, const std::string&)>;

const std::map<std::string, Setter>& Flags() {
  static const std::map<std::string, Setter> kFlags = {
      {"--no-referrers-api", [](auto& s, auto&) { s.registry.referrers_api = false; }},
      {"--no-referrers-filter", [](auto& s, auto&) { s.registry.referrers_filter = false; }},
      {"--etag", [](auto& s, auto&) { s.registry.etags = ETagMode::kHonoured; }},
      {"--no-etag", [](auto& s, auto&) { s.registry.etags = ETagMode::kNone; }},
      {"--etag-ignored", [](auto& s, auto&) { s.registry.etags = ETagMode::kIgnored; }},
      {"--single-post", [](auto& s, auto&) { s.registry.single_post = true; }},
      {"--absolute-locations", [](auto& s, auto&) { s.registry.relative_locations = false; }},
      {"--token-auth", [](auto& s, auto&) { s.registry.token_auth = true; }},
      {"--anonymous-pull", [](auto& s, auto&) { s.registry.anonymous_pull = true; }},
  };
  return kFlags;
}

const std::map<std::string, Setter>& Options() {
  static const std::map<std::string, Setter> kOptions = {
      {"--port",
       [](auto& s, auto& v) { s.registry.port = static_cast<std::uint16_t>(std::stoul(v)); }},
      {"--page-size", [](auto& s, auto& v) { s.registry.page_size = std::stoul(v); }},
      {"--port-file", [](auto& s, auto& v) { s.port_file = v; }},
      {"--tls",
       [](auto& s, auto& v) {
         s.registry.tls = true;
         s.ca_file = v;
       }},
      {"--log", [](auto& s, auto& v) { s.registry.log_file = v; }},
      {"--fault", [](auto& s, auto& v) { s.faults.push_back(ParseFault(v)); }},
      {"--basic", [](auto& s, auto& v) { s.registry.basic = v; }},
      {"--token-realm", [](auto& s, auto& v) { s.registry.token_realm = v; }},
      {"--token-service", [](auto& s, auto& v) { s.registry.token_service = v; }},
      {"--refresh-token", [](auto& s, auto& v) { s.registry.refresh_token = v; }},
  };
  return kOptions;
}

Settings ParseArguments(const std::vector<std::string>& arguments) {
  Settings settings;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (const auto flag = Flags().find(name); flag != Flags().end()) {
      flag->second(settings, name);
    } else if (const auto option = Options().find(name);
               option != Options().end() && i + 1 < arguments.size()) {
      option->second(settings, arguments[++i]);
    } else {
      throw std::invalid_argument("cannot use " + name + "\n" + kUsage);
    }
  }
  return settings;
}

void Run(const std::vector<std::string>& arguments) {
  const Settings settings = ParseArguments(arguments);
  const EndSignals end;
  Registry registry(settings.registry);
  for (const Fault& fault : settings.faults) registry.AddFault(fault);
  if (!settings.ca_file.empty()) WriteWholeFile(settings.ca_file, registry.certificate_pem());
  std::printf("%u\n", registry.port());
  std::fflush(stdout);
  if (!settings.port_file.empty()) {
    WriteWholeFile(settings.port_file, std::to_string(registry.port()) + "\n");
  }
  end.Wait();
}

}  // namespace
}  // namespace hallmark::test

int main(int argc, char** argv) {
  try {
    hallmark::test::Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hallmark-test-registry: %s\n", error.what());
    return 2;
  }
  return 0;
}
