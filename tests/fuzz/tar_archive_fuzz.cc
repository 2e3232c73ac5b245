#include "hallmark/base/check.h"
#include "hallmark/store/layout/internal/tar_directory.h"
#include "hallmark/store/layout/internal/tar_header.h"

namespace {

class Memory final : public hallmark::store::RandomAccess {
 public:
  explicit Memory(hallmark::ByteView bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  hallmark::Result<hallmark::Bytes> ReadAt(std::uint64_t offset, std::size_t count) const override {
    if (offset > bytes_.size() || count > bytes_.size() - offset) {
      return hallmark::Error(hallmark::ErrorCode::kMalformed, "archive is cut");
    }
    const hallmark::ByteView part = bytes_.subspan(static_cast<std::size_t>(offset), count);
    return hallmark::Bytes(part.begin(), part.end());
  }

 private:
  hallmark::ByteView bytes_;
};

}  // namespace

// Every file of a directory lies within the archive under a name that stays in a folder.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto files = store::ReadTarDirectory(Memory({data, size}));
  if (files.ok()) {
    for (const auto& [name, extent] : files.value()) {
      HALLMARK_CHECK(extent.offset <= size && extent.size <= size - extent.offset);
      HALLMARK_CHECK(store::NormalTarName(name).value() == name);
    }
  }
  return 0;
}
