#ifndef HALLMARK_SIGNATURE_COSIGN_INTERNAL_SIGNATURE_TAG_H_
#define HALLMARK_SIGNATURE_COSIGN_INTERNAL_SIGNATURE_TAG_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hallmark/encoding/json.h"
#include "hallmark/oci/content.h"
#include "hallmark/store/tag_merge.h"

namespace hallmark::signature::cosign {

// The manifest behind a .sig tag as one signer works on it: an image manifest, as cosign v2 writes
// it, of one layer a signature. Two layers are the same signature when their digest and their
// signature annotation are: signers who say the same share the payload.
class SignatureTag final : public store::TagMerge {
 public:
  // `own` is the layer to bring in.
  explicit SignatureTag(const oci::Descriptor& own);

  // Layers stay as they are and where they are, with annotations and members that this build does
  // not know; so do all other members of the manifest. kProtocol when the tag holds no manifest,
  // an index, or layers of an image.
  Result<Done> See(const std::optional<oci::Content>& untrusted_manifest) override;
  bool IsComplete() const override;

  // Ours comes last. The config is written anew, because cosign looks layers up in it when it adds
  // one: it lists them in order and says nothing else. A config that is none of an image stays.
  // kLimit over kMaxSignatures layers or 4 MiB.
  Result<Version> Merged() const override;

 private:
  struct Seen {
    std::string key;
    json::Value layer;
  };
  Seen own_;
  std::vector<Seen> others_;    // in the order of sight
  std::set<std::string> keys_;  // of all, ours included
  std::optional<json::Value> current_;
  std::string media_type_;  // of what was last seen
};

}  // namespace hallmark::signature::cosign

#endif  // HALLMARK_SIGNATURE_COSIGN_INTERNAL_SIGNATURE_TAG_H_
