#ifndef HALLMARK_X509_NAME_H_
#define HALLMARK_X509_NAME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::x509 {

struct NameAttribute {
  std::string type;  // dotted: "2.5.4.6" is countryName
  Bytes value;       // the whole element, as encoded
  // The value as UTF-8, byte for byte what was encoded (NUL included). nullopt for types that are
  // not text, text that is not what its type says, and BMPString and UniversalString.
  std::optional<std::string> text;
};
using RelativeName = std::vector<NameAttribute>;

// An X.501 Name (RFC 5280 section 4.1.2.4). Two names are equal when their encodings are: neither
// case, nor white space, nor the type of string is looked through.
class Name {
 public:
  // `der` is the whole element and already DER (CheckDer). kMalformed for what is no Name, kLimit
  // for more than kMaxNameAttributes.
  static Result<Name> FromDer(ByteView der);

  ByteView der() const { return der_; }
  // In the order of the encoding: the country first, as a rule.
  const std::vector<RelativeName>& relative_names() const { return relative_names_; }
  bool empty() const { return relative_names_.empty(); }
  // RFC 4514: the last relative name first, "CN=signer,O=Example,C=US". What is not text, and types
  // without a short name there, are "#" and hexadecimal. Control characters are escaped; other
  // foreign text still goes through Printable.
  std::string text() const;

  friend bool operator==(const Name& a, const Name& b) { return a.der_ == b.der_; }

 private:
  Name() = default;
  Bytes der_;
  std::vector<RelativeName> relative_names_;
};

// "2.5.4.6" for "C": the short names of RFC 4514 section 3 and those that peers write (S for ST,
// SERIALNUMBER, POSTALCODE). nullopt for others; upper case only.
std::optional<std::string> AttributeType(std::string_view short_name);
// The inverse; for ST that is ST.
std::optional<std::string> ShortName(std::string_view type);

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_NAME_H_
