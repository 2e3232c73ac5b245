#ifndef HALLMARK_SIGNATURE_NOTATION_INTERNAL_ENVELOPE_H_
#define HALLMARK_SIGNATURE_NOTATION_INTERNAL_ENVELOPE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/time.h"

// What both envelopes of the Notary Project hold (notaryproject/specifications,
// signature-specification.md, "Signature Envelope"), whatever their bytes look like.
namespace hallmark::signature::notation {

enum class EnvelopeType : std::uint8_t { kJws = 1, kCose };

inline constexpr std::string_view kJwsType = "application/jose+json";
inline constexpr std::string_view kCoseType = "application/cose";
std::string_view MediaTypeOf(EnvelopeType type);
std::optional<EnvelopeType> EnvelopeTypeFromMediaType(std::string_view media_type);

// The one content type of a payload.
inline constexpr std::string_view kPayloadType = "application/vnd.cncf.notary.payload.v1+json";

enum class SigningScheme : std::uint8_t {
  kX509 = 1,          // notary.x509: the signer holds the key
  kSigningAuthority,  // notary.x509.signingAuthority: a service signs and vouches for the time
};
std::string_view ToName(SigningScheme scheme);

// A signed attribute that the specification does not define, or defines for plugins.
struct ExtendedAttribute {
  std::string name;  // an integer label of COSE is written as "label N"
  bool critical = false;
  std::optional<std::string> text;  // nullopt when the value is no text

  friend bool operator==(const ExtendedAttribute&, const ExtendedAttribute&) = default;
};

inline constexpr std::string_view kVerificationPlugin = "io.cncf.notary.verificationPlugin";
inline constexpr std::string_view kVerificationPluginMinVersion =
    "io.cncf.notary.verificationPluginMinVersion";

// The signed attributes beside the payload.
struct Attributes {
  std::string algorithm;  // as sent: "ES256", and so for COSE; "-999" for a number without a name
  SigningScheme scheme;
  std::optional<UnixTime> signing_time;            // notary.x509: the signer's word
  std::optional<UnixTime> authentic_signing_time;  // signingAuthority: that authority's word
  std::optional<UnixTime> expiry;                  // from this second on it is expired
  std::vector<ExtendedAttribute> extended;

  friend bool operator==(const Attributes&, const Attributes&) = default;
};

// An envelope taken apart. Nothing in it is proved: the key that would prove it is not known yet.
struct Envelope {
  EnvelopeType type;
  Attributes unverified_attributes;  // parsed from `signed_bytes`
  Bytes signed_bytes;                // what the signature is over, as received
  Bytes signature;                   // as sent: r || s for ECDSA; may be empty
  // Beside what is signed:
  std::vector<Bytes> certificates;           // DER, the signer's first; 1 to kMaxCertificates
  std::optional<Bytes> timestamp;            // an RFC 3161 TimeStampToken over `signature`
  std::optional<std::string> signing_agent;  // for people only
};

}  // namespace hallmark::signature::notation

#endif  // HALLMARK_SIGNATURE_NOTATION_INTERNAL_ENVELOPE_H_
