// A PKCS #11 module of one P-256 key whose faults are switched on by words in the variable
// HALLMARK_FAKE_PKCS11, with commas between them; every login and signature adds a line to the file
// that HALLMARK_FAKE_PKCS11_LOG names. Without words it is honest. The PIN is 1234.
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "hallmark/keys/pkcs11/internal/cryptoki.h"

namespace {

using namespace hallmark::keys::cryptoki;  // NOLINT(google-build-using-namespace): all of it

constexpr Ulong kHuge = Ulong{1} << 40;
constexpr Ulong kPrivate = 1;
constexpr Ulong kPublic = 2;
constexpr Ulong kSecond = 3;
constexpr const char* kPem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgG6Y3s4tIm/EVU/l8\n"
    "TLblPK3ctqteL8DD00UyPHooU7ihRANCAARducbDAHlwhARB30TPJ8M7ELzdCbbd\n"
    "smxDdzAuIESEv5zTLkf0aB8FQ3rQt3yrSDpG4Gfp5VFms++5z6qoRTxP\n"
    "-----END PRIVATE KEY-----\n";

struct State {
  std::string words;
  EVP_PKEY* key = nullptr;
  std::vector<Ulong> found;
  bool logged_in = false;
  bool pin_was_wrong = false;
  bool again = false;
  int signatures = 0;
};
State state;  // a module is one for the process

bool Is(const char* word) {
  return ("," + state.words + ",").find("," + std::string(word) + ",") != std::string::npos;
}

void ReadWords() {
  const char* words = std::getenv("HALLMARK_FAKE_PKCS11");
  state.words = words == nullptr ? "" : words;
}

void Log(const char* line) {
  const char* path = std::getenv("HALLMARK_FAKE_PKCS11_LOG");
  if (path == nullptr) return;
  if (std::FILE* file = std::fopen(path, "a")) {
    std::fprintf(file, "%s\n", line);
    std::fclose(file);
  }
}

void Fill(unsigned char* field, std::size_t size, const std::string& text) {
  std::memset(field, ' ', size);
  std::memcpy(field, text.data(), std::min(size, text.size()));
}

Ulong Initialize(void*) {
  ReadWords();
  if (Is("init-fails")) return rv::kDeviceError;
  if (Is("already")) return rv::kCryptokiAlreadyInitialized;
  const std::string words = state.words;
  state = State();
  state.words = words;
  Log("initialize");
  return rv::kOk;
}

Ulong Finalize(void*) {
  Log("finalize");
  return rv::kOk;
}

Ulong GetInfo(Info* info) {
  *info = Info{};
  Fill(info->manufacturer, sizeof(info->manufacturer), "Nobody");
  Fill(info->description, sizeof(info->description), "Fake module");
  info->library_version = {1, 2};
  return rv::kOk;
}

Ulong GetSlotList(unsigned char, Ulong* slots, Ulong* count) {
  if (Is("slots-fail")) return 5;
  if (slots != nullptr) {
    for (Ulong i = 0; i < *count; ++i) slots[i] = 7 + i;
    if (Is("slots-grow")) *count = kHuge;
    return rv::kOk;
  }
  *count = Is("two-tokens") || Is("blank-token") ? 2 : 1;
  if (Is("no-token")) *count = 0;
  if (Is("slots-huge")) *count = kHuge;
  return rv::kOk;
}

Ulong GetSlotInfo(Ulong, SlotInfo* info) {
  *info = SlotInfo{};
  Fill(info->description, sizeof(info->description), "Fake slot");
  return rv::kOk;
}

Ulong GetTokenInfo(Ulong slot, TokenInfo* info) {
  if (Is("unrecognized")) return rv::kTokenNotRecognized;
  *info = TokenInfo{};
  Fill(info->label, sizeof(info->label), Is("controls") ? "\x1B[31mFake" : "Fake");
  Fill(info->manufacturer, sizeof(info->manufacturer), "Nobody");
  Fill(info->serial, sizeof(info->serial), "000" + std::to_string(slot));
  if (Is("no-flags")) return rv::kOk;
  info->flags = flag::kLoginRequired | flag::kTokenInitialized;
  if (Is("blank-token") && slot == 8) info->flags = 0;
  if (Is("keypad")) info->flags |= flag::kProtectedPath;
  if (Is("pin-low") || (Is("pin-count") && state.pin_was_wrong)) info->flags |= flag::kPinCountLow;
  if (Is("pin-final")) info->flags |= flag::kPinFinalTry;
  if (Is("pin-locked") || (Is("locks") && state.pin_was_wrong)) info->flags |= flag::kPinLocked;
  return rv::kOk;
}

Ulong GetMechanismInfo(Ulong, Ulong, MechanismInfo* info) {
  if (Is("no-mechanism")) return rv::kMechanismInvalid;
  *info = {256, 256, Is("mechanism-verifies") ? 0 : flag::kMechanismSigns};
  return rv::kOk;
}

Ulong OpenSession(Ulong, Ulong, void*, Unused, Ulong* session) {
  *session = 42;
  return Is("session-fails") ? rv::kTokenNotPresent : rv::kOk;
}

Ulong CloseSession(Ulong) {
  Log("close");
  return rv::kOk;
}

Ulong Login(Ulong, Ulong user, unsigned char* pin, Ulong size) {
  const bool is_again = user == user::kContextSpecific;
  Log(is_again ? "login again" : pin == nullptr ? "login at keypad" : "login");
  const std::string given(reinterpret_cast<const char*>(pin), pin == nullptr ? 0 : size);
  const bool is_right = Is("keypad") ? pin == nullptr : given == "1234";
  if (!is_right || (is_again && Is("again-fails"))) {
    state.pin_was_wrong = true;
    return rv::kPinIncorrect;
  }
  (is_again ? state.again : state.logged_in) = true;
  return rv::kOk;
}

Ulong Give(Attribute* attribute, const void* value, Ulong size) {
  if (Is("attribute-huge")) size = kHuge;
  if (attribute->value != nullptr) {
    if (Is("attribute-grows")) {
      attribute->size = kHuge;
      return rv::kOk;
    }
    std::memcpy(attribute->value, value, size);
  }
  attribute->size = size;
  return rv::kOk;
}

Ulong GivePoint(Attribute* attribute) {
  if (Is("point-missing")) {
    attribute->size = kUnavailable;
    return rv::kOk;
  }
  unsigned char point[80] = {0x04, 65};
  std::size_t size = 0;
  EVP_PKEY_get_octet_string_param(state.key, "encoded-pub-key", point + 2, 65, &size);
  if (Is("point-garbage")) std::memset(point + 2, 0xFF, 65);
  return Is("point-bare") ? Give(attribute, point + 2, 65) : Give(attribute, point, 67);
}

Ulong GetAttributeValue(Ulong, Ulong object, Attribute* attributes, Ulong) {
  static const unsigned char p256[] = {0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7};
  const unsigned char yes = 1;
  const unsigned char no = 0;
  const Ulong type = Is("strange-type") ? 0x13 : key_type::kEc;
  switch (attributes->type) {
    case attribute::kLabel:
      return Give(attributes, object == kSecond ? "key2" : "key", object == kSecond ? 4 : 3);
    case attribute::kId:
      return Give(attributes, "\x01", 1);
    case attribute::kKeyType:
      return Give(attributes, &type, sizeof(type));
    case attribute::kSign:
      return Give(attributes, Is("no-sign") ? &no : &yes, 1);
    case attribute::kAlwaysAuthenticate:
      return Give(attributes, Is("always") ? &yes : &no, 1);
    case attribute::kEcParams:
      return Give(attributes, p256, sizeof(p256));
    case attribute::kEcPoint:
      if (object != kPublic) break;
      return GivePoint(attributes);
    default:
      break;
  }
  attributes->size = kUnavailable;
  return rv::kAttributeTypeInvalid;
}

Ulong FindObjectsInit(Ulong, Attribute* attributes, Ulong) {
  Ulong wanted = 0;
  std::memcpy(&wanted, attributes[0].value, sizeof(wanted));
  state.found.clear();
  const bool sees_private = state.logged_in || Is("no-flags") || Is("keypad");
  if (wanted == object_class::kPrivateKey && sees_private) {
    state.found.push_back(kPrivate);
    if (Is("two-keys")) state.found.push_back(kSecond);
    if (Is("many-keys")) state.found.resize(200, kPrivate);
  }
  if (wanted == object_class::kPublicKey && !Is("no-public")) state.found.push_back(kPublic);
  return Is("search-fails") ? 5 : rv::kOk;
}

Ulong FindObjects(Ulong, Ulong* objects, Ulong max, Ulong* count) {
  if (Is("endless")) {
    std::fill(objects, objects + max, kPrivate);
    *count = max;
    return rv::kOk;
  }
  *count = state.found.empty() ? 0 : 1;  // one after the other, as some do
  if (!state.found.empty()) {
    objects[0] = state.found.back();
    state.found.pop_back();
  }
  if (Is("count-huge")) *count = kHuge;
  return rv::kOk;
}

Ulong FindObjectsFinal(Ulong) { return rv::kOk; }

Ulong SignInit(Ulong, Mechanism*, Ulong) {
  state.again = false;
  return Is("init-denied") ? rv::kKeyFunctionNotPermitted : rv::kOk;
}

// r || s of 32 bytes each out of the DER of OpenSSL.
void Unwrap(const std::vector<unsigned char>& der, unsigned char* raw) {
  std::memset(raw, 0, 64);
  const unsigned char* at = der.data() + 2;
  for (int i = 0; i < 2; ++i) {
    std::size_t size = at[1];
    const unsigned char* number = at + 2;
    at = number + size;
    for (; size > 32; --size) ++number;
    std::memcpy(raw + 32 * i + (32 - size), number, size);
  }
}

Ulong Sign(Ulong, unsigned char* data, Ulong size, unsigned char* signature,
           Ulong* signature_size) {
  Log("sign");
  ++state.signatures;
  if (Is("removed") || (Is("removed-later") && state.signatures > 1)) return rv::kDeviceRemoved;
  if (Is("always") && !state.again) return rv::kUserNotLoggedIn;
  if (Is("signature-huge") || Is("signature-empty")) {
    *signature_size = Is("signature-huge") ? kHuge : 0;
    return rv::kOk;
  }
  EVP_PKEY* key = Is("lies") ? EVP_EC_gen("P-256") : state.key;
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key, nullptr);
  std::vector<unsigned char> der(80);
  std::size_t der_size = der.size();
  EVP_PKEY_sign_init(context);
  EVP_PKEY_sign(context, der.data(), &der_size, data, size);
  EVP_PKEY_CTX_free(context);
  if (key != state.key) EVP_PKEY_free(key);
  Unwrap(der, signature);
  *signature_size = Is("signature-short") ? 10 : 64;
  return rv::kOk;
}

}  // namespace

