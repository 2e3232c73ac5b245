#ifndef HALLMARK_KEYS_KMS_INTERNAL_PROTOCOL_H_
#define HALLMARK_KEYS_KMS_INTERNAL_PROTOCOL_H_

#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/keys/kms/kms_ref.h"

// Private to the module: calls and answers of sigstore's plugin protocol v1 (cliplugin/common,
// interface.go and options.go). Calls have the members that cosign 3.1 sends, in its order. Answers
// are read strictly, but for members that are not asked about.
namespace hallmark::keys {

inline constexpr std::string_view kKmsProtocol = "v1";

// The second argument. Without another word about the hash, keys are asked for with SHA-256.
std::string PublicKeyCall(const KmsRef& ref);

// `hash` nullopt: the scheme hashes by itself (Ed25519), and the message alone is sent; otherwise
// its digest goes along, and the plugin may use either.
std::string SignCall(const KmsRef& ref, std::optional<crypto::HashAlgorithm> hash,
                     ByteView message);

// kUnavailable with the plugin's own words when the answer is an error; kProtocol for what is no
// answer; kUnsupported for a key of a kind that Hallmark does not use.
Result<crypto::PublicKey> ParsePublicKeyAnswer(ByteView answer);
Result<Bytes> ParseSignAnswer(ByteView answer);  // never empty

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_KMS_INTERNAL_PROTOCOL_H_
