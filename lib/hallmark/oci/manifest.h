#ifndef HALLMARK_OCI_MANIFEST_H_
#define HALLMARK_OCI_MANIFEST_H_

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/oci/content.h"

namespace hallmark::oci {

// An image or artifact manifest: OCI image-spec v1.1 manifest.md, or Docker schema 2.
struct ImageManifest {
  std::string media_type;     // as its descriptor says; never empty
  std::string artifact_type;  // empty when absent
  std::optional<Descriptor> config;
  std::vector<Descriptor> layers;
  std::optional<Descriptor> subject;
  std::map<std::string, std::string> annotations;
};

// An index: OCI image-spec v1.1 image-index.md, or a Docker manifest list.
struct ImageIndex {
  std::string media_type;
  std::string artifact_type;
  std::vector<Descriptor> manifests;
  std::optional<Descriptor> subject;
  std::map<std::string, std::string> annotations;
};

using Document = std::variant<ImageManifest, ImageIndex>;

// Reads a manifest or an index strictly. Which of the two it is comes from the document itself
// and must agree with the descriptor's media type and with "mediaType" where that is present
// (A12, A13: a document with "manifests" beside "config" or "layers" is refused whatever it is
// called). kMalformed with place and reason also for: schemaVersion other than 2, a duplicate
// member, a size that is no integer from 0 to 2^53-1, a digest that is none, trailing bytes,
// a schema 1 manifest. Members that the specification does not name are ignored, as it demands.
// kLimit: over 4 MiB, deeper than 32, more than 100,000 values.
Result<Document> ParseDocument(const Content& content);

// The media type that unnamed bytes declare themselves to be, for files and layouts: "mediaType",
// else told from the members. kMalformed as above.
Result<std::string> DetectMediaType(ByteView untrusted_bytes);

}  // namespace hallmark::oci

#endif  // HALLMARK_OCI_MANIFEST_H_
