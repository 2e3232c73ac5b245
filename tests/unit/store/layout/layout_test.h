#ifndef HALLMARK_TESTS_UNIT_STORE_LAYOUT_LAYOUT_TEST_H_
#define HALLMARK_TESTS_UNIT_STORE_LAYOUT_LAYOUT_TEST_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "hallmark/store/layout/layout_store.h"
#include "tests/support/world.h"

namespace hallmark::testing {

inline constexpr std::string_view kType = "application/vnd.example.signature";
inline constexpr std::string_view kRefName = "org.opencontainers.image.ref.name";

// An empty layout in a folder of its own, opened.
struct OpenLayout {
  OpenLayout() {
    MakeEmptyLayout(path);
    store = Must(store::LayoutStore::Open(path));
  }

  std::filesystem::path Blob(const oci::Digest& digest) const {
    return path / "blobs" / std::string(digest.algorithm_name()) / digest.hex();
  }
  std::string index() const { return ReadFile(path / "index.json"); }
  store::Listing Referrers(const oci::Digest& subject) const {
    return store->Referrers(PatientContext(), repository, subject, kType);
  }

  TempFolder temp;
  std::filesystem::path path = temp.path() / "layout";
  oci::Repository repository = Repo("registry.example/app");
  std::unique_ptr<store::LayoutStore> store;
};

// The descriptor as index.json writes it; `more` is further members, each led by a comma.
inline std::string EntryText(const oci::Descriptor& descriptor, std::string_view more = {}) {
  return R"({"mediaType":")" + descriptor.media_type + R"(","digest":")" +
         descriptor.digest.ToString() + R"(","size":)" + std::to_string(descriptor.size) +
         std::string(more) + "}";
}

inline std::string NameText(std::string_view name) {
  return R"(,"annotations":{"org.opencontainers.image.ref.name":")" + std::string(name) + R"("})";
}

inline std::string IndexText(std::string_view entries) {
  return R"({"schemaVersion":2,"manifests":[)" + std::string(entries) + "]}";
}

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_UNIT_STORE_LAYOUT_LAYOUT_TEST_H_
