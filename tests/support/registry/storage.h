#ifndef HALLMARK_TESTS_SUPPORT_REGISTRY_STORAGE_H_
#define HALLMARK_TESTS_SUPPORT_REGISTRY_STORAGE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/registry/documents.h"

namespace hallmark::test {

std::string Sha512Of(std::string_view bytes);
// Whether `digest` is sha256 or sha512 and names these bytes.
bool Names(std::string_view digest, std::string_view bytes);
bool IsDigest(std::string_view text);

struct StoredManifest {
  std::string digest;
  std::string media_type;
  std::string bytes;
  ManifestFacts facts;
  std::uint64_t number = 0;  // order of arrival
};

// What the registry holds, for all repositories. Every member is one atomic step.
class Storage {
 public:
  void PutBlob(const std::string& repository, const std::string& digest, std::string bytes);
  std::optional<std::string> Blob(const std::string& repository, const std::string& digest) const;
  bool DeleteBlob(const std::string& repository, const std::string& digest);

  // Decides, knowing the digest that `tag` has now ("" for none), whether the write may happen.
  using Condition = std::function<bool(const std::string& current)>;
  // False when the condition said no. `tag` empty: by digest only.
  bool PutManifest(const std::string& repository, const std::string& tag, StoredManifest manifest,
                   const Condition& condition);
  std::optional<StoredManifest> Manifest(const std::string& repository,
                                         const std::string& reference) const;
  bool DeleteManifest(const std::string& repository, const std::string& reference);
  // First digest that `facts` needs and the repository lacks; empty when complete.
  std::string Missing(const std::string& repository, const ManifestFacts& facts) const;
  std::vector<ListedManifest> Referrers(const std::string& repository,
                                        const std::string& subject) const;
  std::vector<std::string> Tags(const std::string& repository) const;
  std::vector<std::string> Repositories() const;
  bool Knows(const std::string& repository) const;

  std::string StartUpload(const std::string& repository);
  // The upload's size after it; nullopt when there is no such upload.
  std::optional<std::size_t> AppendUpload(const std::string& repository, const std::string& id,
                                          std::string_view bytes);
  // Takes the upload away.
  std::optional<std::string> FinishUpload(const std::string& repository, const std::string& id);

  // Changes the bytes and keeps their name.
  void ReplaceManifest(const std::string& repository, const std::string& digest, std::string bytes);

 private:
  struct Repository {
    std::map<std::string, std::string> blobs;
    std::map<std::string, StoredManifest> manifests;
    std::map<std::string, std::string> tags;
    std::map<std::string, std::string> uploads;
  };
  const Repository* Find(const std::string& repository) const;

  mutable std::mutex mutex_;
  std::map<std::string, Repository> repositories_;
  std::uint64_t counter_ = 0;
};

}  // namespace hallmark::test

#endif  // HALLMARK_TESTS_SUPPORT_REGISTRY_STORAGE_H_
