#ifndef HALLMARK_SIGNATURE_BUNDLE_INTERNAL_BUNDLE_PARSE_H_
#define HALLMARK_SIGNATURE_BUNDLE_INTERNAL_BUNDLE_PARSE_H_

#include <cstddef>
#include <optional>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"

namespace hallmark::signature::bundle {

// A bundle taken apart; nothing in it is proved.
struct UnverifiedBundle {
  std::string key_hint;      // verificationMaterial.publicKey.hint, may be empty; never trusted
  std::string payload_type;  // dsseEnvelope.payloadType
  Bytes payload;             // dsseEnvelope.payload
  Bytes signature;           // dsseEnvelope.signatures[0].sig
  std::size_t log_entries = 0;
  std::size_t timestamps = 0;

  // The hint read as cosign writes it, base64 of SHA-256 of the SubjectPublicKeyInfo.
  std::optional<crypto::Fingerprint> HintedKey() const;
};

// The key that a hint names when it is written as cosign does; nullopt for any other hint.
std::optional<crypto::Fingerprint> FingerprintFromHint(std::string_view hint);

// What people call the hinted key: "key 7c41..." by its id, or by the hint as it stands.
std::string HintText(const UnverifiedBundle& bundle);

// Reads a sigstore bundle v0.3 (sigstore/protobuf-specs v0.5 sigstore_bundle.proto, in protobuf's
// JSON mapping) with a DSSE envelope and a plain public key.
// kMalformed: not the JSON that the mapping writes; a member that the message does not have or
// that occurs twice (A20); none or several of publicKey, certificate and x509CertificateChain; not
// exactly one signature; base64 that is not strict (A18).
// kUnsupported, naming what it is: another bundle version, a certificate instead of a key, a
// messageSignature instead of an envelope.
// kLimit: see limits.h.
// Log entries and timestamps must be lists of objects; they are counted, and not read further,
// because a plain key needs neither.
Result<UnverifiedBundle> ParseBundle(ByteView untrusted_text);

// The same document as cosign 3.1 writes it, without log entries and timestamps.
std::string WriteBundle(UnverifiedBundle bundle);

}  // namespace hallmark::signature::bundle

#endif  // HALLMARK_SIGNATURE_BUNDLE_INTERNAL_BUNDLE_PARSE_H_
