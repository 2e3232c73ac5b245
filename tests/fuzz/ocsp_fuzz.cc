#include "hallmark/base/check.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/revocation/limits.h"
#include "hallmark/revocation/ocsp.h"

namespace {

using namespace hallmark;

// Of what the genuine responses of the corpus are about.
constexpr std::string_view kIssuer =
    "3081d63081890214282b1d4e819595f0c025d5cb2fa823acc4ac589c300506032b6570300d310b3009060355"
    "04030c0263613020170d3236313132343230343135325a180f32303831303832373230343135325a300d310b"
    "300906035504030c026361302a300506032b6570032100ba5b00c86f741bab429a68296f9c04fc23a73a86ba"
    "0bc0f4377a0826745d1423300506032b6570034100dfeb59762b20005518795c1fe99911d30864110094f528"
    "7396d5988122194b5d12643727fac32872e5e7dcb6880c048172c31b23aca8ed82d782a4ac219c9a02";
constexpr std::string_view kCertificate =
    "3082012c3081dfa003020102020107300506032b6570300d310b300906035504030c0263613020170d323631"
    "3132343230343135325a180f32303831303832373230343135325a300f310d300b06035504030c046c656166"
    "302a300506032b6570032100daded4157c2220dddfa2a525e3abb78c0548420af587241102baee3a20bf2aec"
    "a360305e30090603551d1304023000301d0603551d0e0416041407bec61a6c91521694a4aecfb7befeb95157"
    "81c430320603551d23042b3029a111a40f300d310b300906035504030c0263618214282b1d4e819595f0c025"
    "d5cb2fa823acc4ac589c300506032b65700341008b48f2b95004fef0c4ca2b7745447b3576a1415d7596637a"
    "4d6021f7645e6888216778458611317f97226172683db2b483cd0505dab8ece8de31e6c60bac7903";
constexpr UnixTime kNow{std::chrono::seconds(1800000000)};  // 2027-01-15

x509::Certificate Read(std::string_view hex) {
  return x509::Certificate::FromDer(encoding::FromHex(hex).value()).value();
}

const revocation::Issued& About() {
  static const auto issued = x509::Issued::By(Read(kCertificate), Read(kIssuer)).value();
  return issued;
}

bool IsUnknown(const revocation::OcspResponse& response, UnixTime now) {
  const auto status = revocation::CheckOcsp(About(), response, {}, now);
  return std::holds_alternative<revocation::Unknown>(status);
}

}  // namespace

// A response is its bytes or an Error; one that says something is genuine, and is of no other time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const auto response = revocation::ParseOcspResponse(input);
  if (!response.ok()) {
    HALLMARK_CHECK(!response.error().message().empty());
    return 0;
  }
  HALLMARK_CHECK(AsText(response.value().der()) == AsText(input));
  HALLMARK_CHECK(response.value().answer_count() <= revocation::kMaxOcspAnswers);
  HALLMARK_CHECK(IsUnknown(response.value(), UnixTime()));
  if (!IsUnknown(response.value(), kNow)) {
    HALLMARK_CHECK(!revocation::ResponderToCheck(About(), response.value(), kNow));
  }
  return 0;
}
