#include "hallmark/base/check.h"
#include "hallmark/store/registry/docker_config.h"

// A file of logins is accepted, or refused by name without showing what it holds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto config = store::DockerConfig::Parse({data, size}, "config.json");
  if (config.ok()) return 0;
  HALLMARK_CHECK(config.error().code() == ErrorCode::kConfig ||
                 config.error().code() == ErrorCode::kLimit);
  HALLMARK_CHECK(config.error().message().find("config.json") != std::string::npos);
  return 0;
}
