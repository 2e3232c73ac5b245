#ifndef HALLMARK_TOOLS_COMMON_KMS_KEYS_H_
#define HALLMARK_TOOLS_COMMON_KMS_KEYS_H_

#include <memory>
#include <string_view>

#include "hallmark/crypto/signer.h"
#include "tools/common/environment.h"

// KEYREFs "NAME://RESOURCE": keys behind a program sigstore-kms-NAME in PATH, as cosign has them.
namespace hallmark::cli {

// Signs by the scheme of bundles, and by others that the plugin can be asked for. Errors as
// OpenKmsSigner has them.
Result<std::unique_ptr<crypto::Signer>> OpenKmsKey(const Environment& environment,
                                                   std::string_view key_ref);

// The public key alone.
Result<crypto::PublicKey> ShowKmsKey(const Environment& environment, std::string_view key_ref);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_KMS_KEYS_H_
