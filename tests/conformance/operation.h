#ifndef HALLMARK_TESTS_CONFORMANCE_OPERATION_H_
#define HALLMARK_TESTS_CONFORMANCE_OPERATION_H_

#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"

namespace hallmark::conformance {

// Results of an operation that said yes, in the order they are written. ErrorCode::kUnsupported
// from an operation becomes "unsupported", every other Error "ok": false.
using Results = std::vector<std::pair<std::string, json::Value>>;

// key, scheme, encoding, msg, sig, salt_len -> nothing but ok.
Result<Results> Verify(json::Fields& request);
// jws (compact), jwk -> payload.
Result<Results> VerifyJws(json::Fields& request);
// message (COSE_Sign1), jwk, external_aad -> payload.
Result<Results> VerifyCoseSign1(json::Fields& request);
// json -> out, the RFC 8785 form. Text for text; where "json" is base64 of JSON, "out" is base64.
Result<Results> Canonicalize(json::Fields& request);
// type, payload -> out, the DSSE v1 pre-authentication encoding.
Result<Results> PreAuthEncode(json::Fields& request);

// A member in padded base64.
Result<Bytes> BinaryMember(json::Fields& request, std::string_view name);

}  // namespace hallmark::conformance

#endif  // HALLMARK_TESTS_CONFORMANCE_OPERATION_H_
