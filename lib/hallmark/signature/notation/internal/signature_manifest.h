#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGNATURE_MANIFEST_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGNATURE_MANIFEST_H_

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/oci/content.h"
#include "hallmark/signature/format.h"
#include "hallmark/signature/notation/internal/envelope.h"

// The referrer manifest that carries an envelope (signature-specification.md, "Storage"). Nothing
// in it is signed.
namespace hallmark::signature::notation {

inline constexpr std::string_view kSignatureType = "application/vnd.cncf.notary.signature";
inline constexpr std::string_view kThumbprintAnnotation =
    "io.cncf.notary.x509chain.thumbprint#S256";

// SHA-256 of a certificate's DER.
using Thumbprint = crypto::Fingerprint;

struct SignatureManifest {
  oci::Descriptor envelope;
  EnvelopeType type;
  // What the annotation says the chain is: a hint that orders candidates. Empty when it is absent
  // or is no list of SHA-256 digests.
  std::vector<Thumbprint> thumbprints;
};

// Whether a listing's artifactType can stand over a signature: the signature type, none at all, or
// the empty config's media type, which some clients write into fallback indexes.
bool MayBeSignature(const oci::Descriptor& entry);

// The envelope in a signature manifest of `subject`, or Unrelated when the manifest carries
// something else. kMismatch: it refers to another image (A07) or to none. kMalformed: no manifest,
// not exactly one layer. kUnsupported: an envelope that is neither JWS nor COSE. kLimit: the
// envelope is said to be larger than kMaxEnvelopeBytes (A79).
Result<std::variant<SignatureManifest, Unrelated>> ParseSignatureManifest(
    const oci::Content& manifest, const oci::Digest& subject);

// The annotation's value: a JSON list of hexadecimal SHA-256 digests, in either case. kMalformed
// for anything else, kLimit for more than a chain can have.
Result<std::vector<Thumbprint>> ParseThumbprints(std::string_view untrusted_text);

// A signature manifest as notation 1.3 writes it, member for member. Its config blob is "{}". Of
// `further` annotations those are written whose names are not taken.
oci::Content WriteSignatureManifest(const oci::Descriptor& envelope, const oci::Descriptor& subject,
                                    const std::vector<Bytes>& certificates, UnixTime created,
                                    const std::map<std::string, std::string>& further);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_SIGNATURE_MANIFEST_H_
