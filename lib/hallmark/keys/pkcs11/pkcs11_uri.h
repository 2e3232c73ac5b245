#ifndef HALLMARK_KEYS_PKCS11_PKCS11_URI_H_
#define HALLMARK_KEYS_PKCS11_PKCS11_URI_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::keys {

// A PKCS #11 URI (RFC 7512): which object, on which token, through which module. What is absent
// matches everything; what is empty matches only what is empty.
//
// Stricter than the RFC: an attribute that is unknown or stands twice is refused in the query too,
// since a misspelt "pin-source" would otherwise turn into a question; "pin-value" and "pin-source"
// exclude each other. One attribute is ours: "x-hallmark-allow-final-try=yes" in the query.
struct Pkcs11Uri {
  enum class Type : std::uint8_t { kPrivate = 1, kPublic, kCertificate };
  using Text = std::optional<std::string>;

  struct Token {
    Text label, manufacturer, serial, model;
  };
  struct Slot {
    Text manufacturer, description;
    std::optional<std::uint64_t> id;
  };
  struct Library {
    Text manufacturer, description, version;
  };
  struct Object {
    Text label;
    std::optional<Bytes> id;
    std::optional<Type> type;
  };

  Token token;
  Slot slot;
  Library library;
  Object object;
  Text module_name;
  Text module_path;
  Text pin_source;
  std::optional<Secret> pin_value;
  bool allow_final_try = false;

  // kMalformed, kUnsupported for an object that is no key or certificate, kLimit beyond
  // kMaxPkcs11UriBytes. No message quotes a value.
  static Result<Pkcs11Uri> Parse(std::string_view text);
};

// Whether a KEYREF is one; the scheme's case does not matter.
bool IsPkcs11Uri(std::string_view text);

// The URI for messages and verdicts, not yet Printable: its path as it was written, without the
// query, where PINs stand. "pkcs11:..." when it does not parse.
std::string ShownPkcs11Uri(std::string_view text);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_PKCS11_URI_H_
