#include <set>
#include <string>

#include "hallmark/base/check.h"
#include "tools/common/target.h"

// Distinct names that are not empty, each of which stands in the text; or an error of one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto images = cli::ImagesOfKubernetes({data, size});
  if (!images.ok()) {
    HALLMARK_CHECK(images.error().code() == ErrorCode::kConfig ||
                   images.error().code() == ErrorCode::kMalformed ||
                   images.error().code() == ErrorCode::kLimit);
    HALLMARK_CHECK(images.error().message().find('\n') == std::string::npos);
    return 0;
  }
  std::set<std::string> seen;
  for (const std::string& name : images.value()) {
    HALLMARK_CHECK(!name.empty() && name.size() <= size && seen.insert(name).second);
  }
  return 0;
}
