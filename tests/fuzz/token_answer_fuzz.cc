#include "hallmark/base/check.h"
#include "hallmark/store/registry/internal/token_answer.h"

// A token that is taken can stand in a header.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto token = store::registry::ParseTokenAnswer({data, size}, {});
  if (!token.ok()) HALLMARK_CHECK(token.error().code() == ErrorCode::kProtocol);
  return 0;
}
