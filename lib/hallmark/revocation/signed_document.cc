#include "hallmark/revocation/internal/signed_document.h"

#include <algorithm>

#include "hallmark/revocation/limits.h"
#include "hallmark/x509/signature_algorithm.h"

namespace hallmark::revocation::internal {

namespace der = encoding::der;

SignedDocument TakeSignedDocument(der::Reader& body) {
  SignedDocument document;
  for (ByteView* part : {&document.signed_part, &document.algorithm}) {
    if (!body.Sees(der::kSequence)) body.Fail();
    *part = body.TakeWhole();
  }
  document.signature = body.TakeBits();
  return document;
}

std::optional<std::string> CheckSignature(const SignedDocument& document,
                                          const x509::Certificate& signer) {
  const auto algorithm = x509::ReadSignatureAlgorithm(document.algorithm);
  if (!algorithm) return "it is signed by an algorithm that is not used here";
  const auto key = signer.public_key();
  if (!key.ok()) return "its signer's key: " + key.error().message();
  const auto scheme = x509::SchemeFor(key.value(), *algorithm);
  if (!scheme || !key.value().IsSignedBy(*scheme, document.signed_part, document.signature)) {
    return "its signature is not by the key that it should be by";
  }
  return std::nullopt;
}

Result<std::vector<ExtensionView>> ReadExtensions(der::Reader list) {
  const auto malformed = [](std::string_view what) {
    return Error(ErrorCode::kMalformed, std::string(what));
  };
  std::vector<ExtensionView> extensions;
  while (!list.AtEnd()) {
    if (extensions.size() == kMaxExtensions) {
      return Error(ErrorCode::kLimit, "too many extensions");
    }
    der::Reader body = list.Enter(der::kSequence);
    ExtensionView extension{der::OidText(body.Take(der::kObjectId)), false, {}};
    if (body.Sees(der::kBoolean)) {
      const ByteView flag = body.Take(der::kBoolean);
      extension.critical = !flag.empty() && flag[0] != 0;
      if (!extension.critical) return malformed("extension: FALSE is left out");
    }
    extension.value = body.Take(der::kOctetString);
    if (!body.Finished()) return malformed("extension");
    if (std::ranges::find(extensions, extension.type, &ExtensionView::type) != extensions.end()) {
      return malformed("extension " + extension.type + " stands twice");
    }
    extensions.push_back(std::move(extension));
  }
  if (!list.Finished() || extensions.empty()) return malformed("extensions");
  return extensions;
}

}  // namespace hallmark::revocation::internal
