#include "hallmark/base/check.h"
#include "hallmark/store/registry/internal/helper_answer.h"

// An answer is a login, or an error that shows nothing of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto login = store::registry::ParseHelperAnswer("docker-credential-x", {data, size});
  if (login.ok()) {
    HALLMARK_CHECK(login.value().has_value());
    HALLMARK_CHECK(login.value()->is_identity_token == (login.value()->username == "<token>"));
    return 0;
  }
  HALLMARK_CHECK(login.error().code() == ErrorCode::kDenied);
  HALLMARK_CHECK(login.error().message() == "docker-credential-x: its answer is no login");
  return 0;
}
