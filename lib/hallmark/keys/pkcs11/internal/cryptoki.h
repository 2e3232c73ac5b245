#ifndef HALLMARK_KEYS_PKCS11_INTERNAL_CRYPTOKI_H_
#define HALLMARK_KEYS_PKCS11_INTERNAL_CRYPTOKI_H_

// Private to the module: the little of the binary interface of PKCS #11 v2.40 (OASIS, section 3 of
// the base specification) that signing needs. Names are ours, layout and numbers are the
// standard's; tests/unit/keys/pkcs11/abi_test.cc holds them against p11-kit's header
// (docs/adr/0009-pkcs11.md).
namespace hallmark::keys::cryptoki {

using Ulong = unsigned long;  // NOLINT(google-runtime-int): CK_ULONG is the platform's long

inline constexpr Ulong kUnavailable = ~Ulong{0};

struct Version {
  unsigned char major;
  unsigned char minor;
};

struct Info {
  Version cryptoki_version;
  unsigned char manufacturer[32];
  Ulong flags;
  unsigned char description[32];
  Version library_version;
};

struct SlotInfo {
  unsigned char description[64];
  unsigned char manufacturer[32];
  Ulong flags;
  Version hardware_version;
  Version firmware_version;
};

struct TokenInfo {
  unsigned char label[32];
  unsigned char manufacturer[32];
  unsigned char model[16];
  unsigned char serial[16];
  Ulong flags;
  Ulong session_counts[4];
  Ulong pin_lengths[2];
  Ulong memory[4];
  Version hardware_version;
  Version firmware_version;
  unsigned char time[16];
};

struct Mechanism {
  Ulong type;
  void* parameter;
  Ulong parameter_size;
};

struct MechanismInfo {
  Ulong min_key_size;
  Ulong max_key_size;
  Ulong flags;
};

struct PssParameters {
  Ulong hash;
  Ulong mgf;
  Ulong salt_size;
};

struct Attribute {
  Ulong type;
  void* value;
  Ulong size;
};

struct InitializeArguments {
  void* mutex_functions[4];
  Ulong flags;
  void* reserved;
};

using Unused = void (*)();

struct FunctionList {
  Version version;
  Ulong (*Initialize)(void* arguments);
  Ulong (*Finalize)(void* reserved);
  Ulong (*GetInfo)(Info* info);
  Unused get_function_list;
  Ulong (*GetSlotList)(unsigned char with_token, Ulong* slots, Ulong* count);
  Ulong (*GetSlotInfo)(Ulong slot, SlotInfo* info);
  Ulong (*GetTokenInfo)(Ulong slot, TokenInfo* info);
  Unused get_mechanism_list;
  Ulong (*GetMechanismInfo)(Ulong slot, Ulong mechanism, MechanismInfo* info);
  Unused init_token_to_set_pin[3];
  Ulong (*OpenSession)(Ulong slot, Ulong flags, void* application, Unused notify, Ulong* session);
  Ulong (*CloseSession)(Ulong session);
  Unused close_all_sessions_to_set_operation_state[4];
  Ulong (*Login)(Ulong session, Ulong user, unsigned char* pin, Ulong pin_size);
  Unused logout_to_get_object_size[5];
  Ulong (*GetAttributeValue)(Ulong session, Ulong object, Attribute* attributes, Ulong count);
  Unused set_attribute_value;
  Ulong (*FindObjectsInit)(Ulong session, Attribute* attributes, Ulong count);
  Ulong (*FindObjects)(Ulong session, Ulong* objects, Ulong max_count, Ulong* count);
  Ulong (*FindObjectsFinal)(Ulong session);
  Unused encrypt_init_to_digest_final[13];
  Ulong (*SignInit)(Ulong session, Mechanism* mechanism, Ulong key);
  Ulong (*Sign)(Ulong session, unsigned char* data, Ulong data_size, unsigned char* signature,
                Ulong* signature_size);
  Unused sign_update_to_wait_for_slot_event[24];
};

namespace flag {
inline constexpr Ulong kOsLockingOk = 1UL << 1;    // initialization
inline constexpr Ulong kSerialSession = 1UL << 2;  // session
inline constexpr Ulong kLoginRequired = 1UL << 2;  // token, as all below
inline constexpr Ulong kProtectedPath = 1UL << 8;
inline constexpr Ulong kTokenInitialized = 1UL << 10;
inline constexpr Ulong kPinCountLow = 1UL << 16;
inline constexpr Ulong kPinFinalTry = 1UL << 17;
inline constexpr Ulong kPinLocked = 1UL << 18;
inline constexpr Ulong kMechanismSigns = 1UL << 11;  // mechanism
}  // namespace flag

namespace user {
inline constexpr Ulong kUser = 1;
inline constexpr Ulong kContextSpecific = 2;
}  // namespace user

namespace object_class {
inline constexpr Ulong kCertificate = 1;
inline constexpr Ulong kPublicKey = 2;
inline constexpr Ulong kPrivateKey = 3;
}  // namespace object_class

namespace key_type {
inline constexpr Ulong kRsa = 0;
inline constexpr Ulong kEc = 3;
inline constexpr Ulong kEdwards = 0x40;  // v3.0
}  // namespace key_type

namespace attribute {
inline constexpr Ulong kClass = 0;
inline constexpr Ulong kLabel = 3;
inline constexpr Ulong kValue = 0x11;
inline constexpr Ulong kKeyType = 0x100;
inline constexpr Ulong kId = 0x102;
inline constexpr Ulong kSign = 0x108;
inline constexpr Ulong kModulus = 0x120;
inline constexpr Ulong kPublicExponent = 0x122;
inline constexpr Ulong kPublicKeyInfo = 0x129;
inline constexpr Ulong kEcParams = 0x180;
inline constexpr Ulong kEcPoint = 0x181;
inline constexpr Ulong kAlwaysAuthenticate = 0x202;
}  // namespace attribute

namespace mechanism {
inline constexpr Ulong kRsaPkcs = 1;
inline constexpr Ulong kRsaPss = 0x0D;
inline constexpr Ulong kSha256 = 0x250;
inline constexpr Ulong kSha384 = 0x260;
inline constexpr Ulong kSha512 = 0x270;
inline constexpr Ulong kEcdsa = 0x1041;
inline constexpr Ulong kEddsa = 0x1057;  // v3.0
inline constexpr Ulong kMgf1Sha256 = 2;
inline constexpr Ulong kMgf1Sha384 = 3;
inline constexpr Ulong kMgf1Sha512 = 4;
}  // namespace mechanism

namespace rv {
inline constexpr Ulong kOk = 0;
inline constexpr Ulong kCantLock = 0x0A;
inline constexpr Ulong kAttributeSensitive = 0x11;
inline constexpr Ulong kAttributeTypeInvalid = 0x12;
inline constexpr Ulong kDeviceError = 0x30;
inline constexpr Ulong kDeviceRemoved = 0x32;
inline constexpr Ulong kFunctionCanceled = 0x50;
inline constexpr Ulong kKeyHandleInvalid = 0x60;
inline constexpr Ulong kKeySizeRange = 0x62;
inline constexpr Ulong kKeyTypeInconsistent = 0x63;
inline constexpr Ulong kKeyFunctionNotPermitted = 0x68;
inline constexpr Ulong kMechanismInvalid = 0x70;
inline constexpr Ulong kMechanismParamInvalid = 0x71;
inline constexpr Ulong kPinIncorrect = 0xA0;
inline constexpr Ulong kPinInvalid = 0xA1;
inline constexpr Ulong kPinLenRange = 0xA2;
inline constexpr Ulong kPinExpired = 0xA3;
inline constexpr Ulong kPinLocked = 0xA4;
inline constexpr Ulong kSessionClosed = 0xB0;
inline constexpr Ulong kSessionHandleInvalid = 0xB3;
inline constexpr Ulong kTokenNotPresent = 0xE0;
inline constexpr Ulong kTokenNotRecognized = 0xE1;
inline constexpr Ulong kUserAlreadyLoggedIn = 0x100;
inline constexpr Ulong kUserNotLoggedIn = 0x101;
inline constexpr Ulong kUserPinNotInitialized = 0x102;
inline constexpr Ulong kCryptokiNotInitialized = 0x190;
inline constexpr Ulong kCryptokiAlreadyInitialized = 0x191;
}  // namespace rv

}  // namespace hallmark::keys::cryptoki

#endif  // HALLMARK_KEYS_PKCS11_INTERNAL_CRYPTOKI_H_