extern "C" Ulong C_GetFunctionList(FunctionList** list) {
  ReadWords();
  static FunctionList functions;
  functions = FunctionList{};
  functions.version = {static_cast<unsigned char>(Is("version-1") ? 1 : 2), 40};
  functions.Initialize = [](void* arguments) {
    const Ulong result = Initialize(arguments);
    BIO* text = BIO_new_mem_buf(kPem, -1);
    state.key = PEM_read_bio_PrivateKey(text, nullptr, nullptr, nullptr);
    BIO_free(text);
    return result;
  };
  functions.Finalize = Finalize;
  functions.GetInfo = GetInfo;
  functions.GetSlotList = GetSlotList;
  functions.GetSlotInfo = GetSlotInfo;
  functions.GetTokenInfo = GetTokenInfo;
  functions.GetMechanismInfo = GetMechanismInfo;
  functions.OpenSession = OpenSession;
  functions.CloseSession = CloseSession;
  functions.Login = Login;
  functions.GetAttributeValue = GetAttributeValue;
  functions.FindObjectsInit = FindObjectsInit;
  functions.FindObjects = FindObjects;
  functions.FindObjectsFinal = FindObjectsFinal;
  functions.SignInit = SignInit;
  functions.Sign = Is("no-function") ? nullptr : Sign;
  *list = Is("no-list") ? nullptr : &functions;
  return Is("list-fails") ? 5 : rv::kOk;
}
