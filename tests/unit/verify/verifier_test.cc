#include "hallmark/verify/verifier.h"

#include <string>
#include <utility>

#include "tests/support/catch.h"
#include "tests/unit/verify/verify_world.h"

// One image: what is read, when reading stops, and what verdict comes of it.
namespace hallmark::verify {
namespace {

using testing::Image;
using testing::MakeImage;
using testing::MemoryStore;
using testing::VerifyWorld;

// A world with one image, tagged 1.
struct Fixture : VerifyWorld {
  Image image = [this] {
    Image made = MakeImage("one");
    testing::Put(store(), repository(), made, "1");
    return made;
  }();
  void SignBy(const crypto::PrivateKey& by, std::string annotation = "prod") {
    Sign(image.digest(), by, std::move(annotation));
  }
};

// "denied untrusted-signer"
std::string Say(const policy::Verdict& verdict) {
  return std::string(verdict.word()) + " " + verdict.reason;
}

// A carrier whose own annotations, which the listing repeats, hold one more.
oci::Content WithAnnotation(const oci::Content& carrier, const std::string& name,
                            const std::string& value) {
  constexpr std::string_view kAnnotations = R"("annotations":{)";
  std::string text(AsText(carrier.bytes()));
  text.insert(text.rfind(kAnnotations) + kAnnotations.size(),
              "\"" + name + "\":\"" + value + "\",");
  return oci::Content::Describe(carrier.descriptor().media_type, ToBytes(text));
}

bool IsByVerification(const policy::Verdict& verdict) {
  const auto* allow = std::get_if<policy::Allow>(&verdict.decision);
  return allow != nullptr && std::holds_alternative<policy::ByVerification>(allow->basis);
}

}  // namespace

TEST_CASE("an image with a trusted signature is allowed, at a cost of four reads") {
  Fixture world;
  world.SignBy(world.key());
  const bool by_digest = GENERATE(false, true);
  const std::string reference =
      "registry.example/app" + (by_digest ? "@" + world.image.digest().ToString() : ":1");
  const std::size_t before = world.store().calls();
  const Outcome outcome = world.VerifyOne(reference);
  CHECK(Say(outcome.verdict) == "allowed verified");
  CHECK(IsByVerification(outcome.verdict));
  CHECK(outcome.digest == world.image.digest());
  CHECK(outcome.reference.ToString() == reference);
  CHECK(world.store().calls() - before == 4);
}

TEST_CASE("unsigned, denied and unknown are told apart") {
  Fixture world;
  SECTION("nothing there, by authority of every place") {
    CHECK(Say(world.VerifyOne().verdict) == "unsigned unsigned");
  }
  SECTION("nothing found where not everything could be asked") {
    world.store().AddGap(Error(ErrorCode::kThrottled, "later"));
    CHECK(Say(world.VerifyOne().verdict) == "unknown throttled");
  }
  SECTION("a stranger's signature") {
    world.SignBy(world.stranger());
    CHECK(Say(world.VerifyOne().verdict) == "denied untrusted-signer");
  }
  SECTION("a stranger's signature where not everything could be asked") {
    world.SignBy(world.stranger());
    world.store().AddGap(Error(ErrorCode::kTimeout, "slow"));
    CHECK(Say(world.VerifyOne().verdict) == "unknown timeout");
  }
  SECTION("a gap is no matter when there is enough") {
    world.SignBy(world.key());
    world.store().AddGap(Error(ErrorCode::kTimeout, "slow"));
    CHECK(Say(world.VerifyOne().verdict) == "allowed verified");
  }
  SECTION("a signature that could not be read") {
    const auto made = world.Sign(world.image.digest(), world.key());
    world.store().FailOn(made.envelope.digest(), Error(ErrorCode::kUnavailable, "reset"));
    CHECK(Say(world.VerifyOne().verdict) == "unknown unreachable");
  }
  SECTION("a signature whose bytes are others") {
    const auto made = world.Sign(world.image.digest(), world.key());
    world.store().ReplaceBytes(made.envelope.digest(), ToBytes("{}"));
    CHECK(world.VerifyOne().verdict.word() == "denied");
  }
}

TEST_CASE("an image that cannot be resolved has a verdict too") {
  Fixture world;
  const auto say = [&](Error error) {
    world.store().FailOn(MemoryStore::Call::kFetchManifest, std::move(error));
    const Outcome outcome = world.VerifyOne();
    CHECK_FALSE(outcome.digest);
    return Say(outcome.verdict);
  };
  CHECK(say(Error(ErrorCode::kNotFound, "404")) == "unknown not-found");
  CHECK(say(Error(ErrorCode::kDenied, "401")) == "unknown auth");
  CHECK(say(Error(ErrorCode::kTimeout, "slow")) == "unknown timeout");
  CHECK(say(Error(ErrorCode::kMismatch, "other bytes")) == "denied wrong-digest");
  CHECK(say(Error(ErrorCode::kMalformed, "no manifest")) == "denied malformed");
  CHECK(say(Error(ErrorCode::kLimit, "too large")) == "denied limit");
}

TEST_CASE("other bytes than the digest names are refused before signature work (A06)") {
  Fixture world;
  world.SignBy(world.key());
  world.store().ReplaceBytes(world.image.digest(), ToBytes("{}"));
  const Outcome outcome =
      world.VerifyOne("registry.example/app@" + world.image.digest().ToString());
  CHECK(Say(outcome.verdict) == "denied wrong-digest");
  CHECK(world.store().calls(MemoryStore::Call::kReferrers) == 0);
}

TEST_CASE("an attestation is no signature (A03)") {
  Fixture world;
  world.SignBy(world.key());
  policy::Rule::Parts parts = VerifyWorld::OneOfTheKeys();
  parts.expectation.predicate_type = "https://slsa.dev/provenance/v1";
  world.UseRule(parts);
  CHECK(Say(world.VerifyOne().verdict) == "denied attestation");
  parts.expectation.predicate_type = std::string(signature::kSignPredicate) + ".1";
  world.UseRule(parts);
  CHECK(Say(world.VerifyOne().verdict) == "denied attestation");
}

TEST_CASE("annotations count only where a trusted key signed them (A09)") {
  Fixture world;
  policy::Rule::Parts parts = VerifyWorld::OneOfTheKeys();
  parts.expectation.annotations = {{"env", "prod"}};
  world.UseRule(parts);
  world.SignBy(world.key(), "dev");
  CHECK(Say(world.VerifyOne().verdict) == "denied annotation");
  world.SignBy(world.stranger(), "prod");
  CHECK(Say(world.VerifyOne().verdict) == "denied annotation");
  world.SignBy(world.key(), "prod");
  CHECK(Say(world.VerifyOne().verdict) == "allowed verified");
}

TEST_CASE("annotations of the carrier and the listing are nobody's word (A09)") {
  Fixture world;
  policy::Rule::Parts parts = VerifyWorld::OneOfTheKeys();
  parts.expectation.annotations = {{"env", "prod"}};
  world.UseRule(parts);
  // What the signer says, what the manifest that carries it says, and the verdict.
  const auto [signed_value, carrier_value, word] =
      GENERATE(table<std::string, std::string, std::string>(
          {{"dev", "prod", "denied annotation"}, {"prod", "dev", "allowed verified"}}));
  auto made = world.Make(world.image.digest(), world.key(), signed_value);
  made.artifact = WithAnnotation(made.artifact, "env", carrier_value);
  world.Attach(made);
  const auto listing = world.store().Referrers(testing::PatientContext(), world.repository(),
                                               world.image.digest(), "");
  REQUIRE(listing.entries.at(0).annotations.at("env") == carrier_value);
  CHECK(Say(world.VerifyOne().verdict) == word);
}

TEST_CASE("one key signs once, however often it signs (A29, A54)") {
  Fixture world;
  world.SignBy(world.key());
  world.SignBy(world.key());
  const Outcome outcome = world.VerifyOne();
  REQUIRE(IsByVerification(outcome.verdict));
  // The first is enough; the second is not even read.
  CHECK(outcome.evidence.assessments.size() == 1);
}

TEST_CASE("reading stops at the first that is enough, warn mode reads on") {
  Fixture world;
  world.SignBy(world.stranger());
  policy::Rule::Parts parts = VerifyWorld::OneOfTheKeys();
  parts.mode = policy::Mode::kWarn;
  world.UseRule(parts);
  const Outcome audited = world.VerifyOne();
  CHECK(audited.verdict.allowed());
  CHECK_FALSE(IsByVerification(audited.verdict));
  world.SignBy(world.key());
  CHECK(IsByVerification(world.VerifyOne().verdict));
}

TEST_CASE("candidates and reads of them are bounded, and what was not read is a gap (A57)") {
  // What is too little for four candidates by one, and what suffices.
  const auto [bound, less, enough] =
      GENERATE(table<std::size_t Options::*, std::size_t, std::size_t>(
          {{&Options::max_signatures, 3, 4}, {&Options::max_reads, 7, 8}}));
  Fixture world;
  world.options().*bound = less;
  for (int i = 0; i < 4; ++i) world.SignBy(world.stranger());
  const std::size_t before = world.store().calls();
  const Outcome outcome = world.VerifyOne();
  CHECK(Say(outcome.verdict) == "unknown limit");
  CHECK(outcome.evidence.assessments.size() == 3);
  CHECK(world.store().calls() - before == 2 + 3 * 2);
  world.options().*bound = enough;
  CHECK(Say(world.VerifyOne().verdict) == "denied untrusted-signer");
}

TEST_CASE("the place of the good signature among strangers is no matter (A57)") {
  Fixture world;
  const int place = GENERATE(0, 1, 2, 5);
  for (int i = 0; i < 6; ++i) world.SignBy(i == place ? world.key() : world.stranger());
  const Outcome outcome = world.VerifyOne();
  CHECK(Say(outcome.verdict) == "allowed verified");
  CHECK(outcome.evidence.assessments.size() <= 6);
}

TEST_CASE("a thousand listed strangers cost no more than 64 reads (A57)") {
  Fixture world;
  for (int i = 0; i < 1000; ++i) {
    const auto digest =
        oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(std::to_string(i)));
    world.store().AddToListing(world.repository(), world.image.digest(),
                               {"application/vnd.oci.image.manifest.v1+json",
                                digest,
                                7,
                                "application/vnd.dev.sigstore.bundle.v0.3+json",
                                {},
                                {}});
  }
  const std::size_t before = world.store().calls();
  CHECK(world.VerifyOne().verdict.word() == "unknown");
  CHECK(world.store().calls() - before <= 64);
}

