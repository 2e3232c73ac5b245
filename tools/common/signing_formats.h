#ifndef HALLMARK_TOOLS_COMMON_SIGNING_FORMATS_H_
#define HALLMARK_TOOLS_COMMON_SIGNING_FORMATS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/signature/notation/notation_signing_format.h"

namespace hallmark::cli {

using SigningFormats = std::vector<std::unique_ptr<const signature::SigningFormat>>;

// The formats that a list such as "bundle,cosign" names, in its order, each once; without a list
// "bundle", or "notation-jws" where there is a signer with certificates. kConfig for a name that is
// none of those that are written, for a format that wants certificates and has none, and for
// certificates that no format of the list wants.
Result<SigningFormats> MakeSigningFormats(const std::optional<std::string>& list,
                                          const std::optional<signature::NotationSigner>& signer,
                                          UnixTime now);

// Whether one of a list's formats wants the signer's certificates. kConfig for a name that is none
// of those that are written.
Result<bool> WantCertificates(const std::optional<std::string>& list);

// For a key whose holder makes whole envelopes: kConfig naming a format that is not made so.
// Without a list there is none.
Result<Done> WantCertificatesAlone(const std::optional<std::string>& list);

// The first of a list's formats that are of the Notary Project, else kNotationJws.
signature::FormatId NotationKindOf(const std::optional<std::string>& list);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_SIGNING_FORMATS_H_
