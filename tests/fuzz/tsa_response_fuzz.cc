#include "hallmark/base/check.h"
#include "hallmark/tsa/limits.h"
#include "hallmark/tsa/response.h"

// An answer is a token or an Error, and answers no request that was never asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const ByteView input(data, size);
  const auto token = tsa::ParseResponse(input);
  const auto request = tsa::MakeRequest(tsa::Imprint::Of(crypto::HashAlgorithm::kSha256, input),
                                        Bytes(tsa::kNonceBytes, 0x55));
  const auto answer = tsa::ReadResponse(input, request);
  HALLMARK_CHECK(!answer.ok() && !answer.error().message().empty());
  if (!token.ok()) {
    HALLMARK_CHECK(token.error().code() == answer.error().code());
    return 0;
  }
  HALLMARK_CHECK(answer.error().code() == ErrorCode::kProtocol);
  HALLMARK_CHECK(tsa::ParseToken(token.value().der()).ok());
  return 0;
}
