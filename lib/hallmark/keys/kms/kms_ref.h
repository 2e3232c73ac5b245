#ifndef HALLMARK_KEYS_KMS_KMS_REF_H_
#define HALLMARK_KEYS_KMS_KMS_REF_H_

#include <string>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::keys {

// "NAME://RESOURCE": a key that the program sigstore-kms-NAME signs with, as cosign names it. NAME
// is of letters, digits, ".", "_" and "-", starts with a letter or digit, and is none of the words
// that begin other references ("file", "env", "pkcs11", "plugin", "notation", "http", "https",
// "oci", "oci-archive"). What RESOURCE says is the plugin's affair; it may be empty.
struct KmsRef {
  std::string plugin;
  std::string resource;

  // kMalformed, also for text that is no UTF-8 or holds a control character; kLimit.
  static Result<KmsRef> Parse(std::string_view text);
};

// Whether a text is to be read as such a reference: a name and "://".
bool IsKmsRef(std::string_view text);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_KMS_KMS_REF_H_
