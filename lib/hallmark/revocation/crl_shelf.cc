#include "hallmark/revocation/internal/crl_shelf.h"

#include "hallmark/revocation/limits.h"

namespace hallmark::revocation::internal {

std::optional<CrlShelf::Shelved> CrlShelf::FindHere(const std::string& url, UnixTime now) {
  const std::lock_guard lock(mutex_);
  const auto found = lists_.find(url);
  if (found == lists_.end() || found->second.since > now) return std::nullopt;
  return found->second;
}

void CrlShelf::PutHere(const std::string& url, const Shelved& shelved) {
  const std::lock_guard lock(mutex_);
  if (const auto old = lists_.find(url); old != lists_.end()) {
    bytes_ -= old->second.crl.der().size();
    lists_.erase(old);
  }
  const std::size_t size = shelved.crl.der().size();
  if (bytes_ + size > kMaxShelvedBytes || lists_.size() == kMaxShelved) {
    lists_.clear();
    bytes_ = 0;
  }
  lists_.emplace(url, shelved);
  bytes_ += size;
}

std::optional<CrlShelf::Shelved> CrlShelf::Find(const std::string& url, UnixTime now) {
  if (std::optional<Shelved> here = FindHere(url, now)) return here;
  if (cache_ == nullptr) return std::nullopt;
  const std::optional<Cache::Kept> kept = cache_->Read(url);
  if (!kept || kept->since > now) return std::nullopt;
  const Result<Crl> crl = ParseCrl(kept->bytes);
  if (!crl.ok()) return std::nullopt;
  Shelved shelved{crl.value(), kept->since};
  PutHere(url, shelved);
  return shelved;
}

void CrlShelf::Put(const std::string& url, const Crl& crl, UnixTime now) {
  PutHere(url, {crl, now});
  if (cache_ != nullptr) {
    cache_->Write(url, {Bytes(crl.der().begin(), crl.der().end()), now});
  }
}

std::shared_ptr<std::timed_mutex> CrlShelf::TurnAt(const std::string& url) {
  const std::lock_guard lock(mutex_);
  if (turns_.size() == kMaxTurns) turns_.clear();
  std::shared_ptr<std::timed_mutex>& turn = turns_[url];
  if (turn == nullptr) turn = std::make_shared<std::timed_mutex>();
  return turn;
}

}  // namespace hallmark::revocation::internal
