#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/signature/cosign/internal/payload.h"
#include "hallmark/signature/cosign/internal/signature_tag.h"
#include "hallmark/signature/cosign/limits.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"

// Cosign v2's signatures as Hallmark writes them.
namespace hallmark::signature {
namespace {

using testing::MemoryStore;
using testing::Must;

constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};  // 2026-06-01T12:00:00Z
constexpr std::string_view kPayloadType = "application/vnd.dev.cosign.simplesigning.v1+json";
constexpr std::string_view kSignatureName = "dev.cosignproject.cosign/signature";

const crypto::PrivateKey& Key() {
  static const crypto::PrivateKey key = testing::MakeKey();
  return key;
}

Claim ClaimAbout(const oci::Digest& digest) {
  return {digest, std::string(kSignPredicate), {}, "registry.example/app", "1.4", {}, {}};
}

std::string Written(const Claim& claim) {
  return std::string(AsText(Must(cosign::WritePayload(claim))));
}

struct World {
  MemoryStore store;
  testing::Image image = testing::MakeImage("one");
  oci::Repository repository = testing::Repo("registry.example/app");
  CosignFormat format;
  Context context = testing::PatientContext();
  std::unique_ptr<crypto::Signer> signer = testing::MakeTestSigner(Key());
  store::Subject subject = [this] {
    testing::Put(store, repository, image, "1.4");
    return Must(store::Resolve(context, store, testing::Ref("registry.example/app:1.4")));
  }();

  SigningFormat::Signed Sign(const std::string& by = "") {
    Claim claim = ClaimAbout(subject.digest());
    if (!by.empty()) claim.annotations["by"] = by;
    return Must(format.Sign(subject, claim, *signer, kNow));
  }
  oci::Digest Push(const SigningFormat::Signed& made) {
    return Must(format.Push(context, store, repository, made));
  }
  oci::Content Tag() {
    return Must(store.FetchManifest(
        context, oci::Reference::Of(repository, CosignTag(subject.digest(), ".sig"), {})));
  }
  std::vector<Assessment> AssessAll(const trust::TrustRoot& trust) {
    std::vector<Assessment> all;
    for (const Candidate& one :
         format.Find(context, store, subject, {kSignPredicate, trust}).candidates) {
      Loaded loaded = format.Load(context, store, subject, one);
      all.push_back(format.Assess(std::get<Signature>(loaded), subject, trust, kNow));
    }
    return all;
  }
  trust::TrustRoot Trust() const {
    return Must(trust::TrustRoot::Of({{"ci", "ci.pub", Key().public_key(), {}, {}}}));
  }
  void PutTag(const oci::Content& manifest) {
    Must(store.PushManifest(context, repository, manifest));
    Must(store.Tag(context, repository, manifest, CosignTag(subject.digest(), ".sig")));
  }
};

oci::Descriptor Layer(std::string_view payload, const std::string& signature = "c2ln") {
  oci::Descriptor layer =
      oci::Content::Describe(std::string(kPayloadType), ToBytes(payload)).descriptor();
  layer.annotations[std::string(kSignatureName)] = signature;
  return layer;
}

oci::Content ManifestOf(std::string_view text, std::string_view type = oci::kOciManifest) {
  return oci::Content::Describe(std::string(type), ToBytes(text));
}

std::size_t Count(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_CASE("a payload is written as cosign 2.5 writes it") {
  const auto digest = Must(oci::Digest::Parse("sha256:" + std::string(64, 'a')));
  Claim claim = ClaimAbout(digest);
  claim.tag.reset();
  const std::string critical =
      R"({"critical":{"identity":{"docker-reference":"registry.example/app"},"image":)"
      R"({"docker-manifest-digest":"sha256:)" +
      std::string(64, 'a') + R"("},"type":"cosign container image signature"},"optional":)";
  CHECK(Written(claim) == critical + "null}");
  claim.annotations = {{"env", "prod"}, {"B", "<a>&\"\\\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA\n"}};
  CHECK(Written(claim) == critical + R"({"B":"\u003ca\u003e\u0026\"\\\u2028\u2029)"
                                     "\xE2\x80\xAA"
                                     R"(\n","env":"prod"}})");
}

