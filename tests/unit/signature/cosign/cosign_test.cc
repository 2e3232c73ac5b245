#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/base64.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/signature/cosign/internal/carrier.h"
#include "hallmark/signature/cosign/internal/payload.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/statement.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"

// Cosign v2's signatures: what is read, and every refusal beside a twin that is accepted.
namespace hallmark::signature {
namespace {

using testing::MemoryStore;
using testing::Must;

constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};  // 2026-06-01T12:00:00Z
constexpr std::string_view kPayloadType = "application/vnd.dev.cosign.simplesigning.v1+json";
constexpr std::string_view kEnvelopeType = "application/vnd.dsse.envelope.v1+json";
constexpr std::string_view kSignatureName = "dev.cosignproject.cosign/signature";

const crypto::PrivateKey& Key() {
  static const crypto::PrivateKey key = testing::MakeKey();
  return key;
}
const crypto::PrivateKey& Stranger() {
  static const crypto::PrivateKey key = testing::MakeKey();
  return key;
}

struct Layer {
  std::string bytes;
  std::map<std::string, std::string> annotations;
  std::string_view type = kPayloadType;
};

// What Find, Load and Assess make of the image's signatures.
struct World {
  MemoryStore store;
  testing::Image image = testing::MakeImage("one");
  oci::Repository repository = testing::Repo("registry.example/app");
  CosignFormat format;
  trust::TrustRoot trust =
      Must(trust::TrustRoot::Of({{"ci", "ci.pub", Key().public_key(), {}, {}}}));
  std::string predicate{kSignPredicate};
  store::Subject subject = [this] {
    testing::Put(store, repository, image, "1.4");
    return Must(
        store::Resolve(testing::PatientContext(), store, testing::Ref("registry.example/app:1.4")));
  }();

