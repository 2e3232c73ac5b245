#include <string>

#include "tests/support/catch.h"
#include "tests/unit/verify/verify_world.h"

// An old key and its successor (A106). There is no proved time yet, so what counts is when it is
// asked: a key outside its window signs for nothing, whatever the signature says of its own time.
namespace hallmark::verify {
namespace {

using testing::kNow;
using testing::VerifyWorld;

constexpr std::chrono::seconds kSecond{1};

struct Fixture : VerifyWorld {
  testing::Image image = [this] {
    testing::Image made = testing::MakeImage("one");
    testing::Put(store(), repository(), made, "1");
    return made;
  }();
  // "allowed verified" and so on, at each of T-1, T and T+1, where T is kNow.
  std::vector<std::string> Words() {
    std::vector<std::string> words;
    for (const auto now : {kNow - kSecond, kNow, kNow + kSecond}) {
      const Outcome outcome = VerifyOne("registry.example/app:1", now);
      words.push_back(std::string(outcome.verdict.word()) + " " + outcome.verdict.reason);
    }
    return words;
  }
};

using Words = std::vector<std::string>;
const std::string kAllowed = "allowed verified";
const std::string kExpired = "denied expired";
const std::string kEarly = "denied not-yet-current";

}  // namespace

TEST_CASE("windows that share T let both keys sign for it, and for nothing beyond (A106)") {
  Fixture world;
  world.UseKeysInTurn(kNow, kNow);
  SECTION("the old key") {
    world.Sign(world.image.digest(), VerifyWorld::key());
    CHECK(world.Words() == Words{kAllowed, kAllowed, kExpired});
  }
  SECTION("the new key") {
    world.Sign(world.image.digest(), VerifyWorld::stranger());
    CHECK(world.Words() == Words{kEarly, kAllowed, kAllowed});
  }
  SECTION("both") {
    world.Sign(world.image.digest(), VerifyWorld::key());
    world.Sign(world.image.digest(), VerifyWorld::stranger());
    CHECK(world.Words() == Words{kAllowed, kAllowed, kAllowed});
  }
}

TEST_CASE("windows that adjoin hand over at T (A106)") {
  Fixture world;
  world.UseKeysInTurn(kNow - kSecond, kNow);
  SECTION("the old key") {
    world.Sign(world.image.digest(), VerifyWorld::key());
    CHECK(world.Words() == Words{kAllowed, kExpired, kExpired});
  }
  SECTION("the new key") {
    world.Sign(world.image.digest(), VerifyWorld::stranger());
    CHECK(world.Words() == Words{kEarly, kAllowed, kAllowed});
  }
  SECTION("both") {
    world.Sign(world.image.digest(), VerifyWorld::key());
    world.Sign(world.image.digest(), VerifyWorld::stranger());
    CHECK(world.Words() == Words{kAllowed, kAllowed, kAllowed});
  }
}

TEST_CASE("between windows nobody signs (A106)") {
  Fixture world;
  world.UseKeysInTurn(kNow - kSecond, kNow + kSecond);
  world.Sign(world.image.digest(), VerifyWorld::key());
  world.Sign(world.image.digest(), VerifyWorld::stranger());
  CHECK(world.Words() == Words{kAllowed, kExpired, kAllowed});
}

}  // namespace hallmark::verify
