#include <cstdint>
#include <string>
#include <utility>

#include "tests/support/catch.h"
#include "tests/unit/signature/bundle/bundle_world.h"

// Sweeps: whatever is changed in anything that is signed, or names what is signed, nothing may be
// verified. The one text that may change is the hint.
namespace hallmark::signature {
namespace {

using testing::kNow;

struct World {
  testing::MemoryStore store;
  testing::Pinned pinned = testing::PinImage(store);
  const store::Subject& subject = pinned.subject;
  trust::TrustRoot trust = testing::TrustCi();
  BundleFormat format;
  SigningFormat::Signed made = [this] {
    const auto signer = testing::MakeTestSigner(testing::TrustedPrivateKey());
    return testing::Must(format.Sign(subject, testing::ClaimFor(subject), *signer, kNow));
  }();
  std::string good = std::string(AsText(made.envelope.bytes()));

  bool IsVerified(const std::string& bundle) const {
    return format.Assess(testing::SignatureOf(bundle), subject, trust, kNow).verified.has_value();
  }
};

// Where the hint's text stands: the only bytes that may be anything.
std::pair<std::size_t, std::size_t> HintRange(const std::string& bundle) {
  const std::size_t start = bundle.find("\"hint\":\"") + 8;
  return {start, bundle.find('"', start)};
}

bool IsIn(std::pair<std::size_t, std::size_t> range, std::size_t at) {
  return at >= range.first && at < range.second;
}

}  // namespace

TEST_CASE("no flipped bit of a bundle is verified") {
  const World world;
  REQUIRE(world.IsVerified(world.good));
  const auto hint = HintRange(world.good);
  std::size_t verified = 0;
  for (std::size_t at = 0; at < world.good.size(); ++at) {
    if (IsIn(hint, at)) continue;
    for (int bit = 0; bit < 8; ++bit) {
      std::string bundle = world.good;
      bundle[at] = static_cast<char>(static_cast<unsigned char>(bundle[at]) ^ (1U << bit));
      if (!world.IsVerified(bundle)) continue;
      ++verified;
      UNSCOPED_INFO("bit " << bit << " of byte " << at << ": " << bundle);
    }
  }
  CHECK(verified == 0);
}

TEST_CASE("no dropped or doubled byte of a bundle is verified") {
  const World world;
  const auto hint = HintRange(world.good);
  for (std::size_t at = 0; at < world.good.size(); ++at) {
    if (IsIn(hint, at)) continue;
    std::string dropped = world.good;
    dropped.erase(at, 1);
    std::string doubled = world.good;
    doubled.insert(at, 1, world.good[at]);
    INFO("byte " << at);
    CHECK_FALSE(world.IsVerified(dropped));
    CHECK_FALSE(world.IsVerified(doubled));
  }
}

TEST_CASE("no prefix of a bundle is verified") {
  const World world;
  for (std::size_t size = 0; size < world.good.size(); ++size) {
    if (world.IsVerified(world.good.substr(0, size))) FAIL("verified: " << size << " bytes");
  }
}

TEST_CASE("no two swapped neighbours of a bundle are verified") {
  const World world;
  const auto hint = HintRange(world.good);
  for (std::size_t at = 0; at + 1 < world.good.size(); ++at) {
    if (IsIn(hint, at) || IsIn(hint, at + 1) || world.good[at] == world.good[at + 1]) continue;
    std::string swapped = world.good;
    std::swap(swapped[at], swapped[at + 1]);
    INFO("bytes " << at << " and " << at + 1);
    CHECK_FALSE(world.IsVerified(swapped));
  }
}

TEST_CASE("a flipped hint changes nothing, because it is not trusted") {
  const World world;
  const auto hint = HintRange(world.good);
  for (std::size_t at = hint.first; at < hint.second; ++at) {
    std::string bundle = world.good;
    bundle[at] = bundle[at] == 'A' ? 'B' : 'A';
    INFO("byte " << at);
    CHECK(world.IsVerified(bundle));
  }
}

TEST_CASE("parts of two good bundles do not make a third") {
  const World world;
  const auto signer = testing::MakeTestSigner(testing::TrustedPrivateKey());
  Claim claim = testing::ClaimFor(world.subject);
  claim.annotations["env"] = "dev";
  const auto other_made = testing::Must(world.format.Sign(world.subject, claim, *signer, kNow));
  auto one = testing::Must(bundle::ParseBundle(world.made.envelope.bytes()));
  auto two = testing::Must(bundle::ParseBundle(other_made.envelope.bytes()));
  CHECK(world.IsVerified(bundle::WriteBundle(one)));
  CHECK(world.IsVerified(bundle::WriteBundle(two)));
  std::swap(one.signature, two.signature);
  CHECK_FALSE(world.IsVerified(bundle::WriteBundle(one)));
  CHECK_FALSE(world.IsVerified(bundle::WriteBundle(two)));
}

TEST_CASE("no flipped bit of a carrier is read, and none of an image is what was signed") {
  World world;
  const oci::Repository& repository = world.subject.asked().repository();
  testing::Must(world.format.Push(testing::PatientContext(), world.store, repository, world.made));
  const Candidate candidate{world.made.artifact.descriptor()};
  const auto load = [&] {
    return world.format.Load(testing::PatientContext(), world.store, world.subject, candidate);
  };
  REQUIRE(std::holds_alternative<Signature>(load()));
  const auto& carrier = world.made.artifact;
  for (std::size_t at = 0; at < carrier.bytes().size(); ++at) {
    Bytes bytes(carrier.bytes().begin(), carrier.bytes().end());
    bytes[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    world.store.ReplaceBytes(carrier.digest(), bytes);
    if (std::holds_alternative<Signature>(load())) FAIL("byte " << at << " was not missed");
  }

  const oci::Content& image = world.pinned.image.manifest;
  for (std::size_t at = 0; at < image.bytes().size(); ++at) {
    Bytes bytes(image.bytes().begin(), image.bytes().end());
    bytes[at] ^= static_cast<std::uint8_t>(1U << (at % 8));
    const oci::Content changed = oci::Content::Describe(image.descriptor().media_type, bytes);
    testing::MemoryStore store;
    if (!store.PushManifest(testing::PatientContext(), repository, changed).ok()) continue;
    const auto subject =
        store::Resolve(testing::PatientContext(), store,
                       oci::Reference::Of(repository, std::nullopt, changed.digest()));
    if (!subject.ok()) continue;  // no manifest any more: refused even earlier
    const Assessment assessment =
        world.format.Assess(testing::SignatureOf(world.good), subject.value(), world.trust, kNow);
    CHECK(testing::WordOf(assessment) == "wrong-digest");
  }
}

}  // namespace hallmark::signature
