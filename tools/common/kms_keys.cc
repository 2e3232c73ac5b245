#include "tools/common/kms_keys.h"

#include "hallmark/keys/kms/kms_key.h"
#include "hallmark/keys/kms/limits.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "tools/common/program_environment.h"

namespace hallmark::cli {
namespace {

keys::KmsWorld WorldOf(const Environment& environment, const keys::KmsRef& ref) {
  return {environment.Text("PATH").value_or(""), KmsEnvironment(environment, ref.plugin),
          keys::kKmsDeadline};
}

}  // namespace

Result<std::unique_ptr<crypto::Signer>> OpenKmsKey(const Environment& environment,
                                                   std::string_view key_ref) {
  HALLMARK_ASSIGN(const keys::KmsRef ref, keys::KmsRef::Parse(key_ref));
  return keys::OpenKmsSigner(ref, WorldOf(environment, ref), signature::BundleScheme);
}

Result<crypto::PublicKey> ShowKmsKey(const Environment& environment, std::string_view key_ref) {
  HALLMARK_ASSIGN(const keys::KmsRef ref, keys::KmsRef::Parse(key_ref));
  return keys::LoadKmsPublicKey(ref, WorldOf(environment, ref));
}

}  // namespace hallmark::cli
