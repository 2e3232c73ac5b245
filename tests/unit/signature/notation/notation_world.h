#ifndef HALLMARK_TESTS_UNIT_SIGNATURE_NOTATION_NOTATION_WORLD_H_
#define HALLMARK_TESTS_UNIT_SIGNATURE_NOTATION_NOTATION_WORLD_H_

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/encoding/cbor.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/internal/sign_envelope.h"
#include "tests/support/world.h"

namespace hallmark::testing {

inline constexpr UnixTime kNow{std::chrono::seconds{1'780'315'200}};  // 2026-06-01T12:00:00Z

// Keys that every test may use: P-256, another P-256, P-384, P-521.
const crypto::PrivateKey& SignersKey();
const crypto::PrivateKey& StrangersKey();
const crypto::PrivateKey& P384Key();
const crypto::PrivateKey& P521Key();
crypto::PrivateKey KeyFromPem(std::string_view pem);

// `text` with each "@" replaced by "io.cncf.notary.".
std::string Names(std::string_view text);

// A protected header and a payload that nothing is wrong with, by SignersKey.
std::string GoodHeader();
std::string GoodPayload();

// `text` with its first `from` replaced; fails the test when there is none.
std::string Replaced(std::string text, std::string_view from, std::string_view to);

// The bytes signed by the one algorithm of the key, as an envelope holds the signature.
Bytes RawSignature(const crypto::PrivateKey& key, ByteView bytes);

// A JWS around any header and payload, honestly signed.
struct JwsParts {
  std::string protected_header = GoodHeader();
  std::string payload = GoodPayload();
  std::string header = R"({"x5c":["MAA="]})";
  const crypto::PrivateKey* key = &SignersKey();
};
std::string MakeJws(const JwsParts& parts);

// The good protected header of COSE; `changes` replace what is there under their key.
std::vector<cbor::Entry> CoseHeader(std::vector<cbor::Entry> changes = {},
                                    const std::vector<cbor::Value>& without = {});

// A COSE_Sign1 around any header and payload, honestly signed.
struct CoseParts {
  cbor::Value protected_header = cbor::Value::Map(CoseHeader());
  std::string payload = GoodPayload();
  cbor::Value unprotected = cbor::Value::Map(
      {{cbor::Value::Integer(33), cbor::Value::Array({cbor::Value::ByteString({0x30, 0x00})})}});
  const crypto::PrivateKey* key = &SignersKey();
};
Bytes MakeCose(const CoseParts& parts);
// The four parts of it, for tests that put them together otherwise.
std::vector<cbor::Value> CoseArray(const CoseParts& parts);
Bytes TaggedCose(std::vector<cbor::Value> parts);

// "opened", or the word of the parser's error, or the reason of the refusal.
std::string WordOf(signature::notation::EnvelopeType type, ByteView bytes,
                   const crypto::PublicKey& key = SignersKey().public_key());
std::string JwsWord(const JwsParts& parts);
std::string CoseWord(const CoseParts& parts);

// Opened, or the test fails with the refusal.
signature::notation::Opened Open(signature::notation::EnvelopeType type, ByteView bytes,
                                 const crypto::PublicKey& key = SignersKey().public_key());

// What is signed in tests of the writer.
signature::notation::Statement MakeStatement();

// Changes one thing in each place of an envelope: a bit flipped, a byte dropped, two swapped.
// Inside of the certificates, one place in 32. Returns the places where another signature, or one
// over other bytes, opened.
std::vector<std::string> Sweep(signature::notation::EnvelopeType type, ByteView envelope,
                               const crypto::PublicKey& key);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_SIGNATURE_NOTATION_NOTATION_WORLD_H_
