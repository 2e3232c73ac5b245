#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_ATTRIBUTE_RULES_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_ATTRIBUTE_RULES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/signature/notation/internal/envelope.h"

// The rules about signed attributes that JWS and COSE share (signature-specification.md, "Signed
// Attributes"); each envelope only says how they are written down.
namespace hallmark::signature::notation {

inline constexpr std::string_view kSigningScheme = "io.cncf.notary.signingScheme";
inline constexpr std::string_view kSigningTime = "io.cncf.notary.signingTime";
inline constexpr std::string_view kAuthenticSigningTime = "io.cncf.notary.authenticSigningTime";
inline constexpr std::string_view kExpiry = "io.cncf.notary.expiry";
inline constexpr std::string_view kTimestampSignature = "io.cncf.notary.timestampSignature";
inline constexpr std::string_view kSigningAgent = "io.cncf.notary.signingAgent";

// A protected header as an envelope's reader found it.
struct ProtectedHeader {
  std::string algorithm;
  std::string content_type;
  std::string signing_scheme;
  std::optional<UnixTime> signing_time;
  std::optional<UnixTime> authentic_signing_time;
  std::optional<UnixTime> expiry;
  std::vector<std::string> critical;        // "crit", in its order
  std::vector<ExtendedAttribute> extended;  // `critical` is not set yet
};

// kUnsupported: another content type or signing scheme. kMalformed:
// - a time that the scheme does not have, or none where it wants one; an expiry not after it;
// - "crit" is empty, repeats a name, names something that is absent, registered or not critical
//   (A24), or leaves out what must be critical: the scheme, the authentic signing time, the expiry,
//   the plugin attributes;
// - "crit" names an attribute that nobody could understand, because no verification plugin is
//   named. With a plugin the attribute comes out as critical, and OpenEnvelope refuses it.
Result<Attributes> CheckAttributes(ProtectedHeader header);

// The names that "crit" has to list for these attributes, in the order in which notation writes
// them: in JWS the extended ones before the expiry, in COSE after it.
std::vector<std::string> CriticalNames(const Attributes& attributes, EnvelopeType type);

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_ATTRIBUTE_RULES_H_