  std::string Payload(const std::string& optional = "null",
                      const std::string& name = "registry.example/app:1.4") const {
    return R"({"critical":{"identity":{"docker-reference":")" + name +
           R"("},"image":{"docker-manifest-digest":")" + subject.digest().ToString() +
           R"("},"type":"cosign container image signature"},"optional":)" + optional + "}";
  }
  static Layer Signed(const std::string& payload, const crypto::PrivateKey& key = Key()) {
    const Bytes signature =
        Must(key.Sign(crypto::Scheme::kEcdsaP256Sha256, AsBytes(std::string_view(payload))));
    return {payload, {{std::string(kSignatureName), encoding::ToBase64(signature)}}};
  }
  static Layer Attested(const std::string& statement) {
    const Bytes encoding = PreAuthEncoding(kInTotoType, AsBytes(std::string_view(statement)));
    const Bytes signature = Must(Key().Sign(crypto::Scheme::kEcdsaP256Sha256, encoding));
    return {R"({"payloadType":")" + std::string(kInTotoType) + R"(","payload":")" +
                encoding::ToBase64(AsBytes(std::string_view(statement))) +
                R"(","signatures":[{"keyid":"","sig":")" + encoding::ToBase64(signature) +
                R"("}]})",
            {{std::string(kSignatureName), ""}},
            kEnvelopeType};
  }

  oci::Content Put(const std::vector<Layer>& layers, std::string_view config_type,
                   const std::string& further = {}) {
    const Context context = testing::PatientContext();
    const auto describe = [&](std::string_view type, const std::string& bytes,
                              const std::map<std::string, std::string>& annotations) {
      const auto content = oci::Content::Describe(std::string(type), ToBytes(bytes));
      Must(store.PushBlob(context, repository, content));
      std::string text = R"({"mediaType":")" + std::string(type) + R"(","size":)" +
                         std::to_string(bytes.size()) + R"(,"digest":")" +
                         content.digest().ToString() + R"(","annotations":{)";
      for (const auto& [name, value] : annotations) {
        text += (text.back() == '{' ? "" : ",") + ("\"" + name + "\":\"" + value + "\"");
      }
      return text + "}}";
    };
    std::string list;
    for (const Layer& layer : layers) {
      list += (list.empty() ? "" : ",") + describe(layer.type, layer.bytes, layer.annotations);
    }
    const std::string text =
        R"({"schemaVersion":2,"mediaType":")" + std::string(oci::kOciManifest) + R"(","config":)" +
        describe(config_type, "{}", {}) + R"(,"layers":[)" + list + "]" + further + "}";
    oci::Content manifest = oci::Content::Describe(std::string(oci::kOciManifest), ToBytes(text));
    Must(store.PushManifest(context, repository, manifest));
    return manifest;
  }
  void PutTag(const std::vector<Layer>& layers, std::string_view suffix = ".sig") {
    const auto manifest = Put(layers, "application/vnd.oci.image.config.v1+json");
    Must(store.Tag(testing::PatientContext(), repository, manifest,
                   CosignTag(subject.digest(), suffix)));
  }

  Found Find() {
    return format.Find(testing::PatientContext(), store, subject, {predicate, trust});
  }
  std::vector<Assessment> AssessAll() {
    std::vector<Candidate> candidates = Find().candidates;
    std::vector<Assessment> all;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const Candidate one = candidates[i];
      Loaded loaded = format.Load(testing::PatientContext(), store, subject, one);
      if (auto* signature = std::get_if<Signature>(&loaded)) {
        all.push_back(format.Assess(*signature, subject, trust, kNow));
      }
      if (auto* useless = std::get_if<Assessment>(&loaded)) all.push_back(std::move(*useless));
      if (auto* several = std::get_if<Several>(&loaded)) {
        candidates.insert(candidates.end(), several->candidates.begin(), several->candidates.end());
      }
    }
    return all;
  }
  // "verified", the reason of the first failure, or "nothing" where nothing was found.
  std::string Word() {
    const auto all = AssessAll();
    if (all.empty()) return "nothing";
    if (all.front().verified) return "verified";
    return all.front().Failure() == nullptr ? "no failure" : all.front().Failure()->reason;
  }
  std::string WordOf(Layer layer) {
    PutTag({std::move(layer)});
    return Word();
  }
};

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a payload in the .sig tag is verified over its exact bytes") {
  World world;
  world.PutTag({World::Signed(world.Payload(R"({"env":"prod","count":1})"))});
  const auto all = world.AssessAll();
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].verified);
  const Claim& claim = all[0].verified->claim();
  CHECK(claim.predicate_type == kSignPredicate);
  CHECK(claim.repository == "registry.example/app");
  CHECK(claim.tag == "1.4");
  CHECK(claim.annotations == std::map<std::string, std::string>{{"env", "prod"}});
  CHECK_FALSE(claim.signed_at);
  CHECK(all[0].verified->format() == FormatId::kCosign);

  Layer spaced = World::Signed(world.Payload());
  spaced.bytes += "\n";
  CHECK(world.WordOf(spaced) == "untrusted-signer");
}

TEST_CASE("the payload is read strictly (A08, A14, A15)") {
  World world;
  const std::string good = world.Payload();
  const auto word = [&](std::string_view from, std::string_view to) {
    return world.WordOf(World::Signed(Replaced(good, from, to)));
  };
  CHECK(word("null", "{}") == "verified");
  CHECK(word(",\"optional\":null", "") == "verified");
  CHECK(word("null", "[]") == "malformed");
  CHECK(word("cosign container image", "atomic container") == "malformed");
  CHECK(word("\"type\"", "\"Type\"") == "malformed");
  CHECK(word("\"type\"", "\"extra\":1,\"type\"") == "malformed");
  CHECK(word("\"identity\":{", "\"identity\":{\"more\":\"\",") == "malformed");
  CHECK(word("\"image\":{", "\"image\":{\"docker-manifest-digest\":\"x\",") == "malformed");
  CHECK(word("{\"critical\"", "{\"more\":1,\"critical\"") == "malformed");
  CHECK(word("sha256:", "sha256:A") == "malformed");
  const auto other = oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes("other"));
  CHECK(word(world.subject.digest().ToString(), other.ToString()) == "wrong-digest");
}

