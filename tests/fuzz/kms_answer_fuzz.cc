#include "hallmark/base/check.h"
#include "hallmark/keys/kms/internal/protocol.h"

// What is read as a reference is one; answers are read or refused, in one printable line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const ByteView answer(data, size);
  const auto ref = keys::KmsRef::Parse(AsText(answer));
  HALLMARK_CHECK(!ref.ok() || keys::IsKmsRef(AsText(answer)));
  HALLMARK_CHECK(!ref.ok() || ref.value().plugin + "://" + ref.value().resource == AsText(answer));
  const auto key = keys::ParsePublicKeyAnswer(answer);
  HALLMARK_CHECK(key.ok() || key.error().message().find('\n') == std::string::npos);
  const auto signature = keys::ParseSignAnswer(answer);
  HALLMARK_CHECK(!signature.ok() || !signature.value().empty());
  HALLMARK_CHECK(signature.ok() || signature.error().message().find('\n') == std::string::npos);
  return 0;
}
