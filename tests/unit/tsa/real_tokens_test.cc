// Tokens that other authorities made: those of notation's envelopes in vectors/, and the public
// ones of sigstore and the Notary Project outside this tree (skipped, saying so, when they are not
// there).
#include <algorithm>
#include <filesystem>

#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/tsa/response.h"
#include "hallmark/x509/notary_chain.h"
#include "tests/support/catch.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

namespace fs = std::filesystem;

constexpr UnixTime kNow{std::chrono::seconds(1796169600)};  // 2026-12-02

json::Value ReadJson(const fs::path& file) {
  const std::string text = ReadFile(file);
  return Must(json::Parse(AsBytes(text), {4 << 20, 64, 100'000}));
}

const json::Value& At(const json::Value& value, std::initializer_list<const char*> path) {
  const json::Value* at = &value;
  for (const char* name : path) {
    at = at->Find(name);
    if (at == nullptr) throw std::runtime_error(std::string("no member ") + name);
  }
  return *at;
}

Bytes Base64At(const json::Value& value, std::initializer_list<const char*> path) {
  return Must(encoding::FromBase64(*At(value, path).string()));
}

fs::path SharedVectors(const char* name) {
  const auto folder = SharedFolder() / "vectors" / name;
  if (!fs::exists(folder)) WARN("skipped: no " << folder);
  return folder;
}

// An authority of sigstore's trusted_root.json: its certificates, and when it is trusted.
struct Window {
  tsa::Trust trust;
  tsa::TimeRange time;
};

std::vector<Window> AuthoritiesOf(const fs::path& file) {
  const json::Value root = ReadJson(file);
  std::vector<Window> windows;
  const json::Value* list = root.Find("timestampAuthorities");
  if (list == nullptr) return windows;
  for (const json::Value& entry : *list->array()) {
    Window window{{}, {UnixTime::min(), UnixTime::max()}};
    for (const json::Value& certificate : *At(entry, {"certChain", "certificates"}).array()) {
      window.trust.others.push_back(
          Must(x509::Certificate::FromDer(Base64At(certificate, {"rawBytes"}))));
    }
    window.trust.roots = {window.trust.others.back()};
    const json::Value& valid = At(entry, {"validFor"});
    window.time.earliest = Must(encoding::FromRfc3339(*At(valid, {"start"}).string()));
    if (const json::Value* end = valid.Find("end")) {
      window.time.latest = Must(encoding::FromRfc3339(*end->string()));
    }
    windows.push_back(std::move(window));
  }
  return windows;
}

struct Bundle {
  std::vector<Bytes> responses;
  Bytes signature;
};

std::optional<Bundle> LoadBundle(const fs::path& file) {
  const std::string text = ReadFile(file);
  const auto document = json::Parse(AsBytes(text), {4 << 20, 64, 100'000});
  if (!document.ok()) return std::nullopt;
  const json::Value* data =
      At(document.value(), {"verificationMaterial"}).Find("timestampVerificationData");
  const json::Value* list = data == nullptr ? nullptr : data->Find("rfc3161Timestamps");
  if (list == nullptr || list->array()->empty()) return std::nullopt;
  Bundle bundle;
  for (const json::Value& one : *list->array()) {
    bundle.responses.push_back(Base64At(one, {"signedTimestamp"}));
  }
  const json::Value* plain = document.value().Find("messageSignature");
  bundle.signature =
      plain != nullptr
          ? Base64At(*plain, {"signature"})
          : Base64At(At(document.value(), {"dsseEnvelope", "signatures"}).array()->front(),
                     {"sig"});
  return bundle;
}

// "verified", "outside" of the authority's window, or the most telling fault of all authorities.
std::string Judge(const Bundle& bundle, const std::vector<Window>& windows) {
  std::string said = "timestamp: no authority";
  for (const Window& window : windows) {
    for (const Bytes& response : bundle.responses) {
      const auto result = tsa::VerifyResponse(response, bundle.signature, window.trust, kNow);
      const auto* time = std::get_if<tsa::VerifiedTime>(&result);
      if (time == nullptr) {
        said = Say(result);
      } else if (time->gen_time().IsWithin(window.time)) {
        return "verified";
      } else {
        said = "outside";
      }
    }
  }
  return said;
}

std::string JudgeCase(const fs::path& folder) {
  const auto bundle = LoadBundle(folder / "bundle.sigstore.json");
  if (!bundle) return "none";
  const fs::path own = folder / "trusted_root.json";
  return Judge(*bundle, AuthoritiesOf(fs::exists(own) ? own
                                                      : folder.parent_path().parent_path() /
                                                            "trust/public-good.trusted_root.json"));
}

struct NotaryEnvelope {
  Bytes token;
  Bytes signature;
};

NotaryEnvelope LoadJws(const fs::path& file) {
  const json::Value envelope = ReadJson(file);
  return {Base64At(envelope, {"header", "io.cncf.notary.timestampSignature"}),
          Must(encoding::FromBase64Url(*At(envelope, {"signature"}).string()))};
}

fs::path JwsOfVectors() {
  const auto blobs = fs::path(HALLMARK_VECTORS_DIR) / "notation/jws-tsa/layout/blobs/sha256";
  for (const auto& entry : fs::directory_iterator(blobs)) {
    if (ReadFile(entry.path()).starts_with("{\"payload\"")) return entry.path();
  }
  throw std::runtime_error("no envelope in jws-tsa");
}

tsa::Trust TrustIn(const fs::path& file) {
  const std::string bytes = ReadFile(file);
  if (bytes.starts_with("-----")) return {Must(x509::Certificate::ChainFromPem(bytes)), {}};
  return {{Must(x509::Certificate::FromDer(AsBytes(bytes)))}, {}};
}

}  // namespace

TEST_CASE("the token of an envelope that notation signed holds") {
  const NotaryEnvelope envelope = LoadJws(JwsOfVectors());
  const tsa::Trust trust = TrustIn(fs::path(HALLMARK_VECTORS_DIR) / "x509/tsa-root.pem");
  const auto verify = [&](ByteView message) {
    return tsa::VerifyToken(envelope.token, message, trust, kNow);
  };
  CHECK(Say(verify(envelope.signature)) == "verified");
  const auto result = verify(envelope.signature);
  const auto& path = std::get<tsa::VerifiedTime>(result).path();
  CHECK_FALSE(x509::CheckNotaryChain(path.certificates(), x509::Purpose::kTimestamping, path.at()));
  Bytes other = envelope.signature;
  other[0] ^= 1;
  CHECK(Say(verify(other)) == "timestamp: the token stamps something else");
}

TEST_CASE("every timestamp of sigstore's suite ends as it demands (A43, A45)") {
  const auto folder = SharedVectors("sigstore");
  if (!fs::exists(folder)) return;
  const json::Value cases = ReadJson(folder / "cases.json");
  std::size_t judged = 0;
  for (const json::Member& one : *cases.object()) {
    INFO(one.name);
    const std::string said = JudgeCase(folder / "bundle-verify" / one.name);
    if (said == "none") continue;
    INFO(said);
    ++judged;
    const bool about_time = *At(one.value, {"demand"}).string() == "tsa";
    const bool accept = *At(one.value, {"accept"}).boolean();
    // The one that is outside of the signer's certificate is a good timestamp.
    const bool good = accept || !about_time || one.name.starts_with("intoto-tsa");
    CHECK((said == "verified") == good);
  }
  CHECK(judged >= 20);
}

TEST_CASE("sigstore's bad timestamps end for their reason") {
  const auto folder = SharedVectors("sigstore") / "bundle-verify";
  if (!fs::exists(folder)) return;
  CHECK(JudgeCase(folder / "rekor2-timestamp-outside-trust-root-tsa-validity_fail") == "outside");
  CHECK(JudgeCase(folder / "trust-root-tsa-validity-end-inclusive") == "verified");
  CHECK(JudgeCase(folder / "rekor2-timestamp-payload-mismatch_fail") ==
        "timestamp: the token stamps something else");
  CHECK(JudgeCase(folder / "rekor2-timestamp-outside-tsa-cert-validity_fail")
            .find("was current until") != std::string::npos);
  CHECK(JudgeCase(folder / "rekor2-timestamp-untrusted-tsa-with-embedded-cert_fail")
            .starts_with("timestamp: "));
}

TEST_CASE("tokens of a public authority, and what the Notary Project changed in them") {
  const auto folder = SharedVectors("notation") / "notation-go/verifier/testdata";
  if (!fs::exists(folder)) return;
  const auto tokens = folder / "timestamp/countersignature";
  const tsa::Trust trust =
      TrustIn(folder / "truststore/x509/tsa/test-timestamp/globalsignRoot.cer");
  const auto verify = [&](const fs::path& file, const tsa::Trust& by) {
    const std::string bytes = ReadFile(file);
    return Say(tsa::VerifyToken(AsBytes(bytes), AsBytes("notation"), by, kNow));
  };
  CHECK(verify(tokens / "TimeStampToken.p7s", trust) == "verified");
  CHECK(verify(tokens / "TimeStampTokenWithInvalideContentType.p7s", trust) ==
        "timestamp: timestamp token: content is no TSTInfo");
  CHECK(verify(tokens / "TimeStampTokenWithInvalidTSTInfo.p7s", trust)
            .starts_with("timestamp: timestamp token: TSTInfo"));
  CHECK(verify(tokens / "TimeStampTokenWithoutCertificate.p7s", trust)
            .starts_with("timestamp: the certificate that signed is neither"));
  CHECK(verify(SharedVectors("notation") / "notation-core-go/internal/timestamp/testdata" /
                   "TimeStampTokenWithInvalidSignature.p7s",
               trust) == "timestamp: its signature is not by the certificate that it names");
  const tsa::Trust other =
      TrustIn(folder / "truststore/x509/tsa/test-mismatch" / "DigiCertTSARootSHA384.cer");
  CHECK(verify(tokens / "TimeStampToken.p7s", other).starts_with("timestamp: certificate of"));
  for (const char* name : {"jwsWithTimestamp.sig", "jwsExpiredWithTimestamp.sig"}) {
    INFO(name);
    const NotaryEnvelope envelope = LoadJws(folder / "timestamp/sigEnv" / name);
    CHECK(Say(tsa::VerifyToken(envelope.token, envelope.signature, trust, kNow)) == "verified");
  }
}

}  // namespace hallmark::testing
