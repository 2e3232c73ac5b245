#ifndef HALLMARK_SIGN_INTERNAL_EXISTING_H_
#define HALLMARK_SIGN_INTERNAL_EXISTING_H_

#include <optional>

#include "hallmark/signature/format.h"

namespace hallmark::sign {

// Candidates read before signing anew is the better way: a signature more is no harm.
inline constexpr std::size_t kMaxExistingRead = 28;

// The referrer of an unexpired signature that `key` made and that says what `claim` says but for
// the times; nullopt when there is none, or none among the first kMaxExistingRead. An Error when
// what is attached could not be found out: signing again would then break the promise to skip.
Result<std::optional<oci::Digest>> FindExisting(const Context&, store::Reader&,
                                                const signature::SigningFormat&,
                                                const store::Subject&,
                                                const signature::Claim& claim,
                                                const crypto::PublicKey& key, UnixTime now);

}  // namespace hallmark::sign

#endif  // HALLMARK_SIGN_INTERNAL_EXISTING_H_
