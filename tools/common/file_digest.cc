#include "tools/common/file_digest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "hallmark/base/printable.h"
#include "hallmark/crypto/hash.h"
#include "hallmark/encoding/hex.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kPiece = std::size_t{256} * 1024;

Error Problem(const std::filesystem::path& path, std::string_view what) {
  return {ErrorCode::kConfig, Printable(path.string()) + ": " + std::string(what)};
}

Result<oci::Digest> Finish(std::string_view algorithm, crypto::Hasher hasher) {
  return oci::Digest::Parse(std::string(algorithm) + ":" +
                            encoding::ToHex(std::move(hasher).Finish()));
}

Result<FileDigest> Read(int fd, const std::filesystem::path& path, std::size_t max_head) {
  crypto::Hasher sha256(crypto::HashAlgorithm::kSha256);
  crypto::Hasher sha512(crypto::HashAlgorithm::kSha512);
  Bytes piece(kPiece);
  Bytes head;
  std::uint64_t size = 0;
  for (;;) {
    const ssize_t got = ::read(fd, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Problem(path, std::strerror(errno));
    if (got == 0) break;
    const ByteView bytes(piece.data(), static_cast<std::size_t>(got));
    sha256.Update(bytes);
    sha512.Update(bytes);
    size += bytes.size();
    const std::size_t kept = std::min(bytes.size(), max_head - head.size());
    head.insert(head.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  HALLMARK_ASSIGN(oci::Digest short_digest, Finish("sha256", std::move(sha256)));
  HALLMARK_ASSIGN(oci::Digest long_digest, Finish("sha512", std::move(sha512)));
  return FileDigest{std::move(short_digest), std::move(long_digest), size, std::move(head)};
}

}  // namespace

Result<FileDigest> DigestFile(const std::filesystem::path& path, std::size_t max_head) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) return Problem(path, std::strerror(errno));
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(fd);
    return Problem(path, "is not a regular file");
  }
  Result<FileDigest> digest = Read(fd, path, max_head);
  ::close(fd);
  return digest;
}

}  // namespace hallmark::cli
