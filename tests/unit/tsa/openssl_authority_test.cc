// Debian's openssl as the authority: what it answers to our requests, by good and bad settings.
#include <cstdlib>

#include "hallmark/tsa/fetch.h"
#include "tests/support/catch.h"
#include "tests/support/current_authority.h"
#include "tests/support/world/doubles.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

// Hands every request to `openssl ts -reply`.
class OpensslAuthority final : public net::HttpClient {
 public:
  OpensslAuthority(const TimestampAuthority& authority, const std::string& digests,
                   const std::string& more = "") {
    Write("root.pem", authority.root.certificate().ToPem());
    Write("chain.pem", authority.intermediate.certificate().ToPem());
    Write("stamper.pem", authority.stamper.certificate().ToPem());
    Write("stamper.key", authority.stamper.key.ToPem());
    Write("serial", "01\n");
    Write("ts.cnf", "[tsa]\ndefault_tsa=own\n[own]\nserial=" + Path("serial") +
                        "\nsigner_cert=" + Path("stamper.pem") + "\ncerts=" + Path("chain.pem") +
                        "\nsigner_key=" + Path("stamper.key") +
                        "\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=" + digests +
                        "\naccuracy=secs:1,millisecs:500\nclock_precision_digits=3\nordering=yes\n"
                        "tsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n" +
                        more);
  }

  Result<net::Response> Send(const Context&, const net::Request& request) override {
    Write("query", AsText(request.body));
    if (!Run("ts -reply -config " + Path("ts.cnf") + " -queryfile " + Path("query") + " -out " +
             Path("reply"))) {
      return net::Response{500, {}, {}};
    }
    return net::Response{200,
                         {{"Content-Type", "application/timestamp-reply"}},
                         ToBytes(ReadFile(folder_.path() / "reply"))};
  }

  // What openssl says about its own answer.
  bool VerifiesReply() {
    return Run("ts -verify -queryfile " + Path("query") + " -in " + Path("reply") + " -CAfile " +
               Path("root.pem") + " -untrusted " + Path("chain.pem"));
  }

  static bool IsInstalled() {
    const bool is = std::system("openssl version > /dev/null 2>&1") == 0;
    if (!is) WARN("skipped: openssl is not installed");
    return is;
  }

 private:
  std::string Path(const char* name) const { return (folder_.path() / name).string(); }
  void Write(const char* name, std::string_view text) { WriteFile(folder_.path() / name, text); }
  bool Run(const std::string& arguments) const {
    return std::system(("openssl " + arguments + " > '" + Path("said") + "' 2>&1").c_str()) == 0;
  }
  TempFolder folder_;
};

tsa::Imprint Wanted(crypto::HashAlgorithm hash) {
  return tsa::Imprint::Of(hash, AsBytes(kMessage));
}

}  // namespace

TEST_CASE("openssl as an authority is asked, answers, and its tokens hold") {
  if (!OpensslAuthority::IsInstalled()) return;
  const std::string kind = GENERATE(as<std::string>{}, "P-256", "P-384", "RSA-2048");
  INFO(kind);
  const auto authority = CurrentAuthority(SystemClock().Now(), TestKey::Make(kind));
  OpensslAuthority http(authority, "sha256, sha384, sha512");
  for (const auto hash : {crypto::HashAlgorithm::kSha256, crypto::HashAlgorithm::kSha384,
                          crypto::HashAlgorithm::kSha512}) {
    const tsa::Token token =
        Must(tsa::Fetch(PatientContext(), http, "http://time.test", Wanted(hash)));
    CHECK(http.VerifiesReply());
    const UnixTime now = SystemClock().Now() + std::chrono::seconds(2);
    const auto result = tsa::Verify(token, AsBytes(kMessage), authority.trust(), now);
    REQUIRE(Say(result) == "verified");
    const auto& time = std::get<tsa::VerifiedTime>(result);
    CHECK(time.info().accuracy == std::chrono::milliseconds(1500));
    CHECK(time.info().ordering);
    CHECK_FALSE(time.info().authority.empty());
    CHECK(time.range().earliest <= now);
    CHECK(time.range().latest >= now - std::chrono::minutes(5));
  }
}

TEST_CASE("what openssl refuses, and what it should have, is no token") {
  if (!OpensslAuthority::IsInstalled()) return;
  const auto ask = [](OpensslAuthority& http) {
    return SayParsed(tsa::Fetch(PatientContext(), http, "http://time.test",
                                Wanted(crypto::HashAlgorithm::kSha256)));
  };
  const auto authority = CurrentAuthority(SystemClock().Now());
  OpensslAuthority other_hash(authority, "sha512");
  const std::string refused = ask(other_hash);
  CHECK(refused.starts_with(
      "auth: timestamp authority http://time.test: timestamp response: refused, status 2 badAlg"));
  OpensslAuthority by_sha1(authority, "sha256", "ess_cert_id_alg=sha1\n");
  const std::string named = ask(by_sha1);
  INFO(named);
  CHECK(named.starts_with("unsupported: "));
}

}  // namespace hallmark::testing
