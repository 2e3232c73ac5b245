#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_DOCUMENTS_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_DOCUMENTS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/registry.h"

// The JSON that a registry reads and writes.
namespace hallmark::test {

// What a registry takes from a manifest it stores (distribution-spec 1.1, "Pushing manifests").
struct ManifestFacts {
  std::string media_type;          // "mediaType", empty when absent
  std::string artifact_type;       // as a referrers listing shows it: config's media type if unset
  std::string annotations;         // the object's JSON, empty when absent
  std::string subject;             // digest, empty when absent
  std::vector<std::string> blobs;  // digests of config and layers
  std::vector<std::string> manifests;  // digests of an index's children
};

// nullopt: not a JSON object, or members of the wrong kinds.
std::optional<ManifestFacts> ReadManifest(std::string_view bytes);

struct ListedManifest {
  std::string media_type;
  std::string digest;
  std::size_t size = 0;
  ManifestFacts facts;
};
std::string ReferrersIndex(const std::vector<ListedManifest>& manifests);

std::string NameList(std::string_view member, const std::vector<std::string>& names,
                     std::string_view repository);
std::string ErrorBody(std::string_view code, std::string_view message);
std::string TokenBody(std::string_view token);
std::string LogLine(const RequestRecord& record);

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_DOCUMENTS_H_
