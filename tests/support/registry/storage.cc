#include "tests/support/registry/storage.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

namespace hallmark::test {
namespace {

constexpr std::string_view kSha256 = "sha256:";
constexpr std::string_view kSha512 = "sha512:";

template <std::size_t N>
std::string Hex(const std::array<unsigned char, N>& bytes) {
  std::array<char, 2 * N + 1> text;
  return sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
}

const unsigned char* Raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string Sha256Of(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), Raw(bytes), bytes.size());
  return std::string(kSha256) + Hex(hash);
}

std::string Sha512Of(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha512_BYTES> hash;
  crypto_hash_sha512(hash.data(), Raw(bytes), bytes.size());
  return std::string(kSha512) + Hex(hash);
}

bool IsDigest(std::string_view text) {
  const std::size_t length = text.starts_with(kSha256)   ? kSha256.size() + 64
                             : text.starts_with(kSha512) ? kSha512.size() + 128
                                                         : 0;
  return length != 0 && text.size() == length &&
         text.find_first_not_of("0123456789abcdef", kSha256.size()) == std::string_view::npos;
}

bool Names(std::string_view digest, std::string_view bytes) {
  return digest == (digest.starts_with(kSha512) ? Sha512Of(bytes) : Sha256Of(bytes));
}

const Storage::Repository* Storage::Find(const std::string& repository) const {
  const auto found = repositories_.find(repository);
  return found == repositories_.end() ? nullptr : &found->second;
}

bool Storage::Knows(const std::string& repository) const {
  const std::lock_guard lock(mutex_);
  return Find(repository) != nullptr;
}

void Storage::PutBlob(const std::string& repository, const std::string& digest, std::string bytes) {
  const std::lock_guard lock(mutex_);
  repositories_[repository].blobs[digest] = std::move(bytes);
}

std::optional<std::string> Storage::Blob(const std::string& repository,
                                         const std::string& digest) const {
  const std::lock_guard lock(mutex_);
  const Repository* place = Find(repository);
  if (place == nullptr) return std::nullopt;
  const auto blob = place->blobs.find(digest);
  return blob == place->blobs.end() ? std::nullopt : std::optional(blob->second);
}

bool Storage::DeleteBlob(const std::string& repository, const std::string& digest) {
  const std::lock_guard lock(mutex_);
  return repositories_[repository].blobs.erase(digest) != 0;
}

bool Storage::PutManifest(const std::string& repository, const std::string& tag,
                          StoredManifest manifest, const Condition& condition) {
  const std::lock_guard lock(mutex_);
  Repository& place = repositories_[repository];
  const std::string digest = manifest.digest;
  const auto known = place.manifests.find(digest);
  std::string current = known == place.manifests.end() ? std::string() : digest;
  if (!tag.empty()) {
    const auto named = place.tags.find(tag);
    current = named == place.tags.end() ? std::string() : named->second;
  }
  if (condition && !condition(current)) return false;
  manifest.number = known == place.manifests.end() ? ++counter_ : known->second.number;
  place.manifests[digest] = std::move(manifest);
  if (!tag.empty()) place.tags[tag] = digest;
  return true;
}

std::optional<StoredManifest> Storage::Manifest(const std::string& repository,
                                                const std::string& reference) const {
  const std::lock_guard lock(mutex_);
  const Repository* place = Find(repository);
  if (place == nullptr) return std::nullopt;
  const auto tag = place->tags.find(reference);
  const auto found = place->manifests.find(tag == place->tags.end() ? reference : tag->second);
  return found == place->manifests.end() ? std::nullopt : std::optional(found->second);
}

bool Storage::DeleteManifest(const std::string& repository, const std::string& reference) {
  const std::lock_guard lock(mutex_);
  Repository& place = repositories_[repository];
  if (place.tags.erase(reference) != 0) return true;
  std::erase_if(place.tags, [&](const auto& tag) { return tag.second == reference; });
  return place.manifests.erase(reference) != 0;
}

std::string Storage::Missing(const std::string& repository, const ManifestFacts& facts) const {
  const std::lock_guard lock(mutex_);
  static const Repository kEmpty;
  const Repository* found = Find(repository);
  const Repository& place = found == nullptr ? kEmpty : *found;
  for (const std::string& digest : facts.blobs) {
    if (!place.blobs.contains(digest)) return digest;
  }
  for (const std::string& digest : facts.manifests) {
    if (!place.manifests.contains(digest)) return digest;
  }
  return {};
}

std::vector<ListedManifest> Storage::Referrers(const std::string& repository,
                                               const std::string& subject) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::uint64_t, ListedManifest>> found;
  const Repository* place = Find(repository);
  if (place == nullptr) return {};
  for (const auto& [digest, manifest] : place->manifests) {
    if (manifest.facts.subject != subject) continue;
    found.emplace_back(manifest.number, ListedManifest{manifest.media_type, digest,
                                                       manifest.bytes.size(), manifest.facts});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<ListedManifest> list;
  for (auto& [number, manifest] : found) list.push_back(std::move(manifest));
  return list;
}

std::vector<std::string> Storage::Tags(const std::string& repository) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> tags;
  const Repository* place = Find(repository);
  if (place == nullptr) return tags;
  for (const auto& [tag, digest] : place->tags) tags.push_back(tag);
  return tags;
}

std::vector<std::string> Storage::Repositories() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, place] : repositories_) names.push_back(name);
  return names;
}

std::string Storage::StartUpload(const std::string& repository) {
  const std::lock_guard lock(mutex_);
  const std::string id = "upload-" + std::to_string(++counter_);
  repositories_[repository].uploads[id];
  return id;
}

std::optional<std::size_t> Storage::AppendUpload(const std::string& repository,
                                                 const std::string& id, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  auto& uploads = repositories_[repository].uploads;
  const auto upload = uploads.find(id);
  if (upload == uploads.end()) return std::nullopt;
  upload->second += bytes;
  return upload->second.size();
}

std::optional<std::string> Storage::FinishUpload(const std::string& repository,
                                                 const std::string& id) {
  const std::lock_guard lock(mutex_);
  auto& uploads = repositories_[repository].uploads;
  auto upload = uploads.extract(id);
  return upload.empty() ? std::nullopt : std::optional(std::move(upload.mapped()));
}

void Storage::ReplaceManifest(const std::string& repository, const std::string& digest,
                              std::string bytes) {
  const std::lock_guard lock(mutex_);
  repositories_[repository].manifests[digest].bytes = std::move(bytes);
}

}  // namespace hallmark::test
