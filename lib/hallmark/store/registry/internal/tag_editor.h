#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_TAG_EDITOR_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_TAG_EDITOR_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "hallmark/oci/content.h"
#include "hallmark/oci/reference.h"
#include "hallmark/store/registry/internal/session.h"
#include "hallmark/store/tag_merge.h"

namespace hallmark::store::registry {

// Brings what one writer has into the document behind a tag, losing nothing of other writers who
// do the same at the same time (docs/adr/0003): conditionally where the registry honours If-Match
// and If-None-Match, by writing, reading back after a settling time and merging again otherwise.
// Used once.
class TagEditor {
 public:
  // All arguments outlive the editor. `stored` is a manifest that the registry has under its
  // digest, and what the registry is asked with where its conditions are not known yet; null:
  // there is none, so the first version is stored so for it.
  TagEditor(const Context&, Session&, const oci::Repository&, std::string_view tag, TagMerge& merge,
            const oci::Content* stored);

  // The version with everything in it, when it is there to stay. An Error otherwise: of `merge` or
  // of the exchange that failed, kTimeout when the context ended first.
  Result<oci::Digest> Edit();

 private:
  enum class Outcome : std::uint8_t {
    kFinal = 1,  // a condition held: nobody was overwritten, and nobody will overwrite unseen
    kHopeful,    // written, as far as one can tell
    kOutrun,     // 412: somebody else was faster
  };
  struct Reading {
    bool exists = false;
    std::string etag;  // empty: none came
  };

  Result<Done> UntilSettled();
  Result<Outcome> MergeAndPut();
  Result<Outcome> MergeAndPutOnce();
  Result<TagMerge::Version> Prepare();
  Result<Reading> Read();
  Result<Reading> ReadOnce();
  Result<Outcome> Put(const Reading&, const oci::Content& version);
  Result<Outcome> PutConditionally(const Reading&, const oci::Content& version);
  Result<Outcome> PutAsking(const Reading&, const oci::Content& version);
  Result<Answer> PutVersion(const oci::Content& version, net::Headers conditions);
  Result<Conditions> AskIfNoneMatch(const oci::Content& version);
  Result<Outcome> Written(Result<Answer>, Outcome when_done);
  std::chrono::microseconds Jittered(std::chrono::microseconds);

  const Context& context_;
  Session& session_;
  Host& host_;
  const oci::Repository& repository_;
  const std::string tag_;
  TagMerge& merge_;
  const oci::Content* const stored_;
  std::optional<oci::Digest> current_;      // what the tag was last known to hold
  std::optional<std::minstd_rand> jitter_;  // seeded with our version: only has to differ
  std::chrono::microseconds slowest_{0};
  int lost_answers_ = 0;
};

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_TAG_EDITOR_H_
