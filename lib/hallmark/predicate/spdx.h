#ifndef HALLMARK_PREDICATE_SPDX_H_
#define HALLMARK_PREDICATE_SPDX_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/time.h"
#include "hallmark/encoding/json.h"

// SPDX documents 2.2 and 2.3 in JSON (spdx.github.io/spdx-spec/v2.3): what is in an image, and
// under which licences. Texts that are absent are empty.
namespace hallmark::predicate {

// What a document says of a licence. Saying nothing is not saying "none".
struct SpdxLicence {
  enum class Kind : std::uint8_t { kNoAssertion = 1, kNone, kExpression };
  Kind kind = Kind::kNoAssertion;
  std::string expression;  // of kExpression, as it stands
};

struct SpdxPackage {
  std::string id;    // SPDXID, never empty
  std::string name;  // never empty
  std::string version;
  std::string supplier;
  std::string download_location;
  std::string purpose;  // "APPLICATION", "CONTAINER", ...
  SpdxLicence declared;
  SpdxLicence concluded;
  std::vector<std::string> purls;
  std::vector<std::string> cpes;
  std::map<std::string, std::string> checksums;  // "SHA256" to hexadecimal
};

struct SpdxRelationship {
  std::string from;
  std::string type;  // "DESCRIBES", "CONTAINS", "DEPENDS_ON", ...
  std::string to;
};

struct Spdx {
  std::string version;  // "SPDX-2.2" or "SPDX-2.3"
  std::string name;
  std::string document_namespace;
  std::vector<std::string> creators;
  std::optional<UnixTime> created;
  std::vector<std::string> describes;  // ids, from documentDescribes and DESCRIBES
  std::vector<SpdxPackage> packages;
  std::vector<SpdxRelationship> relationships;
  std::map<std::string, std::string> own_licences;  // "LicenseRef-..." to their names
  std::size_t files = 0;
};

// Also reads a document that is the text of one, as `cosign attest --type spdx` signs it.
// kMalformed, with line, column and JSON pointer: a known member of another kind, a package without
// id or name, a relationship without its three parts. kUnsupported: SPDX 3, other versions,
// tag-value text. kLimit: see limits.h.
Result<Spdx> ParseSpdx(const json::Value& predicate);

// The licences and exceptions that an expression names (SPDX 2.3 annex D), without the operators
// and in their order: "MIT OR (GPL-2.0-only WITH Classpath-exception-2.0)" names three.
std::vector<std::string> LicencesIn(std::string_view expression);

}  // namespace hallmark::predicate

#endif  // HALLMARK_PREDICATE_SPDX_H_
