#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_MANIFESTS_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_MANIFESTS_H_

#include <string>
#include <string_view>

#include "hallmark/oci/content.h"
#include "hallmark/oci/reference.h"
#include "hallmark/store/registry/internal/session.h"

namespace hallmark::store::registry {

// GET of a manifest or index, accepting the four types as lines of their own. Any status.
Result<Answer> GetManifest(const Context&, Session&, const oci::Repository&,
                           std::string_view tag_or_digest);

// See store::Reader. kMismatch when the bytes are not the ones that `reference` or the answer's
// Docker-Content-Digest names; kProtocol when a page or nothing came instead of a manifest.
Result<oci::Content> FetchManifest(const Context&, Session&, const oci::Reference& reference);

// See store::Reader. kLimit without a request when the descriptor announces more than is read,
// kLimit when more comes than was announced; kMalformed when a manifest's Content-Type is not the
// descriptor's media type (A13).
Result<oci::Content> FetchByDescriptor(const Context&, Session&, const oci::Repository&,
                                       const oci::Descriptor&);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_MANIFESTS_H_