TEST_CASE("the tag is part of the signed name, and times have a member of their own") {
  const auto digest = Must(oci::Digest::Parse("sha256:" + std::string(64, 'a')));
  Claim claim = ClaimAbout(digest);
  CHECK(Count(Written(claim), R"("docker-reference":"registry.example/app:1.4")") == 1);
  claim.signed_at = kNow;
  claim.expires = kNow + std::chrono::hours(1);
  claim.annotations = {{"a", "1"}, {"z", "2"}};
  CHECK(Written(claim).ends_with(
      R"("optional":{"a":"1","hallmark":{"version":1,"signedAt":"2026-06-01T12:00:00Z",)"
      R"("expires":"2026-06-01T13:00:00Z"},"z":"2"}})"));
  claim.repository.reset();
  CHECK(Count(Written(claim), R"("docker-reference":"")") == 1);
  CHECK(Count(Written(claim), R"({"version":1,"tag":"1.4",)") == 1);
}

TEST_CASE("what cosign's payload cannot say is not signed") {
  World world;
  Claim claim = ClaimAbout(world.subject.digest());
  ErrorCode want = ErrorCode::kConfig;
  SECTION("an annotation of our own name") { claim.annotations["hallmark"] = "x"; }
  SECTION("no text") { claim.annotations["a"] = "\xff"; }
  SECTION("an attestation") { claim.predicate_type = "https://slsa.dev/provenance/v1"; }
  SECTION("no name of an image") { claim.repository = "Not A Name"; }
  SECTION("a tag that is none") { claim.tag = "a b"; }
  SECTION("an expiry without a time of signing") { claim.expires = kNow; }
  SECTION("more than is read") {
    claim.annotations["a"] = std::string(cosign::kMaxPayloadBytes, 'a');
    want = ErrorCode::kLimit;
  }
  SECTION("another image") {
    claim.subject = testing::MakeImage("two").digest();
    want = ErrorCode::kInternal;
  }
  const auto made = world.format.Sign(world.subject, claim, *world.signer, kNow);
  REQUIRE_FALSE(made.ok());
  CHECK((made.error().code() == want || made.error().code() == ErrorCode::kMalformed));
}

TEST_CASE("a key that signs wrongly is noticed before anything is stored") {
  class Broken final : public crypto::Signer {
   public:
    explicit Broken(crypto::Signer& inner) : inner_(inner) {}
    const crypto::PublicKey& public_key() const override { return inner_.public_key(); }
    crypto::Scheme scheme() const override { return inner_.scheme(); }
    Result<Bytes> Sign(ByteView) override { return inner_.Sign(AsBytes("something else")); }

   private:
    crypto::Signer& inner_;
  };
  World world;
  Broken broken(*world.signer);
  const auto made =
      world.format.Sign(world.subject, ClaimAbout(world.subject.digest()), broken, kNow);
  CHECK(made.error().code() == ErrorCode::kUnavailable);
}

TEST_CASE("the manifest of one signature is cosign's, member for member") {
  World world;
  const SigningFormat::Signed made = world.Sign();
  CHECK(made.tag == "sha256-" + world.subject.digest().hex() + ".sig");
  CHECK(world.Push(made) == made.artifact.digest());
  const std::string manifest(AsText(world.Tag().bytes()));
  const std::string payload = made.envelope.digest().ToString();
  const auto document = Must(oci::ParseDocument(world.Tag()));
  const auto& image = std::get<oci::ImageManifest>(document);
  const auto config = Must(world.store.Fetch(world.context, world.repository, *image.config));
  CHECK(AsText(config.bytes()) ==
        R"({"architecture":"","created":"0001-01-01T00:00:00Z","history":[{"created":)"
        R"("0001-01-01T00:00:00Z"}],"os":"","rootfs":{"type":"layers","diff_ids":[")" +
            payload + R"("]},"config":{}})");
  CHECK(manifest ==
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)"
        R"({"mediaType":"application/vnd.oci.image.config.v1+json","size":)" +
            std::to_string(config.bytes().size()) + R"(,"digest":")" + config.digest().ToString() +
            R"("},"layers":[{"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json",)"
            R"("size":)" +
            std::to_string(made.envelope.bytes().size()) + R"(,"digest":")" + payload +
            R"(","annotations":{"dev.cosignproject.cosign/signature":")" +
            image.layers[0].annotations.at(std::string(kSignatureName)) + R"("}}]})");
}

