#ifndef HALLMARK_TESTS_SUPPORT_WORLD_TEMP_FOLDER_H_
#define HALLMARK_TESTS_SUPPORT_WORLD_TEMP_FOLDER_H_

#include <filesystem>
#include <string>
#include <string_view>

namespace hallmark::testing {

// A new folder below the build tree's tmp, removed with everything in it.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void WriteFile(const std::filesystem::path& file, std::string_view text);
std::string ReadFile(const std::filesystem::path& file);

// Where the data of real tools lies that is not part of this tree: HALLMARK_SHARED, else a folder
// "shared" beside it. Tests that find nothing there say that they skip.
std::filesystem::path SharedFolder();

// An OCI image layout without images.
void MakeEmptyLayout(const std::filesystem::path& folder);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_WORLD_TEMP_FOLDER_H_
