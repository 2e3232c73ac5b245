#include "hallmark/store/registry/internal/tag_editor.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "hallmark/base/check.h"
#include "hallmark/store/registry/internal/manifests.h"
#include "hallmark/store/registry/internal/paths.h"
#include "hallmark/store/registry/internal/retry_after.h"
#include "hallmark/store/registry/internal/tag_lock.h"
#include "hallmark/store/registry/internal/upload.h"

namespace hallmark::store::registry {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A read proves something once every write based on what was there before ours has arrived. Other
// writers' pace is guessed from our own, with a margin (docs/adr/0003).
constexpr milliseconds kLeastSettling{150};
constexpr milliseconds kMostSettling{5000};
constexpr int kSettlingFactor = 4;
constexpr int kSettledReads = 2;
// A writer that was held up between its read and its write reads again.
constexpr milliseconds kMaxPause{100};
constexpr int kMaxRereads = 8;  // on a machine that is never quick enough
constexpr milliseconds kLockPatience{10000};
constexpr milliseconds kOutrunPause{20};
// Failures in a row (5xx, answers that never came) after which the registry counts as down.
constexpr int kMaxFailures = 8;
constexpr milliseconds kFailurePause{80};
// No entity tag is this one, so a registry that heeds If-Match must answer 412.
constexpr std::string_view kNeverMatches = "\"hallmark-asks-whether-if-match-is-honoured\"";

unsigned SeedOf(const oci::Digest& digest) {
  unsigned seed = 1;
  for (const std::uint8_t byte : digest.bytes().first(4)) seed = seed << 8 | byte;
  return seed;
}

bool IsSuccess(const Answer& answer) { return answer.status() >= 200 && answer.status() <= 299; }

}  // namespace

TagEditor::TagEditor(const Context& context, Session& session, const oci::Repository& repository,
                     std::string_view tag, TagMerge& merge, const oci::Content* stored)
    : context_(context),
      session_(session),
      host_(session.HostOf(repository.registry())),
      repository_(repository),
      tag_(tag),
      merge_(merge),
      stored_(stored) {}

Result<oci::Digest> TagEditor::Edit() {
  HALLMARK_ASSIGN(const Outcome outcome, MergeAndPut());
  if (outcome != Outcome::kFinal) HALLMARK_RETURN_IF_ERROR(UntilSettled());
  HALLMARK_CHECK(current_.has_value());
  return *current_;
}

// Reads back until what we know of is there in two settled reads on end, merging whenever it is
// not.
Result<Done> TagEditor::UntilSettled() {
  for (int settled = 0; settled < kSettledReads;) {
    const microseconds settling =
        std::clamp<microseconds>(slowest_ * kSettlingFactor, kLeastSettling, kMostSettling);
    HALLMARK_RETURN_IF_ERROR(Wait(context_, Jittered(settling)));
    HALLMARK_RETURN_IF_ERROR(Read());
    if (merge_.IsComplete()) {
      ++settled;
      continue;
    }
    settled = 0;
    HALLMARK_ASSIGN(const Outcome outcome, MergeAndPut());
    if (outcome == Outcome::kFinal) return Done{};
  }
  return Done{};
}

Result<TagEditor::Outcome> TagEditor::MergeAndPut() {
  while (true) {
    HALLMARK_ASSIGN(const Outcome outcome, MergeAndPutOnce());
    if (outcome != Outcome::kOutrun) return outcome;
    HALLMARK_RETURN_IF_ERROR(Wait(context_, Jittered(kOutrunPause)));
  }
}

// The lock covers read to write and not the settling: writers here cannot overwrite each other in
// between, and settle side by side.
Result<TagEditor::Outcome> TagEditor::MergeAndPutOnce() {
  const TagLock lock(context_, session_.options().lock_folder, repository_.ToString() + ":" + tag_,
                     kLockPatience);
  for (int rereads = 0;; ++rereads) {
    const auto started = steady_clock::now();
    HALLMARK_ASSIGN(const Reading reading, Read());
    if (merge_.IsComplete()) {
      return host_.conditions == Conditions::kHonoured ? Outcome::kFinal : Outcome::kHopeful;
    }
    const auto read = steady_clock::now();
    HALLMARK_ASSIGN(const TagMerge::Version version, Prepare());
    // Blobs that were new are known the next time, so that reading again is soon quick enough.
    if (steady_clock::now() - read > kMaxPause && rereads < kMaxRereads) continue;
    Result<Outcome> outcome = Put(reading, version.manifest);
    slowest_ = std::max(slowest_, duration_cast<microseconds>(steady_clock::now() - started));
    return outcome;
  }
}

Result<TagMerge::Version> TagEditor::Prepare() {
  HALLMARK_ASSIGN(TagMerge::Version version, merge_.Merged());
  if (!jitter_) jitter_.emplace(SeedOf(version.manifest.digest()));
  for (const oci::Content& blob : version.blobs) {
    HALLMARK_RETURN_IF_ERROR(UploadBlob(context_, session_, repository_, blob));
  }
  return version;
}

