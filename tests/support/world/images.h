#ifndef HALLMARK_TESTS_SUPPORT_WORLD_IMAGES_H_
#define HALLMARK_TESTS_SUPPORT_WORLD_IMAGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/oci/content.h"
#include "hallmark/oci/reference.h"
#include "hallmark/store/store.h"

namespace hallmark::testing {

// Parsed, or the test fails.
oci::Repository Repo(std::string_view text);
oci::Reference Ref(std::string_view text);

// A small OCI image: real documents with true digests. Different seeds give different images.
struct Image {
  oci::Content manifest;
  oci::Content config;
  std::vector<oci::Content> layers;

  const oci::Digest& digest() const { return manifest.digest(); }
};
Image MakeImage(std::string_view seed);

// An OCI index over images; the platforms are linux/amd64, linux/arm64, linux/riscv64, ... in the
// order of the images.
struct Index {
  oci::Content manifest;
  std::vector<Image> images;

  const oci::Digest& digest() const { return manifest.digest(); }
};
Index MakeIndex(std::string_view seed, std::size_t images = 3);

// A referrer in the way of image-spec v1.1 (empty config, one layer, subject).
struct Referrer {
  oci::Content manifest;
  oci::Content config;
  oci::Content layer;

  const oci::Digest& digest() const { return manifest.digest(); }
};
Referrer MakeReferrer(const oci::Descriptor& subject, std::string_view artifact_type,
                      std::string_view payload);

// Pushes everything a document needs and then the document; tags it unless `tag` is empty.
void Put(store::Writer& writer, const oci::Repository& repository, const Image& image,
         std::string_view tag = {});
void Put(store::Writer& writer, const oci::Repository& repository, const Index& index,
         std::string_view tag = {});
void Put(store::Writer& writer, const oci::Repository& repository, const Referrer& referrer);

}  // namespace hallmark::testing

#endif  // HALLMARK_TESTS_SUPPORT_WORLD_IMAGES_H_
