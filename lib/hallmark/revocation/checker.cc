#include "hallmark/revocation/checker.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>
#include <variant>

#include "hallmark/encoding/hex.h"
#include "hallmark/revocation/crl.h"
#include "hallmark/revocation/fetch.h"
#include "hallmark/revocation/internal/crl_shelf.h"
#include "hallmark/revocation/limits.h"
#include "hallmark/revocation/ocsp.h"
#include "hallmark/revocation/places.h"

namespace hallmark::revocation {
namespace {

using internal::CrlShelf;
using Pair = std::array<crypto::Fingerprint, 2>;  // the certificate's and its issuer's

bool IsUnknown(const Status& status) { return std::holds_alternative<Unknown>(status); }

// Whether the status, found out before, still counts at `now`.
bool StillCounts(const Status& status, UnixTime now) {
  if (const auto* good = std::get_if<Good>(&status)) return now <= good->next_update();
  return std::holds_alternative<Revoked>(status);
}

UnixTime EndOf(const Status& status, UnixTime now) {
  if (IsUnknown(status)) return now + kRetryAfter;
  const UnixTime again = now + kLookAgainAfter;
  if (const auto* good = std::get_if<Good>(&status)) return std::min(again, good->next_update());
  return again;
}

void Note(std::vector<std::string>& asked, const std::string& url) {
  const std::string shown = ShownUrl(url);
  if (std::find(asked.begin(), asked.end(), shown) == asked.end()) asked.push_back(shown);
}

// One question: its places in turn.
class Inquiry {
 public:
  Inquiry(const Context& context, net::HttpClient& http, CrlShelf& shelf, UnixTime now)
      : context_(context), http_(http), shelf_(shelf), now_(now) {}

  Status Ask(const Issued& issued, bool is_responder);
  std::vector<std::string> TakeAsked() { return std::move(asked_); }

 private:
  Result<Status> AskOcsp(const Issued& issued, const std::string& url);
  Status AskList(const Issued& issued, const std::string& url);
  Result<Crl> FetchList(const std::string& url);
  // A list by its key on the shelf, and whether it came just now.
  struct Found {
    Crl crl;
    bool is_new;
  };
  Result<Found> FindDelta(const std::string& url, const std::string& key);
  Status CheckWithDelta(const Issued& issued, const Crl& base);

  const Context& context_;
  net::HttpClient& http_;
  CrlShelf& shelf_;
  const UnixTime now_;
  std::vector<std::string> asked_;
};

Result<Status> Inquiry::AskOcsp(const Issued& issued, const std::string& url) {
  Note(asked_, url);
  HALLMARK_ASSIGN(const Bytes bytes, FetchOcsp(context_, http_, url, MakeOcspRequest(issued)));
  auto response = ParseOcspResponse(bytes);
  if (!response.ok()) return std::move(response).error().While(ShownUrl(url));
  std::optional<Status> responder;
  // By its lists alone: a responder's own responder would have one too.
  if (const auto delegate = ResponderToCheck(issued, response.value(), now_)) {
    responder = Ask(*delegate, true);
  }
  Status status = CheckOcsp(issued, response.value(), responder, now_);
  if (auto* unknown = std::get_if<Unknown>(&status)) {
    unknown->detail = ShownUrl(url) + ": " + unknown->detail;
  }
  return status;
}

Result<Crl> Inquiry::FetchList(const std::string& url) {
  Note(asked_, url);
  HALLMARK_ASSIGN(const Bytes bytes, FetchCrl(context_, http_, url));
  auto crl = ParseCrl(bytes);
  if (!crl.ok()) return std::move(crl).error().While(ShownUrl(url));
  return crl;
}

bool IsFresh(const CrlShelf::Shelved& shelved, UnixTime now) {
  const auto& until = shelved.crl.next_update();
  return now - shelved.since < kLookAgainAfter && until && now <= *until;
}

// Lists are one issuer's: what another signed at the same place takes no place of its.
std::string KeyOf(const std::string& url, const Issued& issued) {
  return url + " " + encoding::ToHex(issued.issuer().fingerprint());
}

// Rollback: somebody plays what was said before. A list of the future is none to compare with.
bool IsOlder(const Crl& fetched, const std::optional<CrlShelf::Shelved>& shelved, UnixTime now) {
  return shelved && shelved->crl.this_update() <= now &&
         fetched.this_update() < shelved->crl.this_update();
}

Result<Inquiry::Found> Inquiry::FindDelta(const std::string& url, const std::string& key) {
  const auto shelved = shelf_.Find(key, now_);
  if (shelved && IsFresh(*shelved, now_)) return Found{shelved->crl, false};
  Result<Crl> fetched = FetchList(url);
  if (shelved && (!fetched.ok() || IsOlder(fetched.value(), shelved, now_))) {
    return Found{shelved->crl, false};
  }
  if (!fetched.ok()) return fetched.error();
  return Found{std::move(fetched).value(), true};
}

Status Inquiry::CheckWithDelta(const Issued& issued, const Crl& base) {
  Status status = CheckCrl(issued, {base, nullptr}, now_);
  const auto* revoked = std::get_if<Revoked>(&status);
  const bool is_final = revoked != nullptr && revoked->reason != Reason::kCertificateHold;
  if (!base.names_delta() || is_final) return status;
  for (const std::string& url : base.delta_urls()) {
    const std::string key = KeyOf(url, issued);
    const Result<Found> delta = FindDelta(url, key);
    if (!delta.ok()) {
      // A hold stays one until a delta takes it back.
      if (IsUnknown(status)) {
        status = Unknown{"the delta of the list: " + delta.error().message()};
      }
      continue;
    }
    Status with_delta = CheckCrl(issued, {base, &delta.value().crl}, now_);
    if (IsUnknown(with_delta) && !IsUnknown(status)) continue;
    status = std::move(with_delta);
    if (IsUnknown(status)) continue;
    if (delta.value().is_new) shelf_.Put(key, delta.value().crl, now_);
    break;
  }
  return status;
}

Status Inquiry::AskList(const Issued& issued, const std::string& url) {
  const std::string key = KeyOf(url, issued);
  const std::shared_ptr<std::timed_mutex> turn = shelf_.TurnAt(key);
  const std::unique_lock lock(*turn, context_.deadline);
  if (!lock.owns_lock()) return Unknown{ShownUrl(url) + ": the deadline passed"};
  const auto shelved = shelf_.Find(key, now_);
  if (shelved && IsFresh(*shelved, now_)) {
    Status status = CheckWithDelta(issued, shelved->crl);
    if (!IsUnknown(status)) return status;
  }
  std::string detail;
  Result<Crl> fetched = FetchList(url);
  if (!fetched.ok()) {
    detail = fetched.error().message();
  } else if (IsOlder(fetched.value(), shelved, now_)) {
    detail = ShownUrl(url) + ": an older list than the one that was there before";
  } else {
    Status status = CheckWithDelta(issued, fetched.value());
    if (!IsUnknown(status)) {
      shelf_.Put(key, fetched.value(), now_);
      return status;
    }
    detail = ShownUrl(url) + ": " + std::get<Unknown>(status).detail;
  }
  if (shelved) {
    Status status = CheckWithDelta(issued, shelved->crl);
    if (!IsUnknown(status)) return status;
  }
  return Unknown{std::move(detail)};
}

Status Inquiry::Ask(const Issued& issued, bool is_responder) {
  const Result<Places> places = PlacesOf(issued.certificate());
  if (!places.ok()) {
    return Unknown{"where its status is asked cannot be read: " + places.error().message()};
  }
  std::string detail;
  const auto add = [&detail](const std::string& more) {
    detail += (detail.empty() ? "" : "; ") + more;
  };
  if (!is_responder) {
    for (const std::string& url : places.value().ocsp_urls) {
      Result<Status> status = AskOcsp(issued, url);
      if (status.ok() && !IsUnknown(status.value())) return std::move(status).value();
      add(status.ok() ? std::get<Unknown>(status.value()).detail : status.error().message());
    }
  }
  for (const std::string& url : places.value().CrlUrls()) {
    Status status = AskList(issued, url);
    if (!IsUnknown(status)) return status;
    add(std::get<Unknown>(status).detail);
  }
  if (detail.empty()) detail = "it names no place that can be asked";
  return Unknown{std::move(detail)};
}

}  // namespace

class Checker::Impl {
 public:
  Impl(net::HttpClient& http, Cache* cache) : http_(http), shelf_(cache) {}

