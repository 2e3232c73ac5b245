#ifndef HALLMARK_SIGN_SIGN_H_
#define HALLMARK_SIGN_SIGN_H_

#include <map>
#include <optional>
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

// What was done for one image.
struct Signed {
  oci::Digest subject;
  std::optional<oci::Platform> platform;
  oci::Digest artifact;    // the referrer manifest: new, or the one found with skip_if_signed
  bool was_there = false;  // skip_if_signed found one
};

struct Places {
  store::Reader& reader;
  store::Writer& writer;
};

// Signs one image (and its children) with one key: resolve, sign, push. On an Error the images
// before it are signed and in `done`.
struct Report {
  std::vector<Signed> done;
  std::optional<Error> error;
};
Report Sign(const Context&, const Places&, const signature::SigningFormat&, const oci::Reference&,
            crypto::Signer&, const Options&, UnixTime now);

}  // namespace hallmark::sign

#endif  // HALLMARK_SIGN_SIGN_H_
