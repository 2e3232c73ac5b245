#include "hallmark/plugin/generate_envelope.h"

#include <string>

#include "hallmark/plugin/internal/protocol.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"

namespace hallmark::plugin {
namespace {

using testing::Must;

EnvelopeOrder Order() {
  return {"my key",
          {{"region", "eu"}},
          ToBytes("{}"),
          "application/vnd.cncf.notary.payload.v1+json",
          "application/jose+json",
          std::chrono::seconds(60)};
}

Result<GeneratedEnvelope> Read(const std::string& answer) {
  return ParseEnvelopeAnswer(AsBytes(answer), Order());
}

TEST_CASE("an envelope is ordered as the specification has it") {
  CHECK(EnvelopeRequest(Order()) ==
        R"({"contractVersion":"1.0","pluginConfig":{"region":"eu"},"keyId":"my key",)"
        R"("payload":"e30=","payloadType":"application/vnd.cncf.notary.payload.v1+json",)"
        R"("signatureEnvelopeType":"application/jose+json","expiryDurationInSeconds":60})");
  EnvelopeOrder order = Order();
  order.expires_in.reset();
  CHECK(EnvelopeRequest(order).find("expiry") == std::string::npos);
}

TEST_CASE("an envelope comes with the type that was ordered, and perhaps annotations") {
  const auto generated =
      Must(Read(R"({"signatureEnvelope":"e30=","signatureEnvelopeType":"application/jose+json",)"
                R"("annotations":{"a":"b"},"later":1})"));
  CHECK(AsText(generated.untrusted_envelope) == "{}");
  CHECK(generated.annotations == std::map<std::string, std::string>{{"a", "b"}});
  for (const char* none : {"", R"(,"annotations":null)", R"(,"annotations":{})"}) {
    CHECK(Must(Read(R"({"signatureEnvelope":"e30=","signatureEnvelopeType":)"
                    R"("application/jose+json")" +
                    std::string(none) + "}"))
              .annotations.empty());
  }
}

TEST_CASE("what is no answer to the order of an envelope is refused") {
  for (const char* bad :
       {"", "[]", "{}", R"({"signatureEnvelope":"e30="})",
        R"({"signatureEnvelope":"e30=","signatureEnvelopeType":"application/cose"})",
        R"({"signatureEnvelope":"","signatureEnvelopeType":"application/jose+json"})",
        R"({"signatureEnvelope":"*","signatureEnvelopeType":"application/jose+json"})",
        R"({"signatureEnvelope":7,"signatureEnvelopeType":"application/jose+json"})",
        R"({"signatureEnvelope":"e30=","signatureEnvelopeType":"application/jose+json",)"
        R"("annotations":[]})",
        R"({"signatureEnvelope":"e30=","signatureEnvelopeType":"application/jose+json",)"
        R"("annotations":{"a":1}})",
        R"({"signatureEnvelope":"e30=","signatureEnvelopeType":"application/jose+json",)"
        R"("annotations":{"":"a"}})"}) {
    INFO(bad);
    CHECK(Read(bad).error().code() == ErrorCode::kProtocol);
  }
}

}  // namespace
}  // namespace hallmark::plugin
