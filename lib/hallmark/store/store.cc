#include "hallmark/store/store.h"

#include <utility>

namespace hallmark::store {
namespace {

Error WrongImage(const oci::Digest& asked, const oci::Digest& came) {
  return {ErrorCode::kMismatch,
          "asked for " + asked.ToString() + ", the store answered " + came.ToString()};
}

}  // namespace

Result<Subject> Resolve(const Context& context, Reader& reader, oci::Reference reference) {
  HALLMARK_ASSIGN(oci::Content manifest, reader.FetchManifest(context, reference));
  // Readers promise this; a Reader that breaks its promise must not decide what is verified (A06).
  if (reference.digest() && manifest.digest() != *reference.digest()) {
    return WrongImage(*reference.digest(), manifest.digest());
  }
  HALLMARK_ASSIGN(oci::Document document, oci::ParseDocument(manifest));
  return Subject(std::move(reference), std::move(manifest), std::move(document));
}

Result<Subject> ResolveChild(const Context& context, Reader& reader, const Subject& index,
                             const oci::Descriptor& child) {
  const oci::Repository& repository = index.asked().repository();
  HALLMARK_ASSIGN(oci::Content manifest, reader.Fetch(context, repository, child));
  if (manifest.digest() != child.digest) return WrongImage(child.digest, manifest.digest());
  HALLMARK_ASSIGN(oci::Document document, oci::ParseDocument(manifest));
  return Subject(oci::Reference::Of(repository, index.asked().tag(), child.digest),
                 std::move(manifest), std::move(document));
}

}  // namespace hallmark::store
