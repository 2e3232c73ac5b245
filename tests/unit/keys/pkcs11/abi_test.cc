#include <cstddef>
#include <type_traits>

#include "hallmark/keys/pkcs11/internal/cryptoki.h"
#include "tests/support/catch.h"

#if __has_include(<p11-kit-1/p11-kit/pkcs11.h>)
#include <p11-kit-1/p11-kit/pkcs11.h>
#define HALLMARK_HAS_PKCS11_H
#endif

namespace hallmark::keys::cryptoki {
namespace {

#ifdef HALLMARK_HAS_PKCS11_H

#define SAME_PLACE(ours, our_member, theirs, their_member)                      \
  static_assert(offsetof(ours, our_member) == offsetof(theirs, their_member) && \
                sizeof(std::declval<ours>().our_member) ==                      \
                    sizeof(std::declval<theirs>().their_member))
#define SAME_FUNCTION(name) \
  static_assert(offsetof(FunctionList, name) == offsetof(CK_FUNCTION_LIST, C_##name))

static_assert(sizeof(Ulong) == sizeof(CK_ULONG) && kUnavailable == CK_UNAVAILABLE_INFORMATION);
static_assert(sizeof(FunctionList) == sizeof(CK_FUNCTION_LIST));
SAME_FUNCTION(Initialize);
SAME_FUNCTION(Finalize);
SAME_FUNCTION(GetInfo);
SAME_FUNCTION(GetSlotList);
SAME_FUNCTION(GetSlotInfo);
SAME_FUNCTION(GetTokenInfo);
SAME_FUNCTION(GetMechanismInfo);
SAME_FUNCTION(OpenSession);
SAME_FUNCTION(CloseSession);
SAME_FUNCTION(Login);
SAME_FUNCTION(GetAttributeValue);
SAME_FUNCTION(FindObjectsInit);
SAME_FUNCTION(FindObjects);
SAME_FUNCTION(FindObjectsFinal);
SAME_FUNCTION(SignInit);
SAME_FUNCTION(Sign);

static_assert(sizeof(Info) == sizeof(CK_INFO));
SAME_PLACE(Info, description, CK_INFO, libraryDescription);
SAME_PLACE(Info, library_version, CK_INFO, libraryVersion);
static_assert(sizeof(SlotInfo) == sizeof(CK_SLOT_INFO));
SAME_PLACE(SlotInfo, manufacturer, CK_SLOT_INFO, manufacturerID);
static_assert(sizeof(TokenInfo) == sizeof(CK_TOKEN_INFO));
SAME_PLACE(TokenInfo, serial, CK_TOKEN_INFO, serialNumber);
SAME_PLACE(TokenInfo, model, CK_TOKEN_INFO, model);
SAME_PLACE(TokenInfo, flags, CK_TOKEN_INFO, flags);
SAME_PLACE(TokenInfo, time, CK_TOKEN_INFO, utcTime);
static_assert(sizeof(Mechanism) == sizeof(CK_MECHANISM));
SAME_PLACE(Mechanism, parameter_size, CK_MECHANISM, ulParameterLen);
static_assert(sizeof(MechanismInfo) == sizeof(CK_MECHANISM_INFO));
SAME_PLACE(MechanismInfo, flags, CK_MECHANISM_INFO, flags);
static_assert(sizeof(PssParameters) == sizeof(CK_RSA_PKCS_PSS_PARAMS));
SAME_PLACE(PssParameters, salt_size, CK_RSA_PKCS_PSS_PARAMS, sLen);
static_assert(sizeof(Attribute) == sizeof(CK_ATTRIBUTE));
SAME_PLACE(Attribute, size, CK_ATTRIBUTE, ulValueLen);
static_assert(sizeof(InitializeArguments) == sizeof(CK_C_INITIALIZE_ARGS));
SAME_PLACE(InitializeArguments, flags, CK_C_INITIALIZE_ARGS, flags);

TEST_CASE("our numbers of PKCS #11 are those of p11-kit's header") {
  CHECK(flag::kOsLockingOk == CKF_OS_LOCKING_OK);
  CHECK(flag::kSerialSession == CKF_SERIAL_SESSION);
  CHECK(flag::kLoginRequired == CKF_LOGIN_REQUIRED);
  CHECK(flag::kProtectedPath == CKF_PROTECTED_AUTHENTICATION_PATH);
  CHECK(flag::kTokenInitialized == CKF_TOKEN_INITIALIZED);
  CHECK(flag::kPinCountLow == CKF_USER_PIN_COUNT_LOW);
  CHECK(flag::kPinFinalTry == CKF_USER_PIN_FINAL_TRY);
  CHECK(flag::kPinLocked == CKF_USER_PIN_LOCKED);
  CHECK(flag::kMechanismSigns == CKF_SIGN);
  CHECK(user::kUser == CKU_USER);
  CHECK(user::kContextSpecific == CKU_CONTEXT_SPECIFIC);
  CHECK(object_class::kCertificate == CKO_CERTIFICATE);
  CHECK(object_class::kPublicKey == CKO_PUBLIC_KEY);
  CHECK(object_class::kPrivateKey == CKO_PRIVATE_KEY);
  CHECK(key_type::kRsa == CKK_RSA);
  CHECK(key_type::kEc == CKK_EC);
  CHECK(attribute::kClass == CKA_CLASS);
  CHECK(attribute::kLabel == CKA_LABEL);
  CHECK(attribute::kValue == CKA_VALUE);
  CHECK(attribute::kKeyType == CKA_KEY_TYPE);
  CHECK(attribute::kId == CKA_ID);
  CHECK(attribute::kSign == CKA_SIGN);
  CHECK(attribute::kModulus == CKA_MODULUS);
  CHECK(attribute::kPublicExponent == CKA_PUBLIC_EXPONENT);
  CHECK(attribute::kEcParams == CKA_EC_PARAMS);
  CHECK(attribute::kEcPoint == CKA_EC_POINT);
  CHECK(attribute::kAlwaysAuthenticate == CKA_ALWAYS_AUTHENTICATE);
  CHECK(mechanism::kRsaPkcs == CKM_RSA_PKCS);
  CHECK(mechanism::kRsaPss == CKM_RSA_PKCS_PSS);
  CHECK(mechanism::kSha256 == CKM_SHA256);
  CHECK(mechanism::kSha384 == CKM_SHA384);
  CHECK(mechanism::kSha512 == CKM_SHA512);
  CHECK(mechanism::kEcdsa == CKM_ECDSA);
  CHECK(mechanism::kMgf1Sha256 == CKG_MGF1_SHA256);
  CHECK(mechanism::kMgf1Sha384 == CKG_MGF1_SHA384);
  CHECK(mechanism::kMgf1Sha512 == CKG_MGF1_SHA512);
  CHECK(rv::kCantLock == CKR_CANT_LOCK);
  CHECK(rv::kAttributeSensitive == CKR_ATTRIBUTE_SENSITIVE);
  CHECK(rv::kAttributeTypeInvalid == CKR_ATTRIBUTE_TYPE_INVALID);
  CHECK(rv::kDeviceRemoved == CKR_DEVICE_REMOVED);
  CHECK(rv::kMechanismInvalid == CKR_MECHANISM_INVALID);
  CHECK(rv::kPinIncorrect == CKR_PIN_INCORRECT);
  CHECK(rv::kPinLenRange == CKR_PIN_LEN_RANGE);
  CHECK(rv::kPinLocked == CKR_PIN_LOCKED);
  CHECK(rv::kSessionHandleInvalid == CKR_SESSION_HANDLE_INVALID);
  CHECK(rv::kTokenNotPresent == CKR_TOKEN_NOT_PRESENT);
  CHECK(rv::kUserAlreadyLoggedIn == CKR_USER_ALREADY_LOGGED_IN);
  CHECK(rv::kUserNotLoggedIn == CKR_USER_NOT_LOGGED_IN);
  CHECK(rv::kCryptokiAlreadyInitialized == CKR_CRYPTOKI_ALREADY_INITIALIZED);
}

#else

TEST_CASE("our numbers of PKCS #11 are those of p11-kit's header") {
  WARN("p11-kit/pkcs11.h is not installed (libp11-kit-dev): skipped");
}

#endif

}  // namespace
}  // namespace hallmark::keys::cryptoki
