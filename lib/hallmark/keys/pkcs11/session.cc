#include "hallmark/keys/pkcs11/internal/session.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/keys/pkcs11/limits.h"

namespace hallmark::keys {
namespace {

namespace flag = cryptoki::flag;
namespace rv = cryptoki::rv;
using cryptoki::Ulong;

Error Denied(std::string message) { return {ErrorCode::kDenied, std::move(message)}; }

// What a token says about its PIN after a wrong one.
std::string TriesLeft(const Token& token) {
  if (token.Has(flag::kPinLocked)) return "; the token says that the PIN is locked now";
  if (token.Has(flag::kPinFinalTry)) return "; the token says that one try is left";
  if (token.Has(flag::kPinCountLow)) return "; the token says that few tries are left";
  return "";
}

bool IsAboutThePin(Ulong result) {
  return result == rv::kPinIncorrect || result == rv::kPinInvalid || result == rv::kPinLenRange ||
         result == rv::kPinLocked;
}

}  // namespace

Result<std::unique_ptr<Session>> Session::Open(const Pkcs11Uri& uri) {
  HALLMARK_ASSIGN(std::unique_ptr<Module> module, Module::Load(uri));
  HALLMARK_ASSIGN(const Token token, ChooseToken(*module, uri));
  Ulong handle = 0;
  const Ulong result =
      module->functions().OpenSession(token.slot, flag::kSerialSession, nullptr, nullptr, &handle);
  if (result != rv::kOk) return Failed("open a session with token " + token.name(), result);
  return std::unique_ptr<Session>(new Session(std::move(module), token, handle));
}

Session::~Session() { functions().CloseSession(handle_); }

Result<Done> Session::CheckTries(bool allow_final_try) const {
  if (token_.Has(flag::kPinLocked)) return Denied("token " + token_.name() + ": the PIN is locked");
  if (token_.Has(flag::kPinFinalTry) && !allow_final_try) {
    return Denied("token " + token_.name() +
                  " says that one try of the PIN is left, and a wrong one would lock it; "
                  "to use it add x-hallmark-allow-final-try=yes to the URI's query");
  }
  return Done();
}

Result<Done> Session::LogIn(const Pin& pin) { return LogInAs(cryptoki::user::kUser, pin); }

Result<Done> Session::LogInAs(Ulong user, const Pin& pin) {
  Ulong result = 0;
  if (pin) {
    Secret copy(pin->size());  // the interface takes bytes that it may change
    std::ranges::copy(pin->ExposeSecret(), copy.ExposeSecretForWriting().begin());
    result =
        functions().Login(handle_, user, copy.ExposeSecretForWriting().data(), Ulong{copy.size()});
  } else {
    result = functions().Login(handle_, user, nullptr, 0);
  }
  if (result == rv::kOk) return Done();
  // Another session of this process did it already.
  if (result == rv::kUserAlreadyLoggedIn && user == cryptoki::user::kUser) return Done();
  Error error = Failed("log in to token " + token_.name(), result);
  if (!IsAboutThePin(result)) return error;
  const Result<Token> now = Refresh(*module_, token_);
  return Denied(error.message() + (now.ok() ? TriesLeft(now.value()) : ""));
}

Result<std::vector<Ulong>> Session::Find(Ulong object_class, const Pkcs11Uri::Text& label,
                                         const std::optional<Bytes>& id) {
  std::string label_bytes = label.value_or("");
  Bytes id_bytes = id.value_or(Bytes());
  std::vector<cryptoki::Attribute> wanted = {
      {cryptoki::attribute::kClass, &object_class, sizeof(object_class)}};
  if (label) {
    wanted.push_back({cryptoki::attribute::kLabel, label_bytes.data(), label_bytes.size()});
  }
  if (id) wanted.push_back({cryptoki::attribute::kId, id_bytes.data(), id_bytes.size()});
  const Ulong result = functions().FindObjectsInit(handle_, wanted.data(), wanted.size());
  if (result != rv::kOk) return Failed("search token " + token_.name(), result);
  Result<std::vector<Ulong>> found = TakeFound();
  functions().FindObjectsFinal(handle_);
  return found;
}

// Modules may hand over fewer than asked for and still have more: nothing says the end but none.
Result<std::vector<Ulong>> Session::TakeFound() {
  std::vector<Ulong> found;
  while (true) {
    std::array<Ulong, kMaxMatches> some{};
    Ulong count = 0;
    const Ulong result = functions().FindObjects(handle_, some.data(), some.size(), &count);
    if (result != rv::kOk) return Failed("search token " + token_.name(), result);
    if (count > some.size()) {
      return Error(ErrorCode::kProtocol,
                   "token " + token_.name() + " counts more objects than it was given room");
    }
    if (count == 0) return found;
    found.insert(found.end(), some.begin(), some.begin() + count);
    if (found.size() > kMaxMatches) {
      return Error(ErrorCode::kLimit, "more than 64 objects of token " + token_.name() +
                                          " match; say which with object or id");
    }
  }
}

Result<std::optional<Bytes>> Session::Read(Ulong object, Ulong attribute) {
  cryptoki::Attribute wanted{attribute, nullptr, 0};
  Ulong result = functions().GetAttributeValue(handle_, object, &wanted, 1);
  if (result == rv::kAttributeTypeInvalid || result == rv::kAttributeSensitive ||
      (result == rv::kOk && wanted.size == cryptoki::kUnavailable)) {
    return std::optional<Bytes>();
  }
  const std::string doing = "read an attribute of token " + token_.name();
  if (result != rv::kOk) return Failed(doing, result);
  if (wanted.size > kMaxAttributeBytes) {
    return Error(ErrorCode::kLimit, doing + ": it has more than 64 KiB");
  }
  Bytes value(wanted.size);
  if (value.empty()) return std::optional<Bytes>(std::move(value));
  wanted.value = value.data();
  result = functions().GetAttributeValue(handle_, object, &wanted, 1);
  if (result != rv::kOk) return Failed(doing, result);
  if (wanted.size > value.size()) {
    return Error(ErrorCode::kProtocol, doing + ": it grew beyond the size that was told");
  }
  value.resize(wanted.size);
  return std::optional<Bytes>(std::move(value));
}

Result<std::optional<Ulong>> Session::ReadNumber(Ulong object, Ulong attribute) {
  HALLMARK_ASSIGN(const std::optional<Bytes> value, Read(object, attribute));
  Ulong number = 0;
  if (!value || value->size() != sizeof(number)) return std::optional<Ulong>();
  std::memcpy(&number, value->data(), sizeof(number));
  return std::optional<Ulong>(number);
}

Result<bool> Session::ReadBool(Ulong object, Ulong attribute, bool unsaid) {
  HALLMARK_ASSIGN(const std::optional<Bytes> value, Read(object, attribute));
  return value && value->size() == 1 ? value->front() != 0 : unsaid;
}

Result<Done> Session::CheckMechanism(Ulong mechanism) const {
  cryptoki::MechanismInfo info{};
  const Ulong result = functions().GetMechanismInfo(token_.slot, mechanism, &info);
  if (result == rv::kMechanismInvalid ||
      (result == rv::kOk && (info.flags & flag::kMechanismSigns) == 0)) {
    return Error(ErrorCode::kConfig, "the token has no mechanism for it");
  }
  return Done();  // whoever gives no information is asked to sign
}

Result<Bytes> Session::Sign(Ulong key, TokenOperation operation, const Pin* again) {
  cryptoki::Mechanism mechanism{operation.mechanism, nullptr, 0};
  if (operation.pss) {
    mechanism.parameter = &*operation.pss;
    mechanism.parameter_size = sizeof(*operation.pss);
  }
  const std::string doing = "sign with token " + token_.name();
  Ulong result = functions().SignInit(handle_, &mechanism, key);
  if (result != rv::kOk) return Failed(doing, result);
  if (again != nullptr) {
    HALLMARK_RETURN_IF_ERROR(LogInAs(cryptoki::user::kContextSpecific, *again));
  }
  Bytes signature(kMaxTokenSignatureBytes);
  Ulong size = signature.size();
  result = functions().Sign(handle_, operation.input.data(), operation.input.size(),
                            signature.data(), &size);
  if (result != rv::kOk) return Failed(doing, result);
  if (size > signature.size()) {
    return Error(ErrorCode::kProtocol, doing + ": it tells a size of more than it was given room");
  }
  signature.resize(size);
  return signature;
}

std::string Session::Describe(Ulong object) {
  const auto label = Read(object, cryptoki::attribute::kLabel);
  const auto id = Read(object, cryptoki::attribute::kId);
  std::string text = "object \"";
  if (label.ok() && label.value()) text += Printable(AsText(*label.value()));
  text += "\"";
  if (id.ok() && id.value() && !id.value()->empty()) {
    text +=
        " id " +
        encoding::ToHex(ByteView(*id.value()).first(std::min<std::size_t>(id.value()->size(), 32)));
  }
  return text;
}

}  // namespace hallmark::keys