TEST_CASE("a passed deadline ends the reading") {
  Fixture world;
  world.SignBy(world.stranger());
  SECTION("at the first candidate that times out") {
    world.SignBy(world.stranger());
    world.store().FailOn(MemoryStore::Call::kFetch, Error(ErrorCode::kTimeout, "slow"));
    const Outcome outcome = world.VerifyOne();
    CHECK(Say(outcome.verdict) == "unknown timeout");
    CHECK(world.store().calls(MemoryStore::Call::kFetch) == 1);
  }
  SECTION("before anything was asked") {
    world.context() = testing::ExpiredContext();
    CHECK(world.VerifyOne().verdict.word() == "unknown");
  }
}

TEST_CASE("a rule that needs no evidence looks for none") {
  Fixture world;
  SECTION("default deny") {
    world.UseDefault("\"deny\"");
    CHECK(Say(world.VerifyOne().verdict) == "denied no-rule");
  }
  SECTION("default allow-unmatched is an exemption, not a verification") {
    world.UseDefault("\"allow-unmatched\"");
    const Outcome outcome = world.VerifyOne();
    CHECK(Say(outcome.verdict) == "allowed exempt");
    CHECK_FALSE(IsByVerification(outcome.verdict));
  }
  CHECK(world.store().calls(MemoryStore::Call::kReferrers) == 0);
}

TEST_CASE("an artifact of another kind leaves an image unsigned") {
  Fixture world;
  const auto sbom =
      testing::MakeReferrer(world.image.manifest.descriptor(), "application/spdx+json", "sbom");
  testing::Put(world.store(), world.repository(), sbom);
  oci::Descriptor entry = sbom.manifest.descriptor();
  world.store().AddToListing(world.repository(), world.image.digest(), entry);
  CHECK(Say(world.VerifyOne().verdict) == "unsigned unsigned");
}

}  // namespace hallmark::verify