TEST_CASE("what is signed is read back, trusted keys' first, the newest of them first") {
  World world;
  const SigningFormat::Signed first = world.Sign("first");
  world.Push(first);
  world.Push(world.Sign("second"));
  const auto stranger = testing::MakeTestSigner();
  std::swap(world.signer, const_cast<std::unique_ptr<crypto::Signer>&>(stranger));
  world.Push(world.Sign("first"));  // the same payload by another key
  const auto all = world.AssessAll(world.Trust());
  REQUIRE(all.size() == 3);
  REQUIRE(all[0].verified);
  CHECK(all[0].verified->claim().annotations.at("by") == "second");
  CHECK(all[0].verified->claim().tag == "1.4");
  REQUIRE(all[1].verified);
  CHECK(all[1].verified->claim().annotations.at("by") == "first");
  CHECK_FALSE(all[2].verified);
  const oci::Digest before = world.Tag().digest();
  CHECK(world.Push(first) == before);  // again changes nothing
  CHECK(world.Tag().digest() == before);
}

TEST_CASE("no changed byte of what was written is verified") {
  World world;
  const SigningFormat::Signed made = world.Sign();
  const auto document = Must(oci::ParseDocument(made.artifact));
  const auto& layer = std::get<oci::ImageManifest>(document).layers.front();
  const auto trust = world.Trust();
  const auto is_verified = [&](Bytes payload) {
    const auto envelope = oci::Content::Describe(std::string(kPayloadType), std::move(payload));
    const Signature signature{FormatId::kCosign, envelope, made.artifact.descriptor(),
                              layer.annotations};
    return world.format.Assess(signature, world.subject, trust, kNow).verified.has_value();
  };
  const Bytes good(made.envelope.bytes().begin(), made.envelope.bytes().end());
  REQUIRE(is_verified(good));
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes bad = good;
    bad[at] ^= 1;
    Bytes shorter = good;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
    Bytes longer = good;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at), good[at]);
    const Bytes prefix(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(at));
    for (const Bytes& each : {bad, shorter, longer, prefix}) {
      if (is_verified(each)) FAIL("at byte " << at);
    }
  }
}

TEST_CASE("layers and members that others wrote stay as they are") {
  const oci::Descriptor theirs = Layer("theirs");
  const std::string layer =
      R"({"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json","size":6,"digest":")" +
      theirs.digest.ToString() +
      R"(","annotations":{"dev.cosignproject.cosign/signature":"c2ln","dev.sigstore.cosign/bundle":"{}"},"x":[1.50]})";
  const std::string other_payload =
      R"({"mediaType":"text/plain","size":0,"digest":")" + Layer("").digest.ToString() + "\"}";
  const std::string config = GENERATE(R"("application/vnd.oci.image.config.v1+json")",
                                      R"("application/vnd.docker.container.image.v1+json")",
                                      R"("application/vnd.oci.empty.v1+json")");
  const std::string type = std::string(
      config.find("docker") == std::string::npos ? oci::kOciManifest : oci::kDockerManifest);
  const std::string text = R"({"x":{"b":1,"a":2},"schemaVersion":2,"mediaType":")" + type +
                           R"(","layers":[)" + layer + "," + other_payload +
                           R"(],"config":{"mediaType":)" + config + R"(,"size":2,"digest":")" +
                           Layer("{}").digest.ToString() + R"("},"annotations":{"k":"v"}})";
  cosign::SignatureTag tag(Layer("mine"));
  Must(tag.See(ManifestOf(text, type)));
  CHECK_FALSE(tag.IsComplete());
  const auto version = Must(tag.Merged());
  const std::string merged(AsText(version.manifest.bytes()));
  CHECK(version.manifest.descriptor().media_type == type);
  CHECK(merged.starts_with(R"({"x":{"b":1,"a":2},"schemaVersion":2,"mediaType":")" + type +
                           R"(","layers":[)" + layer + "," + other_payload + ","));
  CHECK(merged.ends_with(R"("annotations":{"k":"v"}})"));
  CHECK(Count(merged, config) == 1);
  if (config.find("empty") == std::string::npos) {
    REQUIRE(version.blobs.size() == 1);
    const std::string_view written = AsText(version.blobs[0].bytes());
    CHECK(Count(written, theirs.digest.ToString()) == 1);
    CHECK(Count(written, "sha256:") == 3);
    CHECK(Count(written, "{\"created\"") == 3);
    CHECK(Count(merged, version.blobs[0].digest().ToString()) == 1);
  } else {
    CHECK(version.blobs.empty());
  }
  Must(tag.See(version.manifest));
  CHECK(tag.IsComplete());
}