  Answer Check(const Context& context, const Issued& issued, UnixTime now) {
    const std::shared_ptr<Memory> memory =
        MemoryOf({issued.certificate().fingerprint(), issued.issuer().fingerprint()});
    const std::unique_lock lock(memory->turn, context.deadline);
    if (!lock.owns_lock()) return {Unknown{"the deadline passed"}, {}};
    const auto began = std::chrono::steady_clock::now();
    if (memory->status && memory->from <= now && now < memory->until &&
        (!IsUnknown(*memory->status) || began < memory->again)) {
      return {*memory->status, {}};
    }
    Inquiry inquiry(context, http_, shelf_, now);
    Status status = inquiry.Ask(issued, false);
    // Somebody else may have more time than this one had.
    const bool is_cut =
        std::chrono::steady_clock::now() >= context.deadline || context.stop.stop_requested();
    if (IsUnknown(status) && is_cut) return {std::move(status), inquiry.TakeAsked()};
    memory->until = EndOf(status, now);
    memory->again = std::chrono::steady_clock::now() + kRetryAfter;
    if (IsUnknown(status) && memory->status && memory->from <= now &&
        StillCounts(*memory->status, now)) {
      status = *memory->status;
    }
    memory->from = now;
    memory->status = status;
    return {std::move(status), inquiry.TakeAsked()};
  }

 private:
  // What is known about one certificate; `turn` is held by whoever finds it out.
  struct Memory {
    std::timed_mutex turn;
    std::optional<Status> status;
    UnixTime from;
    UnixTime until;
    std::chrono::steady_clock::time_point again;  // when what was unknown is asked again
  };

  std::shared_ptr<Memory> MemoryOf(const Pair& pair) {
    const std::lock_guard lock(mutex_);
    if (memories_.size() == kMaxRemembered) memories_.clear();
    std::shared_ptr<Memory>& memory = memories_[pair];
    if (memory == nullptr) memory = std::make_shared<Memory>();
    return memory;
  }

  net::HttpClient& http_;
  CrlShelf shelf_;
  std::mutex mutex_;
  std::map<Pair, std::shared_ptr<Memory>> memories_;
};

Checker::Checker(net::HttpClient& http, Cache* cache)
    : impl_(std::make_unique<Impl>(http, cache)) {}
Checker::~Checker() = default;

Answer Checker::Check(const Context& context, const Issued& issued, UnixTime now) {
  return impl_->Check(context, issued, now);
}

}  // namespace hallmark::revocation
