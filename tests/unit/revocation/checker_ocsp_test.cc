// What a checker does with responders; lists are in checker_test.cc.
#include "hallmark/revocation/checker.h"
#include "hallmark/revocation/limits.h"
#include "tests/support/catch.h"
#include "tests/support/http_servers.h"
#include "tests/support/world/doubles.h"
#include "tests/unit/revocation/ocsp_test.h"

namespace hallmark::testing {
namespace {

using revocation::Checker;
using std::chrono::seconds;

// The signer names a responder and a list.
const RevocationAuthority& World() {
  static const RevocationAuthority world = RevocationAuthority::Make(true);
  return world;
}

Bytes Response(const Bytes& status = DerGood()) {
  return MakeOcspResponse(World().intermediate, OcspAbout(World().issued(), status));
}

Bytes ResponseBy(const Identity& responder) {
  OcspSpec spec = OcspAbout(World().issued());
  spec.certificates = {responder.der};
  return MakeOcspResponse(responder, spec);
}

Bytes Listing(const Identity& revoked) {
  CrlSpec spec;
  spec.entries = {DerRevoked(revoked.certificate())};
  return MakeCrl(World().intermediate, spec);
}

std::string AskOnce(HttpServers& servers, UnixTime now = kTestTime) {
  Checker checker(servers, nullptr);
  return Say(checker.Check(PatientContext(), World().issued(), now).status);
}

}  // namespace

TEST_CASE("the responder is asked first, and what it says is enough") {
  HttpServers servers;
  servers.Put(kOcspUrl, Response());
  servers.Put(kCrlUrl, Listing(World().signer));
  Checker checker(servers, nullptr);
  const auto answer = checker.Check(PatientContext(), World().issued(), kTestTime);
  CHECK(Say(answer.status) == "good");
  CHECK(answer.asked == std::vector<std::string>{kOcspUrl});
  CHECK(servers.last().method == "POST");
  CHECK(servers.last().most == revocation::kMaxOcspBytes);
  const net::Headers headers = {{"Content-Type", "application/ocsp-request"},
                                {"Accept", "application/ocsp-response"}};
  CHECK(servers.last().headers == headers);
  servers.Put(kOcspUrl, Response(DerOcspRevoked(DerOcspReason(1))));
  CHECK(AskOnce(servers) == "revoked keyCompromise");
  CHECK(servers.asked(kCrlUrl) == 0);
}

TEST_CASE("where the responder says nothing that counts, the list is asked") {
  HttpServers servers;
  servers.Put(kCrlUrl, Listing(World().signer));
  CHECK(AskOnce(servers) == "revoked");
  const std::vector<Bytes> nothing = {MakeOcspRefusal(3), ToBytes("<html>"), Response(DerUnknown()),
                                      MakeOcspResponse(World().root, OcspAbout(World().issued()))};
  for (const Bytes& bytes : nothing) {
    servers.Put(kOcspUrl, bytes);
    CHECK(AskOnce(servers) == "revoked");
  }
  servers.Put(kOcspUrl, Response(), 206);
  CHECK(AskOnce(servers) == "revoked");
  servers.TakeDown();
  servers.Put(kOcspUrl, MakeOcspRefusal(6));
  CHECK(AskOnce(servers) == "unknown: " + kOcspUrl +
                                ": OCSP response: the responder says unauthorized; " + kCrlUrl +
                                ": no connection");
}

TEST_CASE("a responder's own status is looked up in its issuer's list") {
  const std::string list_url = "http://crl.test/responders.crl";
  const Identity responder =
      Issue(ResponderSpec().With("crlDistributionPoints", "URI:" + list_url), World().intermediate);
  HttpServers servers;
  servers.Put(kOcspUrl, ResponseBy(responder));
  CHECK(AskOnce(servers) == "unknown: " + kOcspUrl +
                                ": OCSP response: its responder's certificate: " + list_url +
                                ": no connection; " + kCrlUrl + ": no connection");
  servers.Put(list_url, Listing(World().signer));
  CHECK(AskOnce(servers) == "good");
  servers.Put(list_url, Listing(responder));
  CHECK(Starts(AskOnce(servers), "unknown: "));
  const Identity unchecked =
      Issue(ResponderSpec().With("noCheck", "ignored"), World().intermediate);
  servers.Put(kOcspUrl, ResponseBy(unchecked));
  const int before = servers.asked(list_url);
  CHECK(AskOnce(servers) == "good");
  CHECK(servers.asked(list_url) == before);
}

TEST_CASE("a responder of a responder is not asked") {
  const std::string other_url = "http://ocsp.test/responders";
  const Identity responder = Issue(
      ResponderSpec().With("authorityInfoAccess", "OCSP;URI:" + other_url), World().intermediate);
  HttpServers servers;
  servers.Put(kOcspUrl, ResponseBy(responder));
  servers.Put(other_url, Response());
  CHECK(Starts(AskOnce(servers), "unknown: "));
  CHECK(servers.asked(other_url) == 0);
}

}  // namespace hallmark::testing
