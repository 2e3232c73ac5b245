#ifndef HALLMARK_KEYS_KMS_KMS_KEY_H_
#define HALLMARK_KEYS_KMS_KMS_KEY_H_

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/crypto/signer.h"
#include "hallmark/keys/key_source.h"
#include "hallmark/keys/kms/kms_ref.h"

// Keys behind the key service plugins of sigstore (sigstore/sigstore, pkg/signature/kms/cliplugin,
// protocol v1), as cosign runs them: a program sigstore-kms-NAME is given the protocol's version
// and the call in JSON as its two arguments, the message on standard input, and answers in JSON on
// standard output. It runs as the user and sees the environment it is given, and nothing else of
// ours.
//
// Deviations: the exit status is ignored, as the protocol wants, but an end by a signal is not; no
// deadline is sent along (the member is optional), the program is killed at it; what it says on
// standard error is not shown. Keys are not created, and the plugin's own verdict about a signature
// is not asked for.
namespace hallmark::keys {

// Where plugins are and what they run in.
struct KmsWorld {
  std::string path;                      // as $PATH; entries that are not absolute are skipped
  std::vector<std::string> environment;  // "NAME=value"
  std::chrono::milliseconds deadline;    // of one run; it is killed then
};

// Asks for the public key, PEM "PUBLIC KEY" of a kind that Hallmark uses.
//
// kConfig: no such plugin in the path, or one that everybody may write to; kTimeout: its deadline;
// kLimit: too much output; kProtocol: an answer that is none; kUnavailable: as the plugin says,
// in its words, or when a signal ended it. All name the plugin.
Result<crypto::PublicKey> LoadKmsPublicKey(const KmsRef& ref, const KmsWorld& world);

// Asks for the public key; then for each signature, by the hash of the scheme that is wanted.
// Every signature is verified with that public key before it is handed out, kProtocol otherwise.
// The protocol names no padding: RSASSA-PSS is asked for only of a key that is for nothing else
// (id-RSASSA-PSS), kConfig with others. Errors as above.
Result<std::unique_ptr<crypto::Signer>> OpenKmsSigner(const KmsRef& ref, const KmsWorld& world,
                                                      const SchemeOf& scheme_of);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_KMS_KMS_KEY_H_
