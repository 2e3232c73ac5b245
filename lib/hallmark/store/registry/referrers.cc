#include "hallmark/store/registry/internal/referrers.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "hallmark/base/printable.h"
#include "hallmark/oci/limits.h"
#include "hallmark/oci/media_types.h"
#include "hallmark/store/limits.h"
#include "hallmark/store/referrer.h"
#include "hallmark/store/registry/internal/link.h"
#include "hallmark/store/registry/internal/manifests.h"
#include "hallmark/store/registry/internal/paths.h"

namespace hallmark::store::registry {
namespace {

// Nothing of a listing is signed and its annotations are hints only: they need not be held whole.
void BoundAnnotations(oci::Descriptor& entry) {
  std::map<std::string, std::string> kept;
  std::size_t bytes = 0;
  for (auto& [name, value] : entry.annotations) {
    if (kept.size() == kMaxEntryAnnotations) break;
    const std::size_t size = name.size() + value.size();
    if (size > kMaxEntryAnnotationBytes - bytes) continue;
    bytes += size;
    kept.emplace(name, std::move(value));
  }
  entry.annotations = std::move(kept);
}

// A listing under construction; the first gap stays.
class Collector {
 public:
  bool Add(std::vector<oci::Descriptor> entries) {
    for (oci::Descriptor& entry : entries) {
      if (!seen_.insert(entry.digest).second) continue;
      if (listing_.entries.size() == kMaxReferrers) {
        return Stop(Error(ErrorCode::kLimit,
                          "more than " + std::to_string(kMaxReferrers) + " referrers are listed"));
      }
      BoundAnnotations(entry);
      listing_.entries.push_back(std::move(entry));
    }
    return true;
  }
  bool Stop(Error gap) {
    if (!listing_.gap) listing_.gap = std::move(gap);
    return false;
  }
  // Whether a page of so many bytes may still be held.
  bool Spend(std::size_t bytes) {
    if (bytes > kMaxReferrersBytes - bytes_) {
      return Stop(Error(ErrorCode::kLimit, "the referrers listing has more than " +
                                               std::to_string(kMaxReferrersBytes) + " bytes"));
    }
    bytes_ += bytes;
    return true;
  }
  // For an answer with more authority than the one that left the gap.
  void Overrule() { listing_.gap.reset(); }
  void Asked(std::string line) { listing_.asked.push_back(std::move(line)); }
  std::size_t count() const { return listing_.entries.size(); }
  bool has_gap() const { return listing_.gap.has_value(); }
  Listing Take() { return std::move(listing_); }

