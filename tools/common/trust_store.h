#ifndef HALLMARK_TOOLS_COMMON_TRUST_STORE_H_
#define HALLMARK_TOOLS_COMMON_TRUST_STORE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/trust/trusted_authority.h"

// Trust stores on disk (notaryproject/specifications, trust-store-trust-policy.md, "Trust Store").
// Every failure is kConfig: a store that cannot be read whole is not used at all. Refused as in
// notation: symbolic links, folders and files that anybody may write to, an empty store. Files
// whose names begin with a dot and further folders are not looked at.
namespace hallmark::cli {

// The certificates of "ROOT/x509/KIND/NAME", where notation keeps them.
Result<std::vector<x509::Certificate>> LoadNamedStore(const std::filesystem::path& root,
                                                      trust::StoreKind kind,
                                                      const std::string& name);

// What --trust-store names, as anchors of an authority that names nobody yet: a folder in
// notation's shape, of which every named store is taken; else a folder of certificate files or one
// such file, taken as "ca".
Result<trust::TrustedAuthority> LoadTrustStore(const std::filesystem::path& path);

// One file of certificates, as --timestamp-roots names it.
Result<std::vector<x509::Certificate>> LoadAnchors(trust::StoreKind kind,
                                                   const std::filesystem::path& file);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_TRUST_STORE_H_
