#ifndef HALLMARK_OCI_INTERNAL_DESCRIPTOR_JSON_H_
#define HALLMARK_OCI_INTERNAL_DESCRIPTOR_JSON_H_

#include <map>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/encoding/json.h"
#include "hallmark/oci/content.h"

// Private to the module: the parts that manifests and indexes share.
namespace hallmark::oci::internal {

// Non-empty printable ASCII with a slash, at most 255 characters.
bool IsMediaType(std::string_view text);

// At most 255 characters of printable ASCII without a slash, possibly none: what a platform is made
// of ends up in verdicts and in matches.
bool IsPlatformWord(std::string_view text);

// OCI image-spec v1.1 descriptor.md. "urls" and "data" are never looked at (A85): content comes
// from the place that is asked, by digest. `where` is a path for messages: "manifest.layers[2]".
Result<Descriptor> ParseDescriptor(const json::Value& value, std::string where);

// Member `name` of `fields`: absent, or an object of strings.
Result<std::map<std::string, std::string>> ParseAnnotations(json::Fields& fields);

// Member "artifactType": empty when absent or empty.
Result<std::string> ParseArtifactType(json::Fields& fields);

}  // namespace hallmark::oci::internal

#endif  // HALLMARK_OCI_INTERNAL_DESCRIPTOR_JSON_H_
