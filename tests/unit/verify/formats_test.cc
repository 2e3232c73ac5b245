#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/x509_authority.h"
#include "tests/unit/verify/verify_world.h"

// Several formats in one verification.
namespace hallmark::verify {
namespace {

using testing::VerifyWorld;

// A format with any number of candidates, none of them any use.
class Useless final : public signature::Format {
 public:
  explicit Useless(std::size_t count, std::optional<Error> gap = std::nullopt)
      : count_(count), gap_(std::move(gap)) {}
  signature::FormatId id() const override { return signature::FormatId::kCosign; }
  signature::Found Find(const Context&, store::Reader&, const store::Subject& subject,
                        const signature::Wanted&) const override {
    ++asked;
    signature::Found found;
    for (std::size_t i = 0; i < count_; ++i) {
      found.candidates.push_back({subject.manifest().descriptor()});
    }
    if (gap_) found.gaps.push_back(*gap_);
    return found;
  }
  signature::Loaded Load(const Context&, store::Reader&, const store::Subject&,
                         const signature::Candidate& candidate) const override {
    ++read;
    return signature::Unreadable(id(), candidate, signature::Check::kFormat,
                                 Error(ErrorCode::kMalformed, "of no use"));
  }
  signature::Assessment Assess(const signature::Signature& signature, const store::Subject&,
                               const trust::TrustRoot&, UnixTime) const override {
    return signature::Prover(signature).Fail(signature::Check::kFormat, "malformed", "of no use");
  }
  mutable std::size_t asked = 0;
  mutable std::size_t read = 0;

 private:
  std::size_t count_;
  std::optional<Error> gap_;
};

struct Fixture : VerifyWorld {
  testing::Image image = [this] {
    testing::Image made = testing::MakeImage("one");
    testing::Put(store(), repository(), made, "1");
    return made;
  }();
};

}  // namespace

TEST_CASE("where the first format's signatures suffice no other place is asked") {
  Fixture world;
  const Useless other(3);
  world.after = {&other};
  world.Sign(world.image.digest(), VerifyWorld::key());
  CHECK(world.VerifyOne().verdict.allowed());
  CHECK(other.asked == 0);
}

TEST_CASE("where they do not every place is asked, once") {
  Fixture world;
  const Useless other(3);
  const Useless third(0);
  world.after = {&other, &third};
  world.Sign(world.image.digest(), VerifyWorld::stranger());
  const Outcome outcome = world.VerifyOne();
  CHECK_FALSE(outcome.verdict.allowed());
  CHECK(outcome.evidence.assessments.size() == 4);
  CHECK(other.asked == 1);
  CHECK(third.asked == 1);
  CHECK(world.store().calls(testing::MemoryStore::Call::kReferrers) == 1);
}

TEST_CASE("where keys and certificates both count every place is asked at once") {
  Fixture world;
  const Useless other(0);
  world.after = {&other};
  world.UseUnion(testing::SelfSigned(testing::RootSpec()).certificate());
  world.Sign(world.image.digest(), VerifyWorld::key());
  CHECK(world.VerifyOne().verdict.allowed());
  CHECK(other.asked == 1);
  CHECK(world.store().calls(testing::MemoryStore::Call::kReferrers) == 1);
}

TEST_CASE("a flood of one format hides no signature of another (A57)") {
  Fixture world;
  world.Sign(world.image.digest(), VerifyWorld::key());
  const Useless flood(1000);
  SECTION("asked before") { world.before = {&flood}; }
  SECTION("asked after") { world.after = {&flood}; }
  CHECK(world.VerifyOne().verdict.allowed());
  CHECK(flood.read <= world.options().max_signatures);
}

TEST_CASE("a flood with nothing good is unknown, and costs no more than is allowed (A57)") {
  Fixture world;
  const Useless flood(1000);
  const Useless more(1000);
  world.before = {&flood};
  world.after = {&more};
  const Outcome outcome = world.VerifyOne();
  CHECK(outcome.verdict.word() == "unknown");
  CHECK(outcome.verdict.reason == "limit");
  CHECK(flood.read + more.read == world.options().max_signatures);
}

TEST_CASE("a place of another format that cannot be asked is no absence") {
  Fixture world;
  const Useless other(0, Error(ErrorCode::kUnavailable, "the tag was not read"));
  world.after = {&other};
  CHECK(world.VerifyOne().verdict.word() == "unknown");
  world.Sign(world.image.digest(), VerifyWorld::key());
  CHECK(world.VerifyOne().verdict.allowed());
}

}  // namespace hallmark::verify
