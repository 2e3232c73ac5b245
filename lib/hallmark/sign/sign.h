#ifndef HALLMARK_SIGN_SIGN_H_
#define HALLMARK_SIGN_SIGN_H_

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hallmark/signature/format.h"

namespace hallmark::sign {

// A name to sign instead of the one that was asked. Without a tag the asked one is signed.
struct Identity {
  oci::Repository repository;
  std::optional<std::string> tag;
};

struct Options {
  std::map<std::string, std::string> annotations;
  std::optional<std::chrono::seconds> expires_in;
  std::optional<Identity> identity;  // --record-identity
  bool recursive = false;            // an index and every child
  bool skip_if_signed = false;       // by this key, not expired, same claim but for times
  bool dry_run = false;              // everything but the writes
};

// One signature: made, or found with skip_if_signed.
struct Signed {
  oci::Digest subject;
  std::optional<oci::Platform> platform;
  signature::FormatId format;
  // The manifest that carries it. nullopt in a dry run of a format that merges it with what is
  // there, so that nobody knows yet.
  std::optional<oci::Digest> artifact;
  bool was_there = false;  // skip_if_signed found it
};

struct Places {
  store::Reader& reader;
  store::Writer& writer;
};

// Each is asked in that order, for each image.
using Formats = std::span<const signature::SigningFormat* const>;

// Signs one image (and its children) with one key: resolve, sign, push. A format that fails is not
// tried any further, so that no index is signed in it without its images; the others go on. With
// errors, what is in `done` is signed all the same.
struct Report {
  std::vector<Signed> done;
  std::vector<Error> errors;
};
Report Sign(const Context&, const Places&, Formats, const oci::Reference&, crypto::Signer&,
            const Options&, UnixTime now);

}  // namespace hallmark::sign

#endif  // HALLMARK_SIGN_SIGN_H_
