#ifndef HALLMARK_TOOLS_COMMON_TARGET_H_
#define HALLMARK_TOOLS_COMMON_TARGET_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/oci/reference.h"
#include "tools/common/session.h"

namespace hallmark::cli {

enum class TargetKind : std::uint8_t { kRegistry = 1, kLayout, kArchive };

// A REF of the command line, read but not looked up.
struct Target {
  TargetKind kind;
  std::string text;            // printable, as it was typed
  std::filesystem::path path;  // of a layout or archive
  oci::Repository repository;  // what rules see
  std::optional<std::string> tag;
  std::optional<oci::Digest> digest;  // layouts may have neither: their only image is meant
};

// "registry/repo[:tag][@digest]", "oci:DIR[:tag|@digest]", "oci-archive:FILE[:tag|@digest]". A
// layout is seen by rules as `logical_name`, else by its own absolute path with links resolved.
// kConfig otherwise.
Result<Target> ParseTarget(const std::string& text, const std::optional<std::string>& logical_name);

// The REFs of a verb: its words, and what --from or "-" bring: one a line with blank lines and
// lines starting '#' left out, or `kubectl get pods -o json` (every container image once).
// kConfig when there is none at all (A108), when one cannot be read, when there are more than
// 100,000, or when --logical-name stands beside anything but one layout or archive.
Result<std::vector<Target>> ReadTargets(const Session& session);

// Whether stdin is what the REFs come from.
bool TakesRefsFromStdin(const Session& session);

// The distinct images of a Kubernetes list (of lists), pod, workload or PodTemplate, in their
// order. Objects without pods bring none. kConfig naming the item for containers, volumes or an
// image that cannot be read: no image is left out. kMalformed for other text.
Result<std::vector<std::string>> ImagesOfKubernetes(ByteView text);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_TARGET_H_
