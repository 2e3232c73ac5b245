#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_UPLOAD_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_UPLOAD_H_

#include <string>
#include <string_view>

#include "hallmark/oci/content.h"
#include "hallmark/oci/reference.h"
#include "hallmark/store/registry/internal/session.h"

namespace hallmark::store::registry {

// Stores a blob in one request where it is there already (a mount from its own repository), in
// two otherwise (POST and one PUT with all of it), in none when this store saw it there before.
Result<Done> UploadBlob(const Context&, Session&, const oci::Repository&, const oci::Content&);

// A PUT of a manifest under a tag or its digest. Any status is an Answer.
Result<Answer> PutManifest(const Context&, Session&, const oci::Repository&,
                           std::string_view tag_or_digest, std::string_view media_type,
                           ByteView bytes, net::Headers conditions);

// The same, with every status but 2xx an Error, and kMismatch when the registry stored the bytes
// under another digest than `content`'s.
Result<Answer> StoreManifest(const Context&, Session&, const oci::Repository&,
                             std::string_view tag_or_digest, const oci::Content& content);

// The same under its own digest: repeated a few times when the registry fails in passing, since
// that can neither overwrite nor double anything.
Result<Answer> StoreManifestByDigest(const Context&, Session&, const oci::Repository&,
                                     const oci::Content& content);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_UPLOAD_H_
