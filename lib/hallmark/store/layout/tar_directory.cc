#include "hallmark/store/layout/internal/tar_directory.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/store/layout/internal/tar_header.h"
#include "hallmark/store/layout/limits.h"

namespace hallmark::store {
namespace {

// The size field of a block holds 11 octal digits; larger files say 0 there and the truth in pax.
constexpr std::uint64_t kMaxOctalSize = (std::uint64_t{1} << 33) - 1;

Error Malformed(std::string_view what) {
  return {ErrorCode::kMalformed, "tar: " + std::string(what)};
}

class Walker {
 public:
  explicit Walker(const RandomAccess& file) : file_(file) {}

  Result<std::map<std::string, Extent>> Run() && {
    for (std::size_t blocks = 0; blocks <= 2 * kMaxArchiveEntries; ++blocks) {
      HALLMARK_ASSIGN(const Bytes block, file_.ReadAt(offset_, kTarBlock));
      if (IsZero(block)) {
        HALLMARK_RETURN_IF_ERROR(CheckEnd());
        return std::move(files_);
      }
      HALLMARK_ASSIGN(const TarHeader header, ParseTarHeader(block));
      offset_ += kTarBlock;
      HALLMARK_RETURN_IF_ERROR(Visit(header));
    }
    return Error(ErrorCode::kLimit, "tar: more entries than are read");
  }

 private:
  Result<Done> Visit(const TarHeader& header) {
    switch (header.type) {
      case 'x':
        return VisitPax(header);
      case 'g':
        return VisitGlobal(header);
      case 'L':
        return VisitLongName(header);
      case '0':
      case '5':
        return VisitEntry(header);
      default:
        return Malformed("\"" + Printable(header.name) +
                         "\" is a link, a device or of another kind");
    }
  }

  Result<Done> VisitPax(const TarHeader& header) {
    if (pax_) return Malformed("two extended headers for one entry");
    HALLMARK_ASSIGN(const Bytes bytes, ReadExtension(header));
    HALLMARK_ASSIGN(pax_, ParsePaxRecords(bytes));
    return Done{};
  }

  // A global header may hold times and comments, but nothing that says which bytes are which file.
  Result<Done> VisitGlobal(const TarHeader& header) {
    HALLMARK_ASSIGN(const Bytes bytes, ReadExtension(header));
    HALLMARK_ASSIGN(const PaxRecords records, ParsePaxRecords(bytes));
    if (records.path || records.size) return Malformed("a global header with a path or a size");
    return Done{};
  }

  Result<Done> VisitLongName(const TarHeader& header) {
    if (long_name_) return Malformed("two long names for one entry");
    HALLMARK_ASSIGN(const Bytes bytes, ReadExtension(header));
    const std::string_view text = AsText(bytes);
    long_name_ = std::string(text.substr(0, text.find('\0')));
    return Done{};
  }

  Result<Bytes> ReadExtension(const TarHeader& header) {
    if (header.size > kMaxPaxBytes) return Error(ErrorCode::kLimit, "tar: an extended header");
    HALLMARK_ASSIGN(Bytes bytes, file_.ReadAt(offset_, static_cast<std::size_t>(header.size)));
    HALLMARK_RETURN_IF_ERROR(Skip(header.size));
    return bytes;
  }

  Result<Done> VisitEntry(const TarHeader& header) {
    const std::optional<PaxRecords> pax = std::exchange(pax_, std::nullopt);
    const std::optional<std::string> long_name = std::exchange(long_name_, std::nullopt);
    if (pax && pax->path && long_name) return Malformed("a pax path beside a GNU long name");
    std::string untrusted_name = long_name.value_or(header.name);
    if (pax && pax->path) untrusted_name = *pax->path;
    if (header.type == '0' && untrusted_name.ends_with('/')) {
      return Malformed("a file with the name of a folder");  // some readers make it one
    }
    HALLMARK_ASSIGN(std::string name, NormalTarName(untrusted_name));
    HALLMARK_ASSIGN(const std::uint64_t size, SizeOf(header, pax));
    if (header.type == '5' && size != 0) return Malformed("a folder with content");
    HALLMARK_RETURN_IF_ERROR(Remember(name));
    const Extent extent{offset_, size};
    HALLMARK_RETURN_IF_ERROR(Skip(size));
    if (header.type == '0') files_.emplace(std::move(name), extent);
    return Done{};
  }

  // Two sizes for one entry are how two readers come to see two archives.
  static Result<std::uint64_t> SizeOf(const TarHeader& header,
                                      const std::optional<PaxRecords>& pax) {
    if (!pax || !pax->size || *pax->size == header.size) return header.size;
    if (*pax->size > kMaxOctalSize && header.size == 0) return *pax->size;
    return Malformed("sizes that disagree between headers");
  }

  Result<Done> Remember(const std::string& name) {
    names_bytes_ += name.size();
    if (names_.size() >= kMaxArchiveEntries || names_bytes_ > kMaxArchiveNamesBytes) {
      return Error(ErrorCode::kLimit, "tar: more entries than are read");
    }
    if (!names_.insert(name).second) return Malformed("\"" + Printable(name) + "\" comes twice");
    return Done{};
  }

  // Past the content and its padding, which must both be there.
  Result<Done> Skip(std::uint64_t size) {
    const std::uint64_t left = file_.size() - offset_;
    const std::uint64_t padding = (kTarBlock - size % kTarBlock) % kTarBlock;
    if (size > left || padding > left - size) return Malformed("an entry larger than the file");
    offset_ += size + padding;
    return Done{};
  }

  // Two zero blocks, then at most zeros that fill the last record.
  Result<Done> CheckEnd() const {
    if (pax_ || long_name_) return Malformed("an extended header without its entry");
    const std::uint64_t left = file_.size() - offset_;
    if (left < 2 * kTarBlock) return Malformed("the archive is cut");
    if (left > kMaxArchivePadding) return Malformed("the archive goes on after its end");
    HALLMARK_ASSIGN(const Bytes rest, file_.ReadAt(offset_, static_cast<std::size_t>(left)));
    if (!IsZero(rest)) return Malformed("the archive goes on after its end");
    return Done{};
  }

  const RandomAccess& file_;
  std::uint64_t offset_ = 0;
  std::optional<PaxRecords> pax_;
  std::optional<std::string> long_name_;
  std::set<std::string> names_;
  std::size_t names_bytes_ = 0;
  std::map<std::string, Extent> files_;
};

}  // namespace

Result<std::map<std::string, Extent>> ReadTarDirectory(const RandomAccess& file) {
  return Walker(file).Run();
}

}  // namespace hallmark::store
