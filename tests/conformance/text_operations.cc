#include "hallmark/encoding/base64.h"
#include "tests/conformance/operation.h"

namespace hallmark::conformance {
namespace {

constexpr json::Limits kLimits{std::size_t{16} * 1024 * 1024, 1000, 1'000'000};

Result<Bytes> CanonicalForm(ByteView text) {
  HALLMARK_ASSIGN(const json::Value value, json::Parse(text, kLimits));
  return json::Canonical(value);
}

}  // namespace

// The two readings cannot be confused: no JSON text is also the base64 of one, because base64 text
// starting with a digit, 't', 'n' or 'f' decodes to a first byte that starts no JSON.
Result<Results> Canonicalize(json::Fields& request) {
  HALLMARK_ASSIGN(const std::string text, request.String("json"));
  if (const auto bytes = encoding::FromBase64(text); bytes.ok()) {
    if (const auto out = CanonicalForm(bytes.value()); out.ok()) {
      return Results{{"out", json::Value::String(encoding::ToBase64(out.value()))}};
    }
  }
  HALLMARK_ASSIGN(const Bytes out, CanonicalForm(AsBytes(text)));
  return Results{{"out", json::Value::String(std::string(AsText(out)))}};
}

// DSSE v1 protocol: "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload.
Result<Results> PreAuthEncode(json::Fields& request) {
  HALLMARK_ASSIGN(const std::string type, request.String("type"));
  HALLMARK_ASSIGN(const Bytes payload, BinaryMember(request, "payload"));
  const std::string out = "DSSEv1 " + std::to_string(type.size()) + " " + type + " " +
                          std::to_string(payload.size()) + " " + std::string(AsText(payload));
  return Results{{"out", json::Value::String(encoding::ToBase64(AsBytes(out)))}};
}

}  // namespace hallmark::conformance
