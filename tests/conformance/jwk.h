#ifndef HALLMARK_TESTS_CONFORMANCE_JWK_H_
#define HALLMARK_TESTS_CONFORMANCE_JWK_H_

#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/encoding/json.h"

namespace hallmark::conformance {

// The public key of a JSON Web Key (RFC 7517, RFC 7518 section 6) that may verify `algorithm`
// ("ES256"): "use", "key_ops" and "alg" are obeyed where present. kUnsupported for "oct" and "OKP"
// keys; kMalformed for everything that is wrong.
Result<crypto::PublicKey> KeyFromJwk(const json::Value& jwk, std::string_view algorithm);

}  // namespace hallmark::conformance

#endif  // HALLMARK_TESTS_CONFORMANCE_JWK_H_
