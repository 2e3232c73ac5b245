#include "tests/unit/signature/bundle/bundle_world.h"

#include <stdexcept>
#include <utility>

#include "hallmark/encoding/base64.h"
#include "hallmark/signature/dsse.h"

namespace hallmark::testing {

namespace bundle = signature::bundle;

const crypto::PrivateKey& TrustedPrivateKey() {
  static const crypto::PrivateKey key = MakeKey();
  return key;
}

const crypto::PrivateKey& StrangersPrivateKey() {
  static const crypto::PrivateKey key = MakeKey();
  return key;
}

trust::TrustRoot TrustOf(std::vector<trust::TrustedKey> keys) {
  return Must(trust::TrustRoot::Of(std::move(keys)));
}

trust::TrustRoot TrustCi() {
  return TrustOf({{"ci", "ci.pub", TrustedPrivateKey().public_key(), {}, {}}});
}

Pinned PinImage(MemoryStore& store, std::string_view seed) {
  Image image = MakeImage(seed);
  const oci::Reference reference = Ref("registry.example/app:1.4");
  Put(store, reference.repository(), image, "1.4");
  store::Subject subject = Must(store::Resolve(PatientContext(), store, reference));
  return {std::move(image), std::move(subject)};
}

signature::Claim ClaimFor(const store::Subject& subject) {
  return {subject.digest(),
          std::string(signature::kSignPredicate),
          {{"env", "prod"}},
          "registry.example/app",
          "1.4",
          kNow,
          kNow + std::chrono::hours{1}};
}

std::string ForSubject(std::string_view text, const store::Subject& subject) {
  std::string out(text);
  const std::string_view mark = "DIGEST";
  for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at)) {
    out.replace(at, mark.size(), subject.digest().hex());
  }
  return out;
}

bundle::UnverifiedBundle SignPayload(std::string_view payload, std::string_view payload_type,
                                     const crypto::PrivateKey& key, crypto::Scheme scheme) {
  bundle::UnverifiedBundle made;
  made.key_hint = encoding::ToBase64(key.public_key().fingerprint());
  made.payload_type = payload_type;
  made.payload = ToBytes(payload);
  made.signature =
      Must(key.Sign(scheme, signature::PreAuthEncoding(payload_type, AsBytes(payload))));
  return made;
}

signature::Signature SignatureOf(std::string_view bundle_text) {
  oci::Content envelope =
      oci::Content::Describe("application/vnd.dev.sigstore.bundle.v0.3+json", ToBytes(bundle_text));
  oci::Descriptor artifact = envelope.descriptor();
  return {signature::FormatId::kSigstoreBundle, std::move(envelope), std::move(artifact)};
}

signature::Assessment AssessText(std::string_view bundle_text, const store::Subject& subject) {
  return signature::BundleFormat().Assess(SignatureOf(bundle_text), subject, TrustCi(), kNow);
}

signature::Assessment AssessPayload(std::string_view payload, const store::Subject& subject,
                                    std::string_view payload_type) {
  return AssessText(bundle::WriteBundle(SignPayload(payload, payload_type)), subject);
}

std::string WordOf(const signature::Assessment& assessment) {
  if (assessment.verified) return "verified";
  const signature::Finding* failure = assessment.Failure();
  return failure == nullptr ? "nothing" : failure->reason;
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("nothing to replace: " + std::string(from));
  return text.replace(at, from.size(), to);
}

}  // namespace hallmark::testing
