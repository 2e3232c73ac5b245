#include "hallmark/revocation/checker.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "hallmark/revocation/limits.h"
#include "tests/support/catch.h"
#include "tests/support/http_servers.h"
#include "tests/support/world/doubles.h"
#include "tests/unit/revocation/revocation_test.h"

namespace hallmark::testing {
namespace {

using revocation::Cache;
using revocation::Checker;
using revocation::kLookAgainAfter;
using revocation::kRetryAfter;
using std::chrono::hours;
using std::chrono::seconds;

const std::string kDeltaUrl = "http://crl.test/delta.crl";

class MemoryCache final : public Cache {
 public:
  std::optional<Kept> Read(const std::string& url) override {
    const auto found = kept.find(url);
    return found == kept.end() ? std::nullopt : std::optional(found->second);
  }
  void Write(const std::string& url, const Kept& one) override { kept.insert_or_assign(url, one); }
  std::map<std::string, Kept> kept;
};

const RevocationAuthority& World() {
  static const RevocationAuthority world = RevocationAuthority::Make();
  return world;
}

Bytes List(const CrlSpec& spec = {}) { return MakeCrl(World().intermediate, spec); }

CrlSpec Revoking(const std::vector<Bytes>& extensions = {}) {
  CrlSpec spec;
  spec.entries = {DerRevoked(World().signer.certificate(), extensions)};
  return spec;
}

CrlSpec WithDelta(CrlSpec spec = {}) {
  spec.extensions.push_back(DerFreshest(kDeltaUrl));
  return spec;
}

CrlSpec Delta(std::vector<Bytes> entries = {}) {
  CrlSpec spec;
  spec.extensions = {DerCrlNumber(8), DerDeltaOf(7)};
  spec.entries = std::move(entries);
  return spec;
}

std::string Ask(Checker& checker, UnixTime now = kTestTime) {
  return Say(checker.Check(PatientContext(), World().issued(), now).status);
}

std::string AskOnce(HttpServers& servers, UnixTime now = kTestTime) {
  Checker checker(servers, nullptr);
  return Ask(checker, now);
}

}  // namespace

TEST_CASE("the list that a certificate names is fetched and says what it says") {
  HttpServers servers;
  servers.Put(kCrlUrl, List());
  Checker checker(servers, nullptr);
  const auto answer = checker.Check(PatientContext(), World().issued(), kTestTime);
  CHECK(Say(answer.status) == "good");
  CHECK(answer.asked == std::vector<std::string>{kCrlUrl});
  CHECK(servers.last().method == "GET");
  CHECK(servers.last().headers.empty());
  CHECK(servers.last().most == revocation::kMaxCrlBytes);
  servers.Put(kCrlUrl, List(Revoking({DerReason(1)})));
  CHECK(AskOnce(servers) == "revoked keyCompromise");
}

TEST_CASE("what is no current word of the issuer is unknown, and says why (A39)") {
  HttpServers servers;
  CHECK(AskOnce(servers) == "unknown: " + kCrlUrl + ": no connection");
  servers.Put(kCrlUrl, List(), 206);
  CHECK(AskOnce(servers) == "unknown: " + kCrlUrl + ": status 206");
  servers.Put(kCrlUrl, List(), 302);
  CHECK(AskOnce(servers) == "unknown: " + kCrlUrl + ": status 302, redirects are not followed");
  servers.Put(kCrlUrl, ToBytes("<html>"));
  CHECK(Starts(AskOnce(servers), "unknown: " + kCrlUrl + ": revocation list: "));
  servers.Put(kCrlUrl, MakeCrl(World().root, {}));
  CHECK(AskOnce(servers) ==
        "unknown: " + kCrlUrl +
            ": revocation list: it is by another issuer than the certificate's");
  servers.Put(kCrlUrl, List());
  CHECK(Starts(AskOnce(servers, kTestTime + hours(24 * 30)),
               "unknown: " + kCrlUrl + ": revocation list: it was current until"));
  CHECK(AskOnce(servers) == "good");
}

TEST_CASE("a list counts until its end, and is looked at again after an hour") {
  HttpServers servers;
  servers.Put(kCrlUrl, List());
  Checker checker(servers, nullptr);
  CHECK(Ask(checker) == "good");
  CHECK(Ask(checker, kTestTime + kLookAgainAfter - seconds(1)) == "good");
  CHECK(servers.asked(kCrlUrl) == 1);
  // A server that is down takes nothing away from what was said, until that has run out.
  servers.TakeDown();
  CHECK(Ask(checker, kTestTime + kLookAgainAfter) == "good");
  CHECK(servers.asked(kCrlUrl) == 2);
  CHECK(Starts(Ask(checker, kTestTime + hours(24 * 6)), "unknown: "));
  // News are heard.
  servers.Put(kCrlUrl, List(Revoking()));
  CHECK(Ask(checker, kTestTime + hours(24 * 5)) == "revoked");
}

TEST_CASE("an hour later a revocation is known (A104)") {
  HttpServers servers;
  servers.Put(kCrlUrl, List());
  Checker checker(servers, nullptr);
  CHECK(Ask(checker) == "good");
  servers.Put(kCrlUrl, List(Revoking()));
  CHECK(Ask(checker, kTestTime + kLookAgainAfter) == "revoked");
}

TEST_CASE("a server that is down is asked once in half a minute") {
  HttpServers servers;
  Checker checker(servers, nullptr);
  CHECK(Starts(Ask(checker), "unknown: "));
  CHECK(Starts(Ask(checker, kTestTime + kRetryAfter - seconds(1)), "unknown: "));
  CHECK(servers.asked(kCrlUrl) == 1);
  servers.Put(kCrlUrl, List());
  CHECK(Ask(checker, kTestTime + kRetryAfter) == "good");
}

TEST_CASE("what was found out later says nothing about an earlier time") {
  HttpServers servers;
  servers.Put(kCrlUrl, List());
  Checker checker(servers, nullptr);
  CHECK(Ask(checker) == "good");
  servers.TakeDown();
  CHECK(Starts(Ask(checker, kTestTime - seconds(1)), "unknown: "));
}

TEST_CASE("lists outlive the process in the cache, and are believed no more than others") {
  HttpServers servers;
  MemoryCache cache;
  servers.Put(kCrlUrl, List());
  {
    Checker first(servers, &cache);
    CHECK(Ask(first) == "good");
  }
  REQUIRE(cache.kept.size() == 1);
  const std::string name = cache.kept.begin()->first;
  CHECK(name.starts_with(kCrlUrl + " "));
  CHECK(cache.kept[name].since == kTestTime);
  Checker second(servers, &cache);
  CHECK(Ask(second, kTestTime + seconds(60)) == "good");
  CHECK(servers.asked(kCrlUrl) == 1);
  // Forged, cut short, of the future: as if it were not there.
  const RevocationAuthority stranger = RevocationAuthority::Make();
  for (const Cache::Kept& bad :
       {Cache::Kept{MakeCrl(stranger.intermediate, {}), kTestTime},
        Cache::Kept{Bytes{0x30, 0x03}, kTestTime}, Cache::Kept{List(), kTestTime + hours(2)}}) {
    cache.kept.insert_or_assign(name, bad);
    Checker third(servers, &cache);
    const int before = servers.asked(kCrlUrl);
    CHECK(Ask(third, kTestTime + seconds(60)) == "good");
    CHECK(servers.asked(kCrlUrl) == before + 1);
  }
}

TEST_CASE("no list that says nothing is kept") {
  HttpServers servers;
  MemoryCache cache;
  servers.Put(kCrlUrl, MakeCrl(World().root, {}));
  Checker checker(servers, &cache);
  CHECK(Starts(Ask(checker), "unknown: "));
  CHECK(cache.kept.empty());
}

TEST_CASE("an older list does not take the place of a newer one (rollback)") {
  HttpServers servers;
  MemoryCache cache;
  servers.Put(kCrlUrl, List(Revoking({DerReason(6)})));  // a hold, as of May 30th
  Checker checker(servers, &cache);
  CHECK(Ask(checker) == "revoked certificateHold");
  CrlSpec older;
  older.this_update = DerText(0x17, "260529000000Z");
  servers.Put(kCrlUrl, List(older));
  CHECK(Ask(checker, kTestTime + kLookAgainAfter) == "revoked certificateHold");
  CrlSpec newer;
  newer.this_update = DerText(0x17, "260531000000Z");
  servers.Put(kCrlUrl, List(newer));
  CHECK(Ask(checker, kTestTime + kLookAgainAfter + kLookAgainAfter) == "good");
}

TEST_CASE("a delta is fetched with the list that names it") {
  HttpServers servers;
  servers.Put(kCrlUrl, List(WithDelta()));
  CHECK(AskOnce(servers) ==
        "unknown: " + kCrlUrl + ": the delta of the list: " + kDeltaUrl + ": no connection");
  servers.Put(kDeltaUrl, List(Delta()));
  CHECK(AskOnce(servers) == "good");
  const Bytes entry = DerRevoked(World().signer.certificate(), {DerReason(1)});
  servers.Put(kDeltaUrl, List(Delta({entry})));
  CHECK(AskOnce(servers) == "revoked keyCompromise");
  // A hold that the delta takes back; where the delta cannot be had, it stays.
  servers.Put(kCrlUrl, List(WithDelta(Revoking({DerReason(6)}))));
  servers.Put(kDeltaUrl, List(Delta({DerRevoked(World().signer.certificate(), {DerReason(8)})})));
  CHECK(AskOnce(servers) == "good");
  servers.Put(kDeltaUrl, ToBytes("none"));
  CHECK(AskOnce(servers) == "revoked certificateHold");
}

TEST_CASE("a delta is looked at again after an hour, however often it was used") {
  HttpServers servers;
  servers.Put(kCrlUrl, List(WithDelta()));
  servers.Put(kDeltaUrl, List(Delta()));
  MemoryCache cache;
  const auto ask_at = [&](UnixTime now) {
    Checker checker(servers, &cache);
    return Ask(checker, now);
  };
  CHECK(ask_at(kTestTime) == "good");
  CHECK(ask_at(kTestTime + std::chrono::minutes(40)) == "good");
  CHECK(servers.asked(kDeltaUrl) == 1);
  servers.Put(kDeltaUrl, List(Delta({DerRevoked(World().signer.certificate(), {DerReason(1)})})));
  CHECK(ask_at(kTestTime + std::chrono::minutes(70)) == "revoked keyCompromise");
  // What revoked is remembered, and an older delta does not take its place.
  CrlSpec older = Delta();
  older.this_update = DerText(0x17, "260529000000Z");
  servers.Put(kDeltaUrl, List(older));
  CHECK(ask_at(kTestTime + std::chrono::minutes(200)) == "revoked keyCompromise");
}

TEST_CASE("a hold stays one where its delta cannot be had") {
  HttpServers servers;
  servers.Put(kCrlUrl, List(WithDelta(Revoking({DerReason(6)}))));
  CHECK(AskOnce(servers) == "revoked certificateHold");
}

TEST_CASE("another issuer's list at the same place takes no place of the issuer's") {
  const RevocationAuthority other = RevocationAuthority::Make();
  HttpServers servers;
  MemoryCache cache;
  CrlSpec newest;
  newest.this_update = DerText(0x17, "260531120000Z");
  servers.Put(kCrlUrl, MakeCrl(other.intermediate, newest));
  Checker checker(servers, &cache);
  CHECK(Say(checker.Check(PatientContext(), other.issued(), kTestTime).status) == "good");
  servers.Put(kCrlUrl, List());
  CHECK(Ask(checker) == "good");
  CHECK(cache.kept.size() == 2);
}

TEST_CASE("what one caller's deadline cut short is asked again for the next") {
  HttpServers servers;
  Checker checker(servers, nullptr);
  Context late = PatientContext();
  late.deadline = std::chrono::steady_clock::now();
  CHECK(Starts(Say(checker.Check(late, World().issued(), kTestTime).status), "unknown: "));
  servers.Put(kCrlUrl, List());
  CHECK(Ask(checker) == "good");
}

TEST_CASE("one list costs one request, however many ask at once") {
  HttpServers servers;
  servers.Put(kCrlUrl, List());
  Checker checker(servers, nullptr);
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { good += Ask(checker) == "good" ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 8);
  CHECK(servers.asked(kCrlUrl) == 1);
}

TEST_CASE("the places of a certificate are asked in turn") {
  const CertificateSpec signer = SignerSpec().With(
      "crlDistributionPoints", "URI:http://crl.test/a.crl,URI:http://crl.test/b.crl");
  const auto world = RevocationAuthority::Make(IntermediateSpec(), signer);
  HttpServers servers;
  Checker checker(servers, nullptr);
  const auto none = checker.Check(PatientContext(), world.issued(), kTestTime);
  CHECK(Say(none.status) ==
        "unknown: http://crl.test/a.crl: no connection; http://crl.test/b.crl: no connection");
  servers.Put("http://crl.test/b.crl", MakeCrl(world.intermediate, {}));
  const auto answer = checker.Check(PatientContext(), world.issued(), kTestTime + kRetryAfter);
  CHECK(Say(answer.status) == "good");
  CHECK(answer.asked == std::vector<std::string>{"http://crl.test/a.crl", "http://crl.test/b.crl"});
}

}  // namespace hallmark::testing
