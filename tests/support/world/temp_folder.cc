#include "tests/support/world/temp_folder.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace hallmark::testing {

TempFolder::TempFolder() {
  const std::filesystem::path parent(HALLMARK_TEST_TMP);
  std::filesystem::create_directories(parent);
  std::string pattern = (parent / "test-XXXXXX").native();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void WriteFile(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.native());
}

std::string ReadFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.native());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::filesystem::path SharedFolder() {
  const char* told = std::getenv("HALLMARK_SHARED");
  return told == nullptr ? HALLMARK_TEST_SHARED : told;
}

void MakeEmptyLayout(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "blobs" / "sha256");
  WriteFile(folder / "oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
  WriteFile(folder / "index.json", R"({"schemaVersion":2,"manifests":[]})");
}

}  // namespace hallmark::testing
