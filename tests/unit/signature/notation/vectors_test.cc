// The envelopes of vectors/notation: made by notation 1.3.2, and changed ones.
#include <algorithm>
#include <filesystem>

#include "hallmark/encoding/json.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/signature/notation/internal/signature_manifest.h"
#include "tests/support/catch.h"
#include "tests/unit/signature/notation/notation_world.h"

namespace hallmark::testing {
namespace {

namespace fs = std::filesystem;
using namespace hallmark::signature::notation;

struct Case {
  std::string name;
  fs::path folder;
  std::vector<crypto::PublicKey> leaves;
  std::string envelope;  // what it comes to
};

Case LoadCase(const fs::path& folder) {
  const std::string text = ReadFile(folder / "case.json");
  const json::Value document = Must(json::Parse(AsBytes(text), {64 * 1024, 8, 1000}));
  json::Fields fields = Must(json::Fields::Of(document, folder.filename().string()));
  Case out{folder.filename().string(), folder, {}, Must(fields.String("envelope"))};
  for (const json::Value& file : *Must(fields.Array("leaves"))) {
    const std::string pem = ReadFile(folder.parent_path() / "keys" / *file.string());
    out.leaves.push_back(Must(crypto::PublicKey::FromPem(pem)));
  }
  for (const char* name : {"title", "reason", "now", "source", "spec"}) {
    (void)Must(fields.String(name));
  }
  (void)Must(fields.Array("stores"));
  const std::string expect = Must(fields.String("expect"));
  Must(fields.NothingElse());
  CHECK((expect == "refused") == out.name.ends_with("_fail"));
  if (expect == "verified") CHECK(out.envelope == "opened");
  return out;
}

std::vector<Case> LoadCases() {
  std::vector<Case> cases;
  for (const auto& entry : fs::directory_iterator(HALLMARK_VECTORS_NOTATION)) {
    // Those without a layout ask another question about one of these.
    if (fs::exists(entry.path() / "layout")) cases.push_back(LoadCase(entry.path()));
  }
  std::sort(cases.begin(), cases.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return cases;
}

// An envelope of a layout, and the image that its manifest refers to.
struct Found {
  EnvelopeType type;
  Bytes bytes;
  oci::Digest subject;
};

std::optional<Found> FindIn(const fs::path& blobs, const fs::path& file) {
  const auto content =
      oci::Content::Describe(std::string(oci::kOciManifest), ToBytes(ReadFile(file)));
  const auto document = oci::ParseDocument(content);
  if (!document.ok()) return std::nullopt;
  const auto* image = std::get_if<oci::ImageManifest>(&document.value());
  if (image == nullptr || !image->subject) return std::nullopt;
  const oci::Digest subject = image->subject->digest;
  const auto manifest = std::get<SignatureManifest>(Must(ParseSignatureManifest(content, subject)));
  const auto envelope = Must(oci::Content::Check(
      manifest.envelope, ToBytes(ReadFile(blobs / manifest.envelope.digest.hex()))));
  CHECK_FALSE(manifest.thumbprints.empty());
  const ByteView bytes = envelope.bytes();
  return Found{manifest.type, Bytes(bytes.begin(), bytes.end()), subject};
}

std::vector<Found> EnvelopesOf(const Case& one) {
  const fs::path blobs = one.folder / "layout" / "blobs" / "sha256";
  std::vector<Found> found;
  for (const auto& entry : fs::directory_iterator(blobs)) {
    if (auto envelope = FindIn(blobs, entry.path())) found.push_back(*std::move(envelope));
  }
  return found;
}

bool Holds(const Bytes& certificate, const crypto::PublicKey& key) {
  const ByteView spki = key.spki();
  return std::search(certificate.begin(), certificate.end(), spki.begin(), spki.end()) !=
         certificate.end();
}

// The one of the case's keys that the envelope's first certificate is about.
const crypto::PublicKey& LeafOf(const Case& one, const Envelope& envelope) {
  for (const crypto::PublicKey& key : one.leaves) {
    if (Holds(envelope.certificates.front(), key)) return key;
  }
  throw std::runtime_error(one.name + ": no key for the leaf certificate");
}

std::string WordOf(const Case& one, const Found& found) {
  const Result<Envelope> envelope = ParseEnvelope(found.type, found.bytes);
  if (!envelope.ok()) return std::string(ToWord(envelope.error().code()));
  const auto opened = OpenEnvelope(envelope.value(), LeafOf(one, envelope.value()));
  if (const auto* refusal = std::get_if<Refusal>(&opened)) return refusal->reason;
  const bool is_ours = std::get<Opened>(opened).claim.target.digest == found.subject;
  return is_ours ? "opened" : "wrong-digest";
}

}  // namespace

TEST_CASE("every envelope of notation comes out as its case says") {
  const std::vector<Case> cases = LoadCases();
  CHECK(cases.size() >= 31);
  for (const Case& one : cases) {
    INFO(one.name);
    const std::vector<Found> envelopes = EnvelopesOf(one);
    CHECK(envelopes.size() == (one.name == "two-signatures" ? 2 : 1));
    for (const Found& found : envelopes) CHECK(WordOf(one, found) == one.envelope);
  }
}

TEST_CASE("an envelope of notation is written back byte for byte") {
  for (const Case& one : LoadCases()) {
    for (const Found& found : EnvelopesOf(one)) {
      INFO(one.name);
      const Result<Envelope> envelope = ParseEnvelope(found.type, found.bytes);
      if (envelope.ok()) CHECK(WriteEnvelope(envelope.value()) == found.bytes);
    }
  }
}

TEST_CASE("no envelope of notation that was tampered with opens") {
  for (const Case& one : LoadCases()) {
    if (one.envelope != "opened") continue;
    for (const Found& found : EnvelopesOf(one)) {
      INFO(one.name);
      const Envelope envelope = Must(ParseEnvelope(found.type, found.bytes));
      CHECK(Sweep(found.type, found.bytes, LeafOf(one, envelope)) == std::vector<std::string>{});
    }
  }
}

TEST_CASE("attributes of notation's envelopes") {
  const auto opened = [](const char* name) {
    const Case one = LoadCase(fs::path(HALLMARK_VECTORS_NOTATION) / name);
    const Found found = EnvelopesOf(one).front();
    return Open(found.type, found.bytes, LeafOf(one, Must(ParseEnvelope(found.type, found.bytes))));
  };
  for (const char* name : {"jws-metadata", "cose-metadata"}) {
    const Opened metadata = opened(name);
    CHECK(metadata.claim.target.annotations ==
          std::map<std::string, std::string>{{"env", "prod"}, {"io.hallmark.n", "1"}});
    REQUIRE(metadata.claim.attributes.expiry);
    CHECK(*metadata.claim.attributes.expiry > *metadata.claim.attributes.signing_time);
  }
  for (const char* name : {"jws-tsa", "cose-tsa"}) {
    const Case one = LoadCase(fs::path(HALLMARK_VECTORS_NOTATION) / name);
    const Found found = EnvelopesOf(one).front();
    const Envelope envelope = Must(ParseEnvelope(found.type, found.bytes));
    REQUIRE(envelope.timestamp);
    CHECK(envelope.timestamp->size() > 1000);
    CHECK(envelope.signing_agent == "notation-go/1.3.2");
    CHECK(envelope.certificates.size() == 3);
  }
}

}  // namespace hallmark::testing
