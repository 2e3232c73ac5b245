#ifndef HALLMARK_KEYS_PKCS11_INTERNAL_SESSION_H_
#define HALLMARK_KEYS_PKCS11_INTERNAL_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/keys/pkcs11/internal/mechanism.h"
#include "hallmark/keys/pkcs11/internal/token.h"

// Private to the module: one read-only session with one token.
namespace hallmark::keys {

// A PIN, or nothing: then the token asks for it by itself, at its own keypad.
using Pin = std::optional<Secret>;

class Session {
 public:
  // Loads the module that the URI names and opens a session with the token that it means.
  static Result<std::unique_ptr<Session>> Open(const Pkcs11Uri& uri);

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  const Token& token() const { return token_; }

  // kDenied, without asking the token, when its PIN is locked, or when one try is left and that was
  // not allowed.
  Result<Done> CheckTries(bool allow_final_try) const;
  // One try and never a second. kDenied for a wrong PIN, with what the token says about the tries
  // that are left.
  Result<Done> LogIn(const Pin& pin);

  // The objects of that class with that label and that CKA_ID, where given.
  Result<std::vector<cryptoki::Ulong>> Find(cryptoki::Ulong object_class,
                                            const Pkcs11Uri::Text& label,
                                            const std::optional<Bytes>& id);

  // nullopt when the object has no such attribute, or does not show it.
  Result<std::optional<Bytes>> Read(cryptoki::Ulong object, cryptoki::Ulong attribute);
  Result<std::optional<cryptoki::Ulong>> ReadNumber(cryptoki::Ulong object,
                                                    cryptoki::Ulong attribute);
  // What the attribute says, or `unsaid`.
  Result<bool> ReadBool(cryptoki::Ulong object, cryptoki::Ulong attribute, bool unsaid);

  // kConfig when the token says that it does not sign by that mechanism.
  Result<Done> CheckMechanism(cryptoki::Ulong mechanism) const;

  // The token's signature as it came. `again`: the login that a key with CKA_ALWAYS_AUTHENTICATE
  // wants for every use; a failed one is kDenied.
  Result<Bytes> Sign(cryptoki::Ulong key, TokenOperation operation, const Pin* again);

  // For messages: label and CKA_ID.
  std::string Describe(cryptoki::Ulong object);

 private:
  Session(std::unique_ptr<Module> module, const Token& token, cryptoki::Ulong handle)
      : module_(std::move(module)), token_(token), handle_(handle) {}
  Result<Done> LogInAs(cryptoki::Ulong user, const Pin& pin);
  Result<std::vector<cryptoki::Ulong>> TakeFound();
  const cryptoki::FunctionList& functions() const { return module_->functions(); }

  std::unique_ptr<Module> module_;
  Token token_;
  cryptoki::Ulong handle_;
};

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_INTERNAL_SESSION_H_
