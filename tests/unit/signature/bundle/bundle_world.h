#ifndef HALLMARK_TESTS_UNIT_SIGNATURE_BUNDLE_BUNDLE_WORLD_H_
#define HALLMARK_TESTS_UNIT_SIGNATURE_BUNDLE_BUNDLE_WORLD_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/bundle/internal/bundle_parse.h"
#include "tests/support/world.h"

namespace hallmark::testing {

inline constexpr std::string_view kInToto = "application/vnd.in-toto+json";
inline constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};  // 2026-06-01T12:00:00Z

// A P-256 key that every test may use, and its twin that nobody trusts.
const crypto::PrivateKey& TrustedPrivateKey();
const crypto::PrivateKey& StrangersPrivateKey();

// Trusts the key of TrustedPrivateKey in key set "ci".
trust::TrustRoot TrustCi();
trust::TrustRoot TrustOf(std::vector<trust::TrustedKey> keys);

// An image in a store, pinned.
struct Pinned {
  Image image;
  store::Subject subject;
};
Pinned PinImage(MemoryStore& store, std::string_view seed = "one");

// What our own signer would say about the image.
signature::Claim ClaimFor(const store::Subject& subject);

// `text` with every "DIGEST" replaced by the subject's sha256 hex.
std::string ForSubject(std::string_view text, const store::Subject& subject);

// A bundle over any payload, honestly signed by `key`.
signature::bundle::UnverifiedBundle SignPayload(
    std::string_view payload, std::string_view payload_type = kInToto,
    const crypto::PrivateKey& key = TrustedPrivateKey(),
    crypto::Scheme scheme = crypto::Scheme::kEcdsaP256Sha256);

// A found signature whose envelope is `text`.
signature::Signature SignatureOf(std::string_view bundle_text);

// Assesses with the trust of TrustCi at kNow.
signature::Assessment AssessText(std::string_view bundle_text, const store::Subject& subject);
// The same for an honestly signed payload.
signature::Assessment AssessPayload(std::string_view payload, const store::Subject& subject,
                                    std::string_view payload_type = kInToto);

// "verified", or the reason of the first failure.
std::string WordOf(const signature::Assessment& assessment);

// `text` with its first `from` replaced; fails the test when there is none.
std::string Replaced(std::string text, std::string_view from, std::string_view to);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_SIGNATURE_BUNDLE_BUNDLE_WORLD_H_
