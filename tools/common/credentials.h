#ifndef HALLMARK_TOOLS_COMMON_CREDENTIALS_H_
#define HALLMARK_TOOLS_COMMON_CREDENTIALS_H_

#include <set>
#include <string>

#include "hallmark/store/registry/registry_store.h"
#include "tools/common/session.h"

namespace hallmark::cli {

// The logins a command may use: --username with --password-stdin for the one registry its REFs
// name, else those of the login files (config_places.h). Reads files and stdin now, looks for
// helpers now and runs them later. kConfig when a file is malformed, a helper is not there, when
// --username names more than one registry, when only one of the two flags is given, or when stdin
// also brings the REFs.
Result<store::CredentialLookup> MakeCredentialLookup(const Session& session,
                                                     const std::set<std::string>& registries);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_CREDENTIALS_H_
