#ifndef HALLMARK_X509_DISTINGUISHED_NAME_H_
#define HALLMARK_X509_DISTINGUISHED_NAME_H_

#include <map>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/x509/name.h"

namespace hallmark::x509 {

// A trusted identity: what stands behind "x509.subject:" in a policy of the Notary Project
// (trust-store-trust-policy, "Trusted Identities Constraints"), a distinguished name of RFC 4514
// that says part of a subject or all of it.
class DistinguishedName {
 public:
  // "C=US, ST=WA, O=Example, CN=signer" in any order. C, ST and O must be there, each type at most
  // once (S is ST), no value empty, one attribute a relative name. Types are the short names of
  // x509/name.h in upper case, or dotted. Space around types and values is dropped unless escaped;
  // escapes are those of RFC 4514 section 2.4. kUnsupported for "#" values and for "+"; kLimit
  // beyond x509/limits.h, before anything is read; else kMalformed, also for control characters
  // and what is not UTF-8.
  static Result<DistinguishedName> Parse(std::string_view text);

  // As it was parsed.
  const std::string& text() const { return text_; }

  // Type (dotted) to value (UTF-8).
  const std::map<std::string, std::string>& attributes() const { return attributes_; }

  // Whether every attribute stands in `subject` with the same type and, byte for byte, the same
  // text. False for subjects with an attribute type twice or a relative name of several
  // attributes, as in notation: which of the two would be meant?
  bool Matches(const Name& subject) const;

  // Whether whatever matches `wider` for this one's sake matches it: identities of one list must
  // not overlap like this, in either direction.
  bool IsWithin(const DistinguishedName& wider) const;

 private:
  DistinguishedName() = default;
  std::string text_;
  std::map<std::string, std::string> attributes_;
};

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_DISTINGUISHED_NAME_H_
