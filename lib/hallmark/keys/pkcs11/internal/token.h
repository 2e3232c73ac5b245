#ifndef HALLMARK_KEYS_PKCS11_INTERNAL_TOKEN_H_
#define HALLMARK_KEYS_PKCS11_INTERNAL_TOKEN_H_

#include <string>

#include "hallmark/base/result.h"
#include "hallmark/keys/pkcs11/internal/module.h"

// Private to the module: which of the tokens a URI means.
namespace hallmark::keys {

struct Token {
  cryptoki::Ulong slot;
  cryptoki::TokenInfo info;

  bool Has(cryptoki::Ulong flag) const { return (info.flags & flag) != 0; }
  // For messages: its label, or its model and serial number where it has none.
  std::string name() const;
};

// The one token that the URI matches. kConfig when there is none, or more than one: signing with
// whichever came first would be a guess, and a PIN would go to a stranger's token. A token that was
// never initialized counts only when no other matches.
Result<Token> ChooseToken(const Module& module, const Pkcs11Uri& uri);

// The same token as its flags are now; how the last login went is in there.
Result<Token> Refresh(const Module& module, const Token& token);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_INTERNAL_TOKEN_H_