TEST_CASE("docker-reference is the signed name, and any other text is none") {
  World world;
  const auto claim = [&](const std::string& name) {
    world.PutTag({World::Signed(world.Payload("null", name))});
    const auto all = world.AssessAll();
    REQUIRE(all.at(0).verified);
    return all[0].verified->claim();
  };
  CHECK(claim("registry.example/app").repository == "registry.example/app");
  CHECK_FALSE(claim("registry.example/app").tag);
  CHECK(claim("index.docker.io/library/nginx:1").repository == "docker.io/library/nginx");
  CHECK(claim("localhost:5000/app:2").tag == "2");
  CHECK_FALSE(claim("").repository);
  CHECK_FALSE(claim("Not A Name").repository);
}

TEST_CASE("what Hallmark adds is read from optional.hallmark, strictly") {
  World world;
  const std::string times = R"("signedAt":"2026-06-01T11:00:00Z","expires":"2026-06-01T11:30:00Z")";
  world.PutTag({World::Signed(world.Payload(R"({"hallmark":{"version":1,)" + times + "}}"))});
  const auto all = world.AssessAll();
  REQUIRE(all.at(0).verified);
  CHECK(all[0].verified->claim().expires.has_value());
  CHECK(all[0].Failure()->reason == "expired");
  CHECK(all[0].verified->claim().annotations.empty());
  const auto word = [&](const std::string& ours, const std::string& name) {
    return world.WordOf(World::Signed(world.Payload(R"({"hallmark":)" + ours + "}", name)));
  };
  CHECK(word(R"({"version":1,"tag":"1.4",)" + times + "}", "") == "verified");
  CHECK(word(R"({"version":1,"tag":"1.5",)" + times + "}", "registry.example/app") == "malformed");
  CHECK(word(R"({"version":2})", "") == "unsupported");
  CHECK(word(R"({"version":1})", "") == "malformed");
  CHECK(word(R"("text")", "") == "malformed");
}

TEST_CASE("the annotation is strict base64 of one strict signature (A18, A19)") {
  World world;
  Layer layer = World::Signed(world.Payload());
  std::string& text = layer.annotations[std::string(kSignatureName)];
  SECTION("white space") { text += " "; }
  SECTION("no padding removed or added") { text += "="; }
  SECTION("empty") { text.clear(); }
  SECTION("absent") { layer.annotations.clear(); }
  SECTION("too long") { text = std::string(8192, 'A'); }
  const std::string word = world.WordOf(layer);
  CHECK((word == "malformed" || word == "limit"));
}

TEST_CASE("a stranger's signature is bad, one with a certificate is an untrusted signer's") {
  World world;
  Layer layer = World::Signed(world.Payload(), Stranger());
  CHECK(world.WordOf(layer) == "untrusted-signer");
  layer.annotations["dev.sigstore.cosign/certificate"] = "anything";
  CHECK(world.WordOf(layer) == "untrusted-signer");
  // The certificate is no obstacle for a trusted plain key.
  layer = World::Signed(world.Payload());
  layer.annotations["dev.sigstore.cosign/certificate"] = "anything";
  CHECK(world.WordOf(layer) == "verified");
}

TEST_CASE("every layer is a candidate of its own, those of trusted keys first") {
  World world;
  world.PutTag({World::Signed(world.Payload()),
                World::Signed(world.Payload(), Stranger()),
                {"plain text", {}, "text/plain"}});
  CHECK(world.Find().candidates.size() == 3);
  const auto all = world.AssessAll();
  REQUIRE(all.size() == 2);
  CHECK(all[0].verified);
  REQUIRE(all[1].Failure() != nullptr);
  CHECK(all[1].Failure()->reason == "untrusted-signer");
}

TEST_CASE("a tag that is not there is absent, one that cannot be read is a gap") {
  World world;
  CHECK(world.Find().candidates.empty());
  CHECK(world.Find().gaps.empty());
  CHECK(world.Find().asked.front().find(".sig not-found") != std::string::npos);
  world.store.FailOn(MemoryStore::Call::kFetchManifest, Error(ErrorCode::kThrottled, "later"));
  REQUIRE(world.Find().gaps.size() == 1);
  CHECK(world.Find().gaps[0].code() == ErrorCode::kThrottled);
}

