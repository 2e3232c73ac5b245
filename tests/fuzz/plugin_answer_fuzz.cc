#include "hallmark/base/check.h"
#include "hallmark/keys/plugin/internal/protocol.h"

// What is shown of a reference names the same plugin and no configuration; answers are read or
// refused; an error of a plugin is one printable line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const ByteView answer(data, size);
  const auto parsed = keys::PluginRef::Parse(AsText(answer));
  HALLMARK_CHECK(parsed.ok() == (keys::ShownPluginRef(AsText(answer)) != "plugin:..."));
  const keys::PluginRef ref{"fake", "key", {}};
  (void)keys::CheckMetadata(answer, ref).ok();
  const auto spec = keys::ParseDescription(answer, ref);
  HALLMARK_CHECK(!spec.ok() || spec.value() != nullptr);
  const keys::KeySpec ec{"EC-256", 256, crypto::Scheme::kEcdsaP256Sha256, "SHA-256",
                         "ECDSA-SHA-256"};
  const auto signature = keys::ParseSignature(answer, ref, ec);
  HALLMARK_CHECK(!signature.ok() || !signature.value().chain.empty());
  const Error error = keys::ParsePluginError(AsText(answer), 1);
  HALLMARK_CHECK(error.message().find('\n') == std::string::npos);
  return 0;
}
