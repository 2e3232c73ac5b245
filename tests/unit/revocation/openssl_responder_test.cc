// Debian's openssl as the responder: what it answers to our requests.
#include <cstdlib>

#include "hallmark/revocation/fetch.h"
#include "tests/support/catch.h"
#include "tests/support/world/doubles.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/revocation/ocsp_test.h"

namespace hallmark::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

CertificateSpec Current(CertificateSpec spec, long serial = 1) {
  spec.not_before = SystemClock().Now() - hours(24);
  spec.not_after = SystemClock().Now() + hours(24 * 30);
  spec.serial = serial;
  return spec;
}

struct Authority {
  Identity issuer;
  Identity signer;  // serial number 77

  static Authority Make(const std::string& kind = "P-256") {
    const Identity issuer = SelfSigned(Current(RootSpec()), TestKey::Make(kind));
    return {issuer, Issue(Current(SignerSpec(), 0x77), issuer)};
  }
  revocation::Issued issued() const {
    return x509::Issued::By(signer.certificate(), issuer.certificate()).value();
  }
};

// Hands every request to `openssl ocsp`, which answers from a list of what the issuer issued.
class OpensslResponder final : public net::HttpClient {
 public:
  // `line` is what the list says about the signer: "V", "R,keyCompromise" and so on; empty when it
  // does not stand there.
  OpensslResponder(const Authority& authority, const Identity& responder, const std::string& line,
                   const std::string& more = "")
      : more_(more) {
    Write("issuer.pem", authority.issuer.certificate().ToPem());
    Write("responder.pem", responder.certificate().ToPem());
    Write("responder.key", responder.key.ToPem());
    Write("index", line);
    Write("index.attr", "unique_subject = no\n");
  }

  Result<net::Response> Send(const Context&, const net::Request& request) override {
    Write("query", AsText(request.body));
    if (!Run("ocsp -index " + Path("index") + " -CA " + Path("issuer.pem") + " -rsigner " +
             Path("responder.pem") + " -rkey " + Path("responder.key") + " -reqin " +
             Path("query") + " -respout " + Path("reply") + " " + more_)) {
      FAIL(ReadFile(folder_.path() / "said"));
    }
    return net::Response{200,
                         {{"Content-Type", "application/ocsp-response"}},
                         ToBytes(ReadFile(folder_.path() / "reply"))};
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
  std::string more_;
};

// A line of openssl's list; `revocation` is empty, or a time and a reason.
std::string Line(const std::string& flag, const std::string& revocation = "") {
  return flag + "\t400101000000Z\t" + revocation + "\t77\tunknown\t/CN=signer\n";
}

const std::string kWeek = "-ndays 7";

Bytes Ask(const Authority& authority, OpensslResponder& responder) {
  return Must(revocation::FetchOcsp(PatientContext(), responder, kOcspUrl,
                                    revocation::MakeOcspRequest(authority.issued())));
}

std::string SayNow(const Authority& authority, OpensslResponder& responder) {
  const Bytes response = Ask(authority, responder);
  return SayOcsp(authority.issued(), response, SystemClock().Now() + std::chrono::seconds(2));
}

}  // namespace

TEST_CASE("openssl as a responder is asked, and what it says is heard") {
  if (!OpensslResponder::IsInstalled()) return;
  const std::string kind = GENERATE(as<std::string>{}, "P-256", "P-384", "RSA-2048");
  INFO(kind);
  const auto authority = Authority::Make(kind);
  const auto say = [&](const std::string& line, const std::string& more = kWeek) {
    OpensslResponder responder(authority, authority.issuer, line, more);
    return SayNow(authority, responder);
  };
  CHECK(say(Line("V")) == "good");
  CHECK(say(Line("V"), kWeek + " -resp_key_id") == "good");
  CHECK(say(Line("V"), kWeek + " -resp_no_certs") == "good");
  CHECK(say(Line("V"), kWeek + " -rmd sha512") == "good");
  CHECK(say(Line("R", "260501000000Z")) == "revoked");
  CHECK(say(Line("R", "260501000000Z,keyCompromise")) == "revoked keyCompromise");
  CHECK(say(Line("R", "260501000000Z,holdInstruction,holdInstructionReject")) ==
        "revoked certificateHold");
  CHECK(say("") == WhyUnknown("the responder does not know the certificate"));
  CHECK(say(Line("V"), "") == WhyUnknown("it does not say until when it is current"));
  CHECK(say(Line("V"), kWeek + " -rmd sha1") ==
        WhyUnknown("it is signed by an algorithm that is not used here"));
}

TEST_CASE("openssl answers with the invalidity date of a compromise") {
  if (!OpensslResponder::IsInstalled()) return;
  const auto authority = Authority::Make();
  OpensslResponder responder(authority, authority.issuer,
                             Line("R", "260501000000Z,keyTime,20260401000000Z"), kWeek);
  const auto response = Must(revocation::ParseOcspResponse(Ask(authority, responder)));
  const auto status = revocation::CheckOcsp(authority.issued(), response, {},
                                            SystemClock().Now() + std::chrono::seconds(2));
  const auto& revoked = std::get<revocation::Revoked>(status);
  CHECK(revoked.reason == revocation::Reason::kKeyCompromise);
  CHECK(encoding::ToRfc3339(revoked.invalid_since.value()) == "2026-04-01T00:00:00Z");
}

TEST_CASE("openssl answers by a responder that the issuer appointed") {
  if (!OpensslResponder::IsInstalled()) return;
  const auto authority = Authority::Make();
  const auto by = [&](const CertificateSpec& spec, const std::string& line) {
    OpensslResponder responder(authority, Issue(spec, authority.issuer), line, kWeek);
    return SayNow(authority, responder);
  };
  const CertificateSpec unchecked = Current(ResponderSpec(), 5).With("noCheck", "ignored");
  CHECK(by(unchecked, Line("V")) == "good");
  CHECK(by(unchecked, Line("R", "260501000000Z,superseded")) == "revoked superseded");
  CHECK(by(Current(ResponderSpec(), 5), Line("V")) == "good");
  CHECK(
      by(Current(ResponderSpec(), 5).With("crlDistributionPoints", "URI:" + kCrlUrl), Line("V")) ==
      WhyUnknown("its responder's certificate: whether it is revoked was not found out"));
  CHECK(by(unchecked.With("extendedKeyUsage", "codeSigning"), Line("V")) ==
        WhyUnknown("its responder's certificate is not for OCSP"));
}

}  // namespace hallmark::testing
