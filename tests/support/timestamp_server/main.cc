// hallmark-test-tsa: a timestamp authority on loopback. Prints its port, then serves until a signal
// ends it.
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/registry/program.h"
#include "tests/support/timestamp_server/server.h"

namespace hallmark::testing {
namespace {

constexpr char kUsage[] =
    "usage: hallmark-test-tsa [--port N] [--port-file F] [--root-file F] [--log F] [--fault NAME]\n"
    "  faults: wrong-imprint wrong-nonce no-nonce rejected garbage html 401 503 redirect huge "
    "hang\n"
    "  tampered-token\n";

struct Settings {
  TimestampServer::Options server;
  std::string port_file;
  std::string root_file;
};

Settings ParseArguments(const std::vector<std::string>& arguments) {
  Settings settings;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string& name = arguments[i];
    if (i + 1 == arguments.size())
      throw std::invalid_argument("cannot use " + name + "\n" + kUsage);
    const std::string& value = arguments[i + 1];
    if (name == "--port") {
      settings.server.port = static_cast<std::uint16_t>(std::stoul(value));
    } else if (name == "--port-file") {
      settings.port_file = value;
    } else if (name == "--root-file") {
      settings.root_file = value;
    } else if (name == "--log") {
      settings.server.log_file = value;
    } else if (name == "--fault") {
      settings.server.fault = ParseTimestampFault(value);
    } else {
      throw std::invalid_argument("cannot use " + name + "\n" + kUsage);
    }
  }
  return settings;
}

void Run(const std::vector<std::string>& arguments) {
  const Settings settings = ParseArguments(arguments);
  const test::EndSignals end;
  const TimestampServer server(settings.server);
  const std::string port = std::to_string(server.port()) + "\n";
  if (!settings.root_file.empty()) test::WriteWholeFile(settings.root_file, server.root_pem());
  std::fputs(port.c_str(), stdout);
  std::fflush(stdout);
  if (!settings.port_file.empty()) test::WriteWholeFile(settings.port_file, port);
  end.Wait();
}

}  // namespace
}  // namespace hallmark::testing

int main(int argc, char** argv) {
  try {
    hallmark::testing::Run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hallmark-test-tsa: %s\n", error.what());
    return 2;
  }
  return 0;
}
