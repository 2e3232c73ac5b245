#ifndef HALLMARK_VERIFY_VERIFIER_H_
#define HALLMARK_VERIFY_VERIFIER_H_

#include <optional>
#include <string>
#include <vector>

#include "hallmark/policy/trust_policy.h"
#include "hallmark/revocation/checker.h"
#include "hallmark/signature/format.h"

namespace hallmark::verify {

// Runs verification plugins of the operator's (plugin-extensibility.md).
class PluginAsker {
 public:
  virtual ~PluginAsker() = default;
  // kConfig: there is no such plugin, or it cannot do what is demanded; else it could not answer.
  // Checks that the rule skips are not asked for.
  virtual Result<signature::PluginWord> Ask(const Context&, const signature::PluginQuestion&,
                                            const policy::Enforcement&) = 0;
};

struct Parts {
  store::Reader& reader;
  std::vector<const signature::Format*> formats;  // not empty
  const policy::TrustPolicy& policy;
  // Null: where certificates say that their revocation is told, it stays unknown.
  revocation::Checker* revocation = nullptr;
  // Null: signatures that demand a plugin are refused as unsupported.
  PluginAsker* plugins = nullptr;
};

struct Options {
  bool recursive = false;                 // an index's children too
  std::optional<oci::Platform> platform;  // the one child of this platform
  std::size_t max_signatures = 64;        // candidates looked at an image
  // Manifests and blobs of them read an image: with the image, the listings and their pages no
  // more than 64 requests. Most signatures take two, further ones behind a cosign tag one.
  std::size_t max_reads = 56;
  std::size_t max_parallel = 4;  // images at once
};

// One image and its verdict. Without a digest the image could not be resolved.
struct Outcome {
  oci::Reference reference;  // as asked
  std::optional<oci::Digest> digest;
  std::optional<oci::Platform> platform;  // for children of an index
  policy::Verdict verdict;
  policy::Evidence evidence;
};

// Reference -> Subject -> Signatures -> Assessments -> Verdict. Never throws; an image always gets
// a verdict. Candidates are read until the rule is satisfied or none is left; more candidates than
// max_signatures or max_reads without a satisfied rule are a gap of kLimit. With `recursive`, the
// first outcome is the index's own and the children follow in the index's order, each judged by
// itself and told once a platform; entries that are no platform's (BuildKit attestation manifests,
// platform unknown/unknown) are left alone. With `platform` only that child is judged, beside the
// index when `recursive` is set. Platforms match as runtimes match them, and a child that names
// none may be every platform's: a platform for which no child or more than one is possible is a
// Deny of its own, and so is asking a single image for one: its manifest does not say what it is
// for. More than signature::kMaxImages children are refused from there on, in one outcome.
std::vector<Outcome> Verify(const Context&, const Parts&, const oci::Reference&, const Options&,
                            UnixTime now);

}  // namespace hallmark::verify

#endif  // HALLMARK_VERIFY_VERIFIER_H_
