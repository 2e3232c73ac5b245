#ifndef HALLMARK_REVOCATION_INTERNAL_SIGNED_DOCUMENT_H_
#define HALLMARK_REVOCATION_INTERNAL_SIGNED_DOCUMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/encoding/der.h"
#include "hallmark/x509/certificate.h"

// Private to the module: what certificates, lists and OCSP answers have in common.
namespace hallmark::revocation::internal {

// Views into the document.
struct SignedDocument {
  ByteView signed_part;  // the whole element
  ByteView algorithm;    // the whole element
  ByteView signature;
};

// The first three elements of `body`; what follows is left there, and `body` says whether it
// failed.
SignedDocument TakeSignedDocument(encoding::der::Reader& body);

// Why the key of `signer` did not sign the document; nullopt when it did. One signature check.
std::optional<std::string> CheckSignature(const SignedDocument& document,
                                          const x509::Certificate& signer);

struct ExtensionView {
  std::string type;  // dotted
  bool critical;
  ByteView value;  // content of the OCTET STRING
};

// `list` reads the content of Extensions, already DER. None twice; kLimit beyond kMaxExtensions,
// else kMalformed.
Result<std::vector<ExtensionView>> ReadExtensions(encoding::der::Reader list);

}  // namespace hallmark::revocation::internal

#endif  // HALLMARK_REVOCATION_INTERNAL_SIGNED_DOCUMENT_H_
