#include "hallmark/keys/pkcs11/pkcs11_key.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/keys/file/key_file.h"
#include "hallmark/keys/pkcs11/internal/token_key.h"

namespace hallmark::keys {
namespace {

using crypto::PublicKey;
using crypto::Scheme;
using cryptoki::Ulong;

Secret CopyOf(ByteView bytes) {
  Secret copy(bytes.size());
  std::ranges::copy(bytes, copy.ExposeSecretForWriting().begin());
  return copy;
}

// The first line of the file that pin-source names: an absolute path or a file: URI. Programs
// ("|/usr/bin/ask") are not run.
Result<Secret> ReadPinFile(const std::string& source) {
  std::string path = source;
  if (path.starts_with("file:")) path.erase(0, 5);
  if (path.starts_with("//")) path.erase(0, 2);
  if (!path.starts_with("/") || path.find('\0') != std::string::npos) {
    return Error(ErrorCode::kConfig, "pin-source is an absolute path or file:/PATH");
  }
  Result<Secret> text = ReadKeyFile(path);
  if (!text.ok()) return std::move(text).error().While("pin-source");
  const ByteView bytes = text.value().ExposeSecret();
  ByteView line =
      bytes.first(static_cast<std::size_t>(std::ranges::find(bytes, '\n') - bytes.begin()));
  if (!line.empty() && line.back() == '\r') line = line.first(line.size() - 1);
  return CopyOf(line);
}

Result<Secret> PinOf(const Pkcs11Uri& uri, const Token& token, PassphraseSource* pins) {
  if (uri.pin_value) return CopyOf(uri.pin_value->ExposeSecret());
  if (uri.pin_source) return ReadPinFile(*uri.pin_source);
  if (pins == nullptr) {
    return Error(ErrorCode::kConfig,
                 "token " + token.name() + " wants a PIN for this; add pin-source");
  }
  return pins->Ask("PIN of token " + token.name());
}

bool HasPin(const Pkcs11Uri& uri) { return uri.pin_value || uri.pin_source; }

// Logs in where the token wants it, or where the URI brings a PIN along. The result is what later
// logins take.
Result<Pin> LogIn(Session& session, const Pkcs11Uri& uri, PassphraseSource* pins) {
  const Token& token = session.token();
  if (!token.Has(cryptoki::flag::kLoginRequired) && !HasPin(uri)) return Pin();
  HALLMARK_RETURN_IF_ERROR(session.CheckTries(uri.allow_final_try));
  Pin pin;
  if (!token.Has(cryptoki::flag::kProtectedPath)) {
    HALLMARK_ASSIGN(Secret given, PinOf(uri, token, pins));
    // No token has an empty one, and some count it as a try.
    if (given.size() == 0) return Error(ErrorCode::kDenied, "the PIN is empty");
    pin = std::move(given);
  }
  HALLMARK_RETURN_IF_ERROR(session.LogIn(pin));
  return pin;
}

struct TokenKey {
  std::unique_ptr<Session> session;
  Ulong object;
  PublicKey public_key;
  bool wants_login_always;
  Pin pin;  // only when it does, and the token has no keypad
};

class TokenSigner final : public crypto::Signer {
 public:
  TokenSigner(TokenKey key, Scheme scheme) : key_(std::move(key)), scheme_(scheme) {}

  Scheme scheme() const override { return scheme_; }
  const PublicKey& public_key() const override { return key_.public_key; }
  Result<Bytes> Sign(ByteView message) override { return SignBy(scheme_, message); }

  Result<Bytes> SignBy(Scheme wanted, ByteView message) override {
    if (login_failed_) {
      return Error(ErrorCode::kDenied, "the last login failed; no other PIN is tried");
    }
    std::optional<TokenOperation> operation = OperationFor(wanted, message);
    if (!operation || !key_.public_key.CanUse(wanted)) return Unsupported(wanted);
    const Pin* again = key_.wants_login_always ? &key_.pin : nullptr;
    Result<Bytes> raw = key_.session->Sign(key_.object, std::move(*operation), again);
    login_failed_ = again != nullptr && !raw.ok() && raw.error().code() == ErrorCode::kDenied;
    if (!raw.ok()) return raw;
    Bytes signature = Spelled(std::move(raw).value());
    if (key_.public_key.IsSignedBy(wanted, message, signature)) return signature;
    return Error(ErrorCode::kProtocol,
                 "token " + key_.session->token().name() +
                     ": the signature does not verify with the public key of the token");
  }

