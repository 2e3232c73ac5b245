#ifndef HALLMARK_REVOCATION_INTERNAL_CRL_SHELF_H_
#define HALLMARK_REVOCATION_INTERNAL_CRL_SHELF_H_

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/revocation/checker.h"
#include "hallmark/revocation/crl.h"

namespace hallmark::revocation::internal {

// The lists of one process by place and issuer, and the cache below. Only lists that said something
// about a certificate are put on it: a stranger's list cannot take the place of one. Safe for
// several threads.
class CrlShelf {
 public:
  struct Shelved {
    Crl crl;
    UnixTime since;  // when it was fetched; not after what is `now` to whoever asks
  };

  explicit CrlShelf(Cache* cache) : cache_(cache) {}

  // From the cache it is parsed, and nothing more.
  std::optional<Shelved> Find(const std::string& key, UnixTime now);
  void Put(const std::string& key, const Crl& crl, UnixTime now);

  // Held by whoever is about to fetch that list.
  std::shared_ptr<std::timed_mutex> TurnAt(const std::string& key);

 private:
  std::optional<Shelved> FindHere(const std::string& key, UnixTime now);
  void PutHere(const std::string& key, const Shelved& shelved);

  Cache* cache_;
  std::mutex mutex_;
  std::map<std::string, Shelved> lists_;
  std::size_t bytes_ = 0;
  std::map<std::string, std::shared_ptr<std::timed_mutex>> turns_;
};

}  // namespace hallmark::revocation::internal

#endif  // HALLMARK_REVOCATION_INTERNAL_CRL_SHELF_H_