TEST_CASE("what was seen once behind the tag comes back, whoever dropped it") {
  const auto tag_of = [](std::string_view payload) {
    cosign::SignatureTag tag(Layer(payload));
    return Must(tag.Merged()).manifest;
  };
  cosign::SignatureTag tag(Layer("mine"));
  Must(tag.See(tag_of("theirs")));
  Must(tag.See(tag_of("others")));
  Must(tag.See(std::nullopt));
  CHECK_FALSE(tag.IsComplete());
  const auto merged = Must(tag.Merged()).manifest;
  for (const char* payload : {"mine", "theirs", "others"}) {
    CHECK(Count(AsText(merged.bytes()), Layer(payload).digest.ToString()) == 1);
  }
  Must(tag.See(tag_of("mine")));
  CHECK_FALSE(tag.IsComplete());
  Must(tag.See(merged));
  CHECK(tag.IsComplete());
  // The payload of ours by another signer is another signature.
  cosign::SignatureTag another(Layer("mine", "YW5v"));
  Must(another.See(merged));
  CHECK_FALSE(another.IsComplete());
}

TEST_CASE("a tag that is malformed, an index or an image is refused, and left alone") {
  World world;
  const auto index = testing::MakeIndex("multi", 1);
  oci::Content there = ManifestOf("{}");
  SECTION("an index") { there = index.manifest; }
  SECTION("an image") { there = testing::MakeImage("other").manifest; }
  SECTION("cut short") {
    const auto made = world.Sign();
    const std::string_view text = AsText(made.artifact.bytes());
    there = ManifestOf(text.substr(0, text.size() - 1));
  }
  SECTION("repeated members") {
    there = ManifestOf(R"({"schemaVersion":2,"schemaVersion":2,"layers":[]})");
  }
  cosign::SignatureTag tag(Layer("mine"));
  const auto seen = tag.See(there);
  REQUIRE_FALSE(seen.ok());
  CHECK(seen.error().code() == ErrorCode::kProtocol);
  CHECK(seen.error().message().find("nothing is added to it") != std::string::npos);
}

TEST_CASE("an index behind the .sig tag stays there") {
  World world;
  const auto index = testing::MakeIndex("multi", 1);
  testing::Put(world.store, world.repository, index);
  world.PutTag(index.manifest);
  const auto pushed = world.format.Push(world.context, world.store, world.repository, world.Sign());
  REQUIRE_FALSE(pushed.ok());
  CHECK(pushed.error().code() == ErrorCode::kProtocol);
  CHECK(pushed.error().message().find(".sig") != std::string::npos);
  CHECK(world.Tag().digest() == index.digest());
}

TEST_CASE("a tag does not grow beyond what peers read") {
  std::string layers;
  for (std::size_t i = 0; i < cosign::kMaxSignatures - 1; ++i) {
    layers += (i == 0 ? "" : ",") +
              std::string(R"({"mediaType":"text/plain","size":1,"digest":")") +
              Layer(std::to_string(i)).digest.ToString() + "\"}";
  }
  const auto manifest_of = [](const std::string& list) {
    return ManifestOf(R"({"schemaVersion":2,"mediaType":")" + std::string(oci::kOciManifest) +
                      R"(","config":{"mediaType":"text/plain","size":1,"digest":")" +
                      Layer("c").digest.ToString() + R"("},"layers":[)" + list + "]}");
  };
  cosign::SignatureTag tag(Layer("mine"));
  Must(tag.See(manifest_of(layers)));
  const auto full = Must(tag.Merged()).manifest;
  cosign::SignatureTag another(Layer("another"));
  Must(another.See(full));
  CHECK(another.Merged().error().code() == ErrorCode::kLimit);
  const auto padded = [&](std::size_t padding) {
    return manifest_of(R"({"mediaType":"text/plain","size":1,"digest":")" +
                       Layer("0").digest.ToString() + R"(","annotations":{"a":")" +
                       std::string(padding, 'a') + "\"}}");
  };
  cosign::SignatureTag large(Layer("mine"));
  Must(large.See(padded(oci::kMaxManifestBytes - padded(0).bytes().size())));
  CHECK(large.Merged().error().code() == ErrorCode::kLimit);
}

}  // namespace hallmark::signature
