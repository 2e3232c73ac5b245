#ifndef HALLMARK_TOOLS_COMMON_ATTACHMENTS_H_
#define HALLMARK_TOOLS_COMMON_ATTACHMENTS_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/store/store.h"

namespace hallmark::cli {

// Something attached to an image, as it describes itself: nothing of it is verified. Every text
// went through Printable.
struct Attachment {
  oci::Digest digest;
  std::string artifact_type;  // may be empty
  std::string format;         // "bundle", "cosign", or empty for what Hallmark does not read
  std::string predicate_type;
  std::string created;
  std::string signer_hint;  // "key 7c41..." from the bundle's unsigned hint
  std::string complaint;    // why it could not be read
  std::uint64_t size = 0;
};

struct Attachments {
  std::vector<Attachment> found;
  std::optional<Error> gap;
  std::vector<std::string> asked;
};

// What refers to `subject` and what cosign v2's tags hold for it, each with as much as its own
// bytes tell. At most kMaxRead attachments are read; the rest is listed as the registry describes
// it.
inline constexpr std::size_t kMaxRead = 28;
Attachments FindAttachments(const Context&, store::Reader&, const oci::Repository&,
                            const oci::Digest& subject);

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_ATTACHMENTS_H_
