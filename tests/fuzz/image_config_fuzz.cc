#include <algorithm>

#include "hallmark/base/check.h"
#include "hallmark/oci/image_config.h"
#include "hallmark/oci/image_media_types.h"

// An image config means the same under both of its media types and nothing under another; its
// platform hides nothing and no variable's name holds a '='.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  using namespace hallmark::oci;
  const auto parse = [&](std::string_view type) {
    return ParseImageConfig(Content::Describe(std::string(type), Bytes(data, data + size)));
  };
  const auto config = parse(kOciConfig);
  const auto docker = parse(kDockerConfig);
  HALLMARK_CHECK(config.ok() == docker.ok());
  HALLMARK_CHECK(parse("application/json").error().code() == ErrorCode::kUnsupported);
  if (!config.ok()) {
    const ErrorCode code = config.error().code();
    HALLMARK_CHECK(code == ErrorCode::kMalformed || code == ErrorCode::kLimit);
    return 0;
  }
  HALLMARK_CHECK(config.value().environment == docker.value().environment);
  HALLMARK_CHECK(config.value().platform == docker.value().platform);
  const std::string platform = config.value().platform.ToString();
  HALLMARK_CHECK(
      std::all_of(platform.begin(), platform.end(), [](char c) { return c >= ' ' && c <= '~'; }));
  for (const EnvironmentVariable& variable : config.value().environment) {
    HALLMARK_CHECK(variable.name.find('=') == std::string::npos);
  }
  return 0;
}
