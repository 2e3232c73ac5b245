#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_WRITER_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_WRITER_H_

#include <chrono>
#include <cstdint>
#include <random>
#include <string>

#include "hallmark/oci/content.h"
#include "hallmark/oci/reference.h"
#include "hallmark/store/registry/internal/fallback_index.h"
#include "hallmark/store/registry/internal/session.h"

namespace hallmark::store::registry {

// Brings one stored referrer into the index of its subject's referrers tag, losing no entry of
// other writers who do the same at the same time (docs/adr/0003): conditionally where the registry
// honours If-Match and If-None-Match, by writing, reading back after a settling time and merging
// again otherwise. Used once.
class FallbackWriter {
 public:
  // `referrer` is what `content` says of itself; all outlive the writer.
  FallbackWriter(const Context&, Session&, const oci::Repository&, const oci::Content& content,
                 const Referrer& referrer);

  // Done when the entry is there to stay. An Error otherwise: of the exchange that failed, kTimeout
  // when the context ended first, kProtocol when the tag holds something else.
  Result<Done> Write();

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

  Result<Outcome> MergeAndPut();
  Result<Outcome> MergeAndPutOnce();
  Result<Reading> Read();
  Result<Reading> ReadOnce();
  Result<Outcome> Put(const Reading&, const Bytes& index);
  Result<Outcome> PutConditionally(const Reading&, const Bytes& index);
  Result<Outcome> PutAsking(const Reading&, const Bytes& index);
  Result<Answer> PutIndex(const Bytes& index, net::Headers conditions);
  Result<Conditions> AskIfNoneMatch();
  Result<Outcome> Written(Result<Answer>, Outcome when_done);
  Result<Done> UntilSettled();
  std::chrono::microseconds Jittered(std::chrono::microseconds);

  const Context& context_;
  Session& session_;
  Host& host_;
  const oci::Repository& repository_;
  const oci::Content& content_;
  const std::string tag_;
  FallbackIndex index_;
  std::minstd_rand jitter_;  // seeded with our digest: only has to differ between writers
  std::chrono::microseconds slowest_{0};
  int lost_answers_ = 0;
};

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_FALLBACK_WRITER_H_