// A registry that rewrites a tag in place answers 500 to whoever reads in that moment.
Result<TagEditor::Reading> TagEditor::Read() {
  for (int failures = 0;; ++failures) {
    Result<Reading> reading = ReadOnce();
    if (reading.ok() || reading.error().code() != ErrorCode::kUnavailable) return reading;
    if (failures == kMaxFailures) return reading;
    HALLMARK_RETURN_IF_ERROR(Wait(context_, Jittered(kFailurePause)));
  }
}

Result<TagEditor::Reading> TagEditor::ReadOnce() {
  HALLMARK_ASSIGN(Answer answer, GetManifest(context_, session_, repository_, tag_));
  Reading reading;
  if (answer.status() == 404 && IsAuthoritativeAbsence(answer.response)) {
    HALLMARK_RETURN_IF_ERROR(merge_.See(std::nullopt));
    return reading;
  }
  if (answer.status() != 200) return StatusError(answer);
  const auto content =
      oci::Content::Describe(MediaTypeOf(answer.response), std::move(answer.response.body));
  Result<Done> seen = merge_.See(content);
  if (!seen.ok()) return std::move(seen).error().While(answer.Asked());
  current_ = content.digest();
  reading.exists = true;
  if (const std::string* etag = answer.response.Header("ETag")) reading.etag = *etag;
  return reading;
}

Result<TagEditor::Outcome> TagEditor::Put(const Reading& reading, const oci::Content& version) {
  switch (host_.conditions.load()) {
    case Conditions::kHonoured:
      return PutConditionally(reading, version);
    case Conditions::kUnasked:
      if (host_.sends_etags) return PutAsking(reading, version);
      return Written(PutVersion(version, {}), Outcome::kHopeful);
    case Conditions::kIgnored:
    default:
      return Written(PutVersion(version, {}), Outcome::kHopeful);
  }
}

Result<TagEditor::Outcome> TagEditor::PutConditionally(const Reading& reading,
                                                       const oci::Content& version) {
  if (reading.exists && reading.etag.empty()) {
    return Written(PutVersion(version, {}), Outcome::kHopeful);
  }
  const net::Headers condition = {reading.exists ? std::pair("If-Match", reading.etag)
                                                 : std::pair("If-None-Match", std::string("*"))};
  return Written(PutVersion(version, condition), Outcome::kFinal);
}

// The first write at a registry that sends entity tags finds out what they are worth there. When
// the impossible condition is ignored, the write has happened and was not wasted.
Result<TagEditor::Outcome> TagEditor::PutAsking(const Reading& reading,
                                                const oci::Content& version) {
  Result<Answer> answer = PutVersion(version, {{"If-Match", std::string(kNeverMatches)}});
  if (!answer.ok() || answer.value().status() != 412) {
    if (answer.ok() && IsSuccess(answer.value())) host_.conditions = Conditions::kIgnored;
    return Written(std::move(answer), Outcome::kHopeful);
  }
  HALLMARK_ASSIGN(const Conditions conditions, AskIfNoneMatch(version));
  host_.conditions = conditions;
  return Put(reading, version);
}

// Asked with a manifest under its digest, which is there and stays what it is whatever the answer.
// Half of the conditions is no use: two could create the tag at once.
Result<Conditions> TagEditor::AskIfNoneMatch(const oci::Content& version) {
  if (stored_ == nullptr) {
    HALLMARK_RETURN_IF_ERROR(StoreManifestByDigest(context_, session_, repository_, version));
  }
  const oci::Content& stored = stored_ == nullptr ? version : *stored_;
  HALLMARK_ASSIGN(
      const Answer answer,
      PutManifest(context_, session_, repository_, stored.digest().ToString(),
                  stored.descriptor().media_type, stored.bytes(), {{"If-None-Match", "*"}}));
  if (answer.status() == 412) return Conditions::kHonoured;
  if (IsSuccess(answer)) return Conditions::kIgnored;
  return StatusError(answer);
}

Result<Answer> TagEditor::PutVersion(const oci::Content& version, net::Headers conditions) {
  Result<Answer> answer =
      PutManifest(context_, session_, repository_, tag_, version.descriptor().media_type,
                  version.bytes(), std::move(conditions));
  if (answer.ok() && IsSuccess(answer.value())) current_ = version.digest();
  return answer;
}

// A write whose answer was lost may have happened: reading back will tell.
Result<TagEditor::Outcome> TagEditor::Written(Result<Answer> answer, Outcome when_done) {
  if (answer.ok()) {
    if (IsSuccess(answer.value())) lost_answers_ = 0;
    if (IsSuccess(answer.value())) return when_done;
    if (answer.value().status() == 412) return Outcome::kOutrun;
  }
  Error error = answer.ok() ? StatusError(answer.value()) : std::move(answer).error();
  if (error.code() != ErrorCode::kUnavailable || ++lost_answers_ > kMaxFailures) return error;
  return Outcome::kHopeful;
}

microseconds TagEditor::Jittered(microseconds duration) {
  if (!jitter_) return duration;
  std::uniform_int_distribution<std::int64_t> more(0, duration.count() / 2);
  return duration + microseconds(more(*jitter_));
}

}  // namespace hallmark::store::registry
