#include "hallmark/revocation/internal/crl_shelf.h"

#include "hallmark/revocation/limits.h"

namespace hallmark::revocation::internal {

std::optional<CrlShelf::Shelved> CrlShelf::FindHere(const std::string& key, UnixTime now) {
  const std::lock_guard lock(mutex_);
  const auto found = lists_.find(key);
  if (found == lists_.end() || found->second.since > now) return std::nullopt;
  return found->second;
}

void CrlShelf::PutHere(const std::string& key, const Shelved& shelved) {
  const std::lock_guard lock(mutex_);
  if (const auto old = lists_.find(key); old != lists_.end()) {
    bytes_ -= old->second.crl.der().size();
    lists_.erase(old);
  }
  const std::size_t size = shelved.crl.der().size();
  if (bytes_ + size > kMaxShelvedBytes || lists_.size() == kMaxShelved) {
    lists_.clear();
    bytes_ = 0;
  }
  lists_.emplace(key, shelved);
  bytes_ += size;
}

std::optional<CrlShelf::Shelved> CrlShelf::Find(const std::string& key, UnixTime now) {
  if (std::optional<Shelved> here = FindHere(key, now)) return here;
  if (cache_ == nullptr) return std::nullopt;
  const std::optional<Cache::Kept> kept = cache_->Read(key);
  if (!kept || kept->since > now) return std::nullopt;
  const Result<Crl> crl = ParseCrl(kept->bytes);
  if (!crl.ok()) return std::nullopt;
  Shelved shelved{crl.value(), kept->since};
  PutHere(key, shelved);
  return shelved;
}

void CrlShelf::Put(const std::string& key, const Crl& crl, UnixTime now) {
  PutHere(key, {crl, now});
  if (cache_ != nullptr) {
    cache_->Write(key, {Bytes(crl.der().begin(), crl.der().end()), now});
  }
}

std::shared_ptr<std::timed_mutex> CrlShelf::TurnAt(const std::string& key) {
  const std::lock_guard lock(mutex_);
  if (turns_.size() == kMaxTurns) turns_.clear();
  std::shared_ptr<std::timed_mutex>& turn = turns_[key];
  if (turn == nullptr) turn = std::make_shared<std::timed_mutex>();
  return turn;
}

}  // namespace hallmark::revocation::internal
