#ifndef HALLMARK_TESTS_UNIT_STORE_LAYOUT_TAR_WRITER_H_
#define HALLMARK_TESTS_UNIT_STORE_LAYOUT_TAR_WRITER_H_

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/world.h"

namespace hallmark::testing {

// Writes ustar archives, and wrong ones: every field can be set to what a test needs.
class TarWriter {
 public:
  struct Entry {
    std::string name;
    std::string content = {};
    char type = '0';
    std::string size_field = {};  // empty: the content's size in octal
    std::string magic = std::string("ustar\00000", 8);
    std::string prefix = {};
    int checksum_error = 0;
  };

  TarWriter& Add(const Entry& entry) {
    std::string block(512, '\0');
    Set(block, 0, entry.name);
    Set(block, 100, "0000644");
    Set(block, 124, entry.size_field.empty() ? Octal(entry.content.size()) : entry.size_field);
    Set(block, 136, "00000000000");
    block[156] = entry.type;
    Set(block, 257, entry.magic);
    Set(block, 345, entry.prefix);
    Set(block, 148, std::string(8, ' '));
    std::uint64_t sum = 0;
    for (const char c : block) sum += static_cast<std::uint8_t>(c);
    Set(block, 148, Octal(sum + static_cast<std::uint64_t>(entry.checksum_error)).substr(5));
    text_ += block + entry.content;
    text_.resize((text_.size() + 511) / 512 * 512, '\0');
    return *this;
  }

  TarWriter& AddFile(std::string name, std::string content) {
    return Add({std::move(name), std::move(content)});
  }

  // An extended header with these records, each "key=value".
  TarWriter& AddPax(const std::vector<std::string>& records, char type = 'x') {
    std::string body;
    for (const std::string& record : records) {
      std::size_t length = record.size() + 3;
      while (std::to_string(length).size() + record.size() + 2 != length) ++length;
      body += std::to_string(length) + " " + record + "\n";
    }
    return Add({"pax", body, type});
  }

  // Every file of a layout on disk, with names led by `lead`.
  TarWriter& AddFolder(const std::filesystem::path& folder, const std::string& lead = {}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const std::string name = lead + std::filesystem::relative(entry.path(), folder).native();
      if (entry.is_directory()) {
        Add({name + "/", "", '5'});
      } else {
        AddFile(name, ReadFile(entry.path()));
      }
    }
    return *this;
  }

  std::string Finish() const { return text_ + std::string(1024, '\0'); }
  const std::string& unfinished() const { return text_; }

  static std::string Octal(std::uint64_t value) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%011llo", static_cast<unsigned long long>(value));
    return digits;
  }

 private:
  static void Set(std::string& block, std::size_t offset, std::string_view text) {
    block.replace(offset, text.size(), text);
  }

  std::string text_;
};

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_STORE_LAYOUT_TAR_WRITER_H_