TEST_CASE("a layer that says to be too large, or whose bytes are others, is of no use (A79)") {
  World world;
  CHECK(world.WordOf(World::Signed(
            world.Payload(R"({"a":")" + std::string(300'000, 'a') + "\"}"))) == "limit");
  const Layer layer = World::Signed(world.Payload());
  world.store.ReplaceBytes(
      oci::Digest::Of(oci::Digest::Algorithm::kSha256, AsBytes(std::string_view(layer.bytes))),
      ToBytes("{}"));
  CHECK(world.WordOf(layer) == "wrong-digest");
}

TEST_CASE("a referrer about the image is read, one about another is refused (A07)") {
  World world;
  constexpr std::string_view kReferrer = "application/vnd.dev.cosign.artifact.sig.v1+json";
  const auto subject_of = [](const oci::Content& image) {
    return R"(,"subject":{"mediaType":")" + image.descriptor().media_type + R"(","size":)" +
           std::to_string(image.bytes().size()) + R"(,"digest":")" + image.digest().ToString() +
           "\"}";
  };
  SECTION("about it") {
    world.Put({World::Signed(world.Payload())}, kReferrer, subject_of(world.image.manifest));
    CHECK(world.Word() == "verified");
  }
  SECTION("about another") {
    const auto other = testing::MakeImage("two");
    const auto manifest =
        world.Put({World::Signed(world.Payload())}, kReferrer, subject_of(other.manifest));
    oci::Descriptor entry = manifest.descriptor();
    entry.artifact_type = kReferrer;
    world.store.AddToListing(world.repository, world.subject.digest(), entry);
    CHECK(world.Word() == "wrong-digest");
  }
  SECTION("of another type") {
    world.Put({World::Signed(world.Payload())}, "application/vnd.example",
              subject_of(world.image.manifest));
    CHECK(world.Word() == "nothing");
  }
}

TEST_CASE("attestations are in the .att tag, and are no signatures") {
  World world;
  const std::string statement =
      R"({"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://example/t",)"
      R"("subject":[{"name":"x","digest":{"sha256":")" +
      world.subject.digest().hex() + R"("}}],"predicate":{}})";
  world.PutTag({World::Attested(statement)}, ".att");
  CHECK(world.Word() == "nothing");
  world.predicate = "https://example/t";
  CHECK(world.Word() == "verified");
  world.PutTag(
      {World::Attested(Replaced(statement, world.subject.digest().hex(), std::string(64, 'a')))},
      ".att");
  CHECK(world.Word() == "wrong-digest");
  Layer changed = World::Attested(statement);
  changed.bytes = Replaced(changed.bytes, "in-toto+json", "in-toto+jsom");
  world.PutTag({changed}, ".att");
  CHECK(world.Word() == "untrusted-signer");
  changed = World::Attested(statement);
  changed.bytes = Replaced(changed.bytes, "\"keyid\"", "\"more\":1,\"keyid\"");
  world.PutTag({changed}, ".att");
  CHECK(world.Word() == "malformed");
}

TEST_CASE("no flipped bit of a signature is verified") {
  World world;
  const Layer layer = World::Signed(world.Payload());
  const auto envelope = oci::Content::Describe(std::string(kPayloadType), ToBytes(layer.bytes));
  Signature signature{FormatId::kCosign, envelope, envelope.descriptor(), layer.annotations};
  REQUIRE(world.format.Assess(signature, world.subject, world.trust, kNow).verified);
  std::string& text = signature.annotations[std::string(kSignatureName)];
  const std::string good = text;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      text = good;
      text[at] = static_cast<char>(static_cast<unsigned char>(good[at]) ^ (1U << bit));
      if (world.format.Assess(signature, world.subject, world.trust, kNow).verified) {
        FAIL("bit " << bit << " of byte " << at);
      }
    }
  }
}

}  // namespace hallmark::signature
