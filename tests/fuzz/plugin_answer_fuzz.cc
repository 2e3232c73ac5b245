#include "hallmark/base/check.h"
#include "hallmark/keys/plugin/internal/protocol.h"
#include "hallmark/plugin/internal/protocol.h"

// What is shown of a reference names the same plugin and no configuration; answers are read or
// refused; of two versions one is enough for the other; an error of a plugin is one printable line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const ByteView answer(data, size);
  const auto parsed = keys::PluginRef::Parse(AsText(answer));
  HALLMARK_CHECK(parsed.ok() == (keys::ShownPluginRef(AsText(answer)) != "plugin:..."));
  const keys::PluginRef ref{"fake", "key", {}};
  const auto metadata = plugin::ParseMetadata(answer, "fake");
  HALLMARK_CHECK(!metadata.ok() || metadata.value().capabilities.size() <= 4);
  const auto spec = keys::ParseDescription(answer, ref);
  HALLMARK_CHECK(!spec.ok() || spec.value() != nullptr);
  const keys::KeySpec ec{"EC-256", 256, crypto::Scheme::kEcdsaP256Sha256, "SHA-256",
                         "ECDSA-SHA-256"};
  const auto signature = keys::ParseSignature(answer, ref, ec);
  HALLMARK_CHECK(!signature.ok() || !signature.value().chain.empty());
  const plugin::EnvelopeOrder order{"key", {}, {}, "", "application/jose+json", {}};
  const auto envelope = plugin::ParseEnvelopeAnswer(answer, order);
  HALLMARK_CHECK(!envelope.ok() || !envelope.value().untrusted_envelope.empty());
  plugin::VerifyOrder check;
  check.extended = {{"one", "1"}};
  check.checks = {plugin::Capability::kTrustedIdentity};
  const auto results = plugin::ParseVerifyAnswer(answer, check);
  HALLMARK_CHECK(!results.ok() || results.value().size() == 1);
  const auto split = AsText(answer).find('\n');
  if (split != std::string_view::npos) {
    const plugin::Versions versions{AsText(answer).substr(0, split),
                                    AsText(answer).substr(split + 1)};
    const bool is_enough = plugin::CheckVersion(versions).ok();
    const bool is_reverse_enough = plugin::CheckVersion({versions.minimum, versions.found}).ok();
    HALLMARK_CHECK(is_enough || is_reverse_enough ||
                   !plugin::CheckVersion({versions.found, versions.found}).ok() ||
                   !plugin::CheckVersion({versions.minimum, versions.minimum}).ok());
  }
  const Error error = plugin::ParsePluginError(AsText(answer), 1);
  HALLMARK_CHECK(error.message().find('\n') == std::string::npos);
  return 0;
}
