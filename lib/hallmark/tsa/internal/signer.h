#ifndef HALLMARK_TSA_INTERNAL_SIGNER_H_
#define HALLMARK_TSA_INTERNAL_SIGNER_H_

#include <span>
#include <variant>

#include "hallmark/tsa/verify.h"

// Private to the module: who signed a token, before it is asked whether he is trusted.
namespace hallmark::tsa::internal {

// The certificate that signed, found among the token's and `others`: the signed attribute names it,
// the key signed, the usage is timestamping alone. Costs one signature check at most.
std::variant<x509::Certificate, Fault> CheckSigner(const Token& token,
                                                   std::span<const x509::Certificate> others);

// Whether `general_name` (the whole element) is the certificate's subject, or one of its
// alternative names. Subjects are compared by types and text, since authorities write one name in
// two types of string; alternative names by their bytes.
bool IsNameOf(const x509::Certificate& certificate, ByteView general_name);

}  // namespace hallmark::tsa::internal

#endif  // HALLMARK_TSA_INTERNAL_SIGNER_H_