 private:
  Error Unsupported(Scheme wanted) const {
    return {ErrorCode::kUnsupported, std::string(ToName(key_.public_key.type())) +
                                         " key cannot sign by " + std::string(ToName(wanted))};
  }

  // Tokens give r || s. What has another length is left as it is and does not verify.
  Bytes Spelled(Bytes raw) const {
    const crypto::KeyType type = key_.public_key.type();
    if (type != crypto::KeyType::kEcdsaP256 && type != crypto::KeyType::kEcdsaP384 &&
        type != crypto::KeyType::kEcdsaP521) {
      return raw;
    }
    Result<Bytes> der = crypto::EcdsaDerFromRaw(type, raw);
    return der.ok() ? std::move(der).value() : std::move(raw);
  }

  TokenKey key_;
  Scheme scheme_;
  bool login_failed_ = false;
};

Result<Done> CheckMaySign(Session& session, Ulong object, const PublicKey& key, Scheme scheme) {
  HALLMARK_ASSIGN(const bool may, session.ReadBool(object, cryptoki::attribute::kSign, true));
  if (!may) return Error(ErrorCode::kConfig, session.Describe(object) + " may not sign");
  const std::optional<TokenOperation> operation = OperationFor(scheme, {});
  if (!operation || !key.CanUse(scheme)) {
    return Error(ErrorCode::kUnsupported, std::string(ToName(key.type())) + " key cannot sign by " +
                                              std::string(ToName(scheme)));
  }
  Result<Done> known = session.CheckMechanism(operation->mechanism);
  if (!known.ok()) return std::move(known).error().While("sign by " + std::string(ToName(scheme)));
  return Done();
}

bool WantsOther(const Pkcs11Uri& uri) {
  return uri.object.type && *uri.object.type != Pkcs11Uri::Type::kPrivate;
}

}  // namespace

Result<std::unique_ptr<crypto::Signer>> OpenPkcs11Signer(const Pkcs11Uri& uri,
                                                         const SchemeOf& scheme_of,
                                                         PassphraseSource& pins) {
  if (WantsOther(uri)) {
    return Error(ErrorCode::kConfig, "the URI's type names no private key; only those sign");
  }
  HALLMARK_ASSIGN(std::unique_ptr<Session> session, Session::Open(uri));
  HALLMARK_ASSIGN(Pin pin, LogIn(*session, uri, &pins));
  HALLMARK_ASSIGN(const Ulong object,
                  ChooseObject(*session, cryptoki::object_class::kPrivateKey, uri.object));
  HALLMARK_ASSIGN(PublicKey public_key, PublicHalfOf(*session, object));
  const Scheme scheme = scheme_of(public_key);
  HALLMARK_RETURN_IF_ERROR(CheckMaySign(*session, object, public_key, scheme));
  HALLMARK_ASSIGN(const bool always,
                  session->ReadBool(object, cryptoki::attribute::kAlwaysAuthenticate, false));
  TokenKey key{std::move(session), object, std::move(public_key), always, {}};
  if (always) key.pin = std::move(pin);
  return std::unique_ptr<crypto::Signer>(std::make_unique<TokenSigner>(std::move(key), scheme));
}

Result<PublicKey> LoadPkcs11PublicKey(const Pkcs11Uri& uri, PassphraseSource* pins) {
  HALLMARK_ASSIGN(const std::unique_ptr<Session> session, Session::Open(uri));
  HALLMARK_ASSIGN(std::optional<PublicKey> key, FindPublicKey(*session, uri.object));
  if (key) return std::move(*key);
  const Error missing(ErrorCode::kConfig, "token " + session->token().name() +
                                              " shows no public key or certificate that matches");
  if (pins == nullptr && !HasPin(uri)) return missing;
  HALLMARK_RETURN_IF_ERROR(LogIn(*session, uri, pins));
  HALLMARK_ASSIGN(key, FindPublicKey(*session, uri.object));
  if (key) return std::move(*key);
  if (WantsOther(uri)) return missing;
  HALLMARK_ASSIGN(const Ulong object,
                  ChooseObject(*session, cryptoki::object_class::kPrivateKey, uri.object));
  return PublicHalfOf(*session, object);
}

Result<std::unique_ptr<crypto::Signer>> Pkcs11KeySource::Open(const Context&, std::string_view uri,
                                                              PassphraseSource& passphrases) {
  HALLMARK_ASSIGN(const Pkcs11Uri parsed, Pkcs11Uri::Parse(uri));
  const auto first = [](const PublicKey& key) { return key.DefaultSchemes().front(); };
  return OpenPkcs11Signer(parsed, first, passphrases);
}

}  // namespace hallmark::keys