 private:
  Listing listing_;
  std::size_t bytes_ = 0;
  std::set<oci::Digest> seen_;
};

Error NoListing(const Answer& answer, const std::string& why) {
  return Error(ErrorCode::kProtocol, answer.Asked() + ": 200 " + why);
}

// A listing is an image index and is called one; anything else with a 200 proves nothing.
Result<std::vector<oci::Descriptor>> ReadIndex(Answer& answer) {
  const std::string type = MediaTypeOf(answer.response);
  if (answer.response.body.empty()) return NoListing(answer, "with an empty body");
  if (type != oci::kOciIndex) {
    return NoListing(answer, "with " + (type.empty() ? "no type" : Printable(type, 80)) +
                                 " instead of an index");
  }
  Result<oci::Document> document =
      oci::ParseDocument(oci::Content::Describe(type, std::move(answer.response.body)));
  if (!document.ok()) return NoListing(answer, "with a bad index: " + document.error().message());
  auto* index = std::get_if<oci::ImageIndex>(&document.value());
  if (index == nullptr) return NoListing(answer, "with a manifest instead of an index");
  return std::move(index->manifests);
}

std::string Counted(std::size_t count) {
  return " (" + std::to_string(count) + (count == 1 ? " entry)" : " entries)");
}

Call ApiCall(const oci::Repository& repository, const oci::Digest& subject,
             std::string_view artifact_type) {
  Call call;
  call.method = "GET";
  call.target = ReferrersPath(repository, subject, artifact_type);
  call.scope = {repository.path(), false};
  call.headers.emplace_back("Accept", oci::kOciIndex);
  call.max_response_bytes = oci::kMaxManifestBytes;
  return call;
}

// Whether `answer` was a page that let itself be read; its entries are added.
bool AddPage(Collector& collector, Answer& answer) {
  if (!collector.Spend(answer.response.body.size())) return false;
  Result<std::vector<oci::Descriptor>> entries = ReadIndex(answer);
  if (!entries.ok()) return collector.Stop(std::move(entries).error());
  return collector.Add(std::move(entries).value());
}

// Reads on from a first page, whose body was used already.
bool AddFurtherPages(const Context& context, Session& session, Host& host, Call call, Answer answer,
                     Collector& collector) {
  std::set<std::string> been = {answer.url.ToString()};
  while (true) {
    Result<std::optional<Url>> next = NextPage(answer);
    if (!next.ok()) return collector.Stop(std::move(next).error());
    if (!next.value()) return true;
    if (!been.insert(next.value()->ToString()).second) {
      return collector.Stop(
          Error(ErrorCode::kLimit, answer.Asked() + ": the pages lead in a circle"));
    }
    if (been.size() > kMaxReferrerPages) {
      return collector.Stop(
          Error(ErrorCode::kLimit,
                answer.Asked() + ": more than " + std::to_string(kMaxReferrerPages) + " pages"));
    }
    call.elsewhere = std::move(next).value();
    Result<Answer> page = session.Exchange(context, host, call);
    if (!page.ok()) return collector.Stop(std::move(page).error());
    answer = std::move(page).value();
    if (answer.status() != 200) return collector.Stop(StatusError(answer));
    if (!AddPage(collector, answer)) return false;
  }
}

void ReadFallback(const Context& context, Session& session, const oci::Repository& repository,
                  const oci::Digest& subject, Collector& collector) {
  const std::string tag = FallbackTag(subject);
  Result<Answer> got = GetManifest(context, session, repository, tag);
  if (!got.ok()) {
    collector.Asked("tag " + tag + " " + std::string(ToWord(got.error().code())));
    collector.Stop(std::move(got).error());
    return;
  }
  Answer answer = std::move(got).value();
  std::string line = "tag " + tag + " " + std::to_string(answer.status());
  if (answer.status() == 200) {
    if (AddPage(collector, answer)) line += Counted(collector.count());
  } else if (answer.status() != 404 || !IsAuthoritativeAbsence(answer.response)) {
    collector.Stop(StatusError(answer));
  }
  collector.Asked(std::move(line));
}

void ReadListing(const Context& context, Session& session, Host& host, Call call, Answer answer,
                 Collector& collector) {
  collector.Overrule();
  std::string line = "referrers API " + std::to_string(answer.status());
  if (AddPage(collector, answer)) {
    LearnReferrersApi(session, host, true);
    AddFurtherPages(context, session, host, std::move(call), std::move(answer), collector);
    line += Counted(collector.count());
  }
  collector.Asked(std::move(line));
}

// Asks the API and reads its listing when it has one.
ApiAnswer ReadApi(const Context& context, Session& session, Host& host, Call call,
                  Collector& collector) {
  Result<Answer> got = session.Exchange(context, host, call);
  if (!got.ok()) {
    collector.Asked("referrers API " + std::string(ToWord(got.error().code())));
    collector.Stop(std::move(got).error());
    return ApiAnswer::kUnclear;
  }
  Answer answer = std::move(got).value();
  const ApiAnswer judged = JudgeApiAnswer(answer.response);
  if (judged == ApiAnswer::kListing) {
    ReadListing(context, session, host, std::move(call), std::move(answer), collector);
    return judged;
  }
  collector.Asked("referrers API " + std::to_string(answer.status()));
  if (judged == ApiAnswer::kWebPage) {
    collector.Stop(Error(ErrorCode::kProtocol, answer.Asked() + ": " +
                                                   std::to_string(answer.status()) +
                                                   " with a web page, which may not be the "
                                                   "registry's"));
  } else if (judged != ApiAnswer::kNoApi) {
    collector.Stop(StatusError(answer));
  }
  return judged;
}

std::optional<bool> KnownApi(Session& session, Host& host) {
  {
    const std::lock_guard lock(host.mutex);
    if (host.has_referrers_api) return host.has_referrers_api;
  }
  const auto& ask = session.options().known_referrers_api;
  return ask ? ask(host.registry) : std::nullopt;
}

}  // namespace

ApiAnswer JudgeApiAnswer(const net::Response& response) {
  switch (response.status) {
    case 200:
      return ApiAnswer::kListing;
    case 404:
    case 405:
    case 501:
      return IsWebPage(response) ? ApiAnswer::kWebPage : ApiAnswer::kNoApi;
    default:
      return ApiAnswer::kUnclear;
  }
}

bool IsListing(const net::Response& response) {
  return MediaTypeOf(response) == oci::kOciIndex && !response.body.empty();
}

void LearnReferrersApi(Session& session, Host& host, bool has_api) {
  {
    const std::lock_guard lock(host.mutex);
    if (host.has_referrers_api == has_api) return;
    host.has_referrers_api = has_api;
  }
  if (session.options().learned_referrers_api) {
    session.options().learned_referrers_api(host.registry, has_api);
  }
}

Listing ListReferrers(const Context& context, Session& session, const oci::Repository& repository,
                      const oci::Digest& subject, std::string_view artifact_type) {
  Host& host = session.HostOf(repository.registry());
  Call call = ApiCall(repository, subject, artifact_type);
  Collector collector;
  const bool tag_first = !KnownApi(session, host).value_or(true);
  if (tag_first) {
    ReadFallback(context, session, repository, subject, collector);
    if (collector.count() > 0) return collector.Take();
  }
  // What is remembered may be over by now: absence is never concluded from it.
  const ApiAnswer api = ReadApi(context, session, host, std::move(call), collector);
  const bool tag_counts = api == ApiAnswer::kNoApi || api == ApiAnswer::kWebPage;
  if (!tag_first && tag_counts) ReadFallback(context, session, repository, subject, collector);
  // A tag that answered with authority shows that the 404 before it was the registry's own.
  if (api == ApiAnswer::kNoApi && !collector.has_gap()) LearnReferrersApi(session, host, false);
  return collector.Take();
}

}  // namespace hallmark::store::registry
