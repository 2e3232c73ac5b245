#ifndef HALLMARK_STORE_STORE_H_
#define HALLMARK_STORE_STORE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/context.h"
#include "hallmark/base/result.h"
#include "hallmark/oci/content.h"
#include "hallmark/oci/manifest.h"
#include "hallmark/oci/reference.h"
#include "hallmark/store/tag_merge.h"

namespace hallmark::store {

// The answer to "what refers to this?". No entries and no gap means proven absent: every place was
// asked and answered with authority. A gap means it could not be found out (entirely): which
// place, and why; entries found before it are still listed.
struct Listing {
  std::vector<oci::Descriptor> entries;  // distinct digests
  std::optional<Error> gap;
  std::vector<std::string> asked;  // "referrers API 200 (3 entries)", "tag sha256-9f2c 404"
};

// Reads from one place images live: a registry, or an OCI layout on disk. Every read is bounded by
// the descriptor's size or by the limits in limits.h, and by the context's deadline. Safe for
// several threads.
class Reader {
 public:
  virtual ~Reader() = default;

  // The manifest or index a reference names; with a digest, the digest decides and a tag beside it
  // is not asked. kMismatch: other bytes came. kNotFound: answered with authority that there is
  // none. The media type is the transport's word (Content-Type or index entry).
  virtual Result<oci::Content> FetchManifest(const Context&, const oci::Reference&) = 0;

  // A manifest or blob by descriptor: at most descriptor.size bytes are read.
  virtual Result<oci::Content> Fetch(const Context&, const oci::Repository&,
                                     const oci::Descriptor&) = 0;

  // Referrers of `subject` (distribution-spec v1.1, "Listing Referrers"): the API, all pages, with
  // the artifactType filter, or the fallback tag where the registry has no API. The filter is a
  // wish, not a promise: entries of other and of unknown type may be among them.
  virtual Listing Referrers(const Context&, const oci::Repository&, const oci::Digest& subject,
                            std::string_view artifact_type) = 0;
};

// Kept apart from Reader so that verification cannot write.
class Writer {
 public:
  virtual ~Writer() = default;

  // Stores a blob; does nothing when it is there already.
  virtual Result<Done> PushBlob(const Context&, const oci::Repository&, const oci::Content&) = 0;

  // Stores a manifest whose blobs are there, and its listing among the referrers of its subject
  // when it names one (fallback index included). When this returns Done the referrer is found by
  // Referrers, whatever other writers do at the same time.
  virtual Result<Done> PushManifest(const Context&, const oci::Repository&,
                                    const oci::Content&) = 0;

  virtual Result<Done> Tag(const Context&, const oci::Repository&, const oci::Content& manifest,
                           std::string_view tag) = 0;

  // Brings what `merge` holds into the document behind `tag`, or starts that document. When this
  // returns a digest, the version of that digest stood behind the tag with all of it, and nothing
  // that any writer brought in this way is lost, whatever they do at the same time. Errors of
  // `merge` end it with the tag left alone.
  virtual Result<oci::Digest> EditTag(const Context&, const oci::Repository&, std::string_view tag,
                                      TagMerge& merge) = 0;
};

// An image pinned to its manifest: the subject of every signature and verdict.
class Subject {
 public:
  // The name it was asked by: what rules match and signed names are compared with.
  const oci::Reference& asked() const { return asked_; }
  const oci::Content& manifest() const { return manifest_; }
  const oci::Document& document() const { return document_; }
  const oci::Digest& digest() const { return manifest_.descriptor().digest; }

 private:
  friend Result<Subject> Resolve(const Context&, Reader&, oci::Reference);
  friend Result<Subject> ResolveChild(const Context&, Reader&, const Subject&,
                                      const oci::Descriptor&);
  Subject(oci::Reference asked, oci::Content manifest, oci::Document document)
      : asked_(std::move(asked)), manifest_(std::move(manifest)), document_(std::move(document)) {}
  oci::Reference asked_;
  oci::Content manifest_;
  oci::Document document_;
};

// The only step from a name to bytes; a tag is read once per operation. Fails as FetchManifest and
// ParseDocument do.
Result<Subject> Resolve(const Context&, Reader&, oci::Reference);

// A child of an index, asked by the same name and its own digest.
Result<Subject> ResolveChild(const Context&, Reader&, const Subject& index,
                             const oci::Descriptor& child);

}  // namespace hallmark::store

#endif  // HALLMARK_STORE_STORE_H_
