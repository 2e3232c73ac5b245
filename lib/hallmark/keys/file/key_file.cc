#include "hallmark/keys/file/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/keys/file/internal/new_file.h"
#include "hallmark/keys/file/limits.h"

namespace hallmark::keys {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

Error Unusable(const std::filesystem::path& path, std::string_view why) {
  return {ErrorCode::kConfig, Printable(path.native()) + ": " + std::string(why)};
}

Error Unusable(const std::filesystem::path& path, int code) {
  return Unusable(path, std::generic_category().message(code));
}

Result<std::size_t> ReadInto(std::span<std::uint8_t> room, int file,
                             const std::filesystem::path& path) {
  std::size_t size = 0;
  while (size < room.size()) {
    const ssize_t got = read(file, room.data() + size, room.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Unusable(path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  return size;
}

bool HoldsPrivateKey(const Secret& text) {
  const auto label = encoding::PeekPemLabel(AsText(text.ExposeSecret()));
  return label.ok() && label.value().ends_with("PRIVATE KEY");
}

std::filesystem::path WithSuffix(const std::filesystem::path& prefix, const char* suffix) {
  return prefix.native() + suffix;
}

}  // namespace

Result<Secret> ReadKeyFile(const std::filesystem::path& path) {
  // Without O_NONBLOCK, opening a FIFO would wait for a writer.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (file.number() < 0) return Unusable(path, errno);
  struct stat facts;
  if (fstat(file.number(), &facts) != 0) return Unusable(path, errno);
  if (!S_ISREG(facts.st_mode)) return Unusable(path, "not a regular file");
  Secret room(kMaxKeyFileBytes + 1);
  HALLMARK_ASSIGN(const std::size_t size,
                  ReadInto(room.ExposeSecretForWriting(), file.number(), path));
  if (size > kMaxKeyFileBytes) return Unusable(path, "larger than 64 KiB");
  Secret text(size);
  std::ranges::copy(room.ExposeSecret().first(size), text.ExposeSecretForWriting().begin());
  return text;
}

Result<crypto::PublicKey> LoadPublicKey(const std::filesystem::path& path) {
  HALLMARK_ASSIGN(const Secret text, ReadKeyFile(path));
  return ParsePublicKey(text, path);
}

Result<crypto::PublicKey> ParsePublicKey(const Secret& text, const std::filesystem::path& path) {
  if (HoldsPrivateKey(text)) {
    return Unusable(path, "holds a private key; a public one is needed here");
  }
  Result<crypto::PublicKey> key = crypto::PublicKey::FromPem(AsText(text.ExposeSecret()));
  if (!key.ok()) return Unusable(path, key.error().message());
  return key;
}

Result<Done> WriteKeyPair(const std::filesystem::path& prefix, const Secret& private_text,
                          const crypto::PublicKey& public_key) {
  HALLMARK_ASSIGN(NewFile private_file,
                  NewFile::Write(WithSuffix(prefix, ".key"), private_text.ExposeSecret(), 0600));
  HALLMARK_ASSIGN(NewFile public_file,
                  NewFile::Write(WithSuffix(prefix, ".pub"), AsBytes(public_key.ToPem()), 0644));
  HALLMARK_RETURN_IF_ERROR(private_file.Publish());
  HALLMARK_RETURN_IF_ERROR(public_file.Publish());
  private_file.Keep();
  public_file.Keep();
  return Done();
}

}  // namespace hallmark::keys
