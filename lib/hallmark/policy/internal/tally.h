#ifndef HALLMARK_POLICY_INTERNAL_TALLY_H_
#define HALLMARK_POLICY_INTERNAL_TALLY_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hallmark/crypto/public_key.h"
#include "hallmark/policy/requirement.h"
#include "hallmark/signature/assessment.h"

namespace hallmark::policy {

// The distinct keys that signed what a leaf asks for. One key counts once a leaf, however often it
// signed and however it was written down (A54), and so does the subject of a certificate, however
// often its key was changed. The leaves are those of one requirement that
// outlives this and is not moved.
class Tally {
 public:
  void Add(const SignedBy& leaf, const signature::VerifiedSignature& signature);
  std::size_t Count(const SignedBy& leaf) const;
  // The image is as that leaf wants it.
  void Accept(const ImageIs& leaf);
  bool Accepts(const ImageIs& leaf) const;

 private:
  struct Signers {
    std::set<crypto::Fingerprint> keys;
    std::set<std::string> names;  // subjects of certificates, or the keys again
  };
  std::map<const SignedBy*, Signers> signers_;
  std::set<const ImageIs*> accepted_;
};

// Whether enough keys signed. Emptiness is never enough: an AllOf, AnyOf or AtLeast without parts,
// a count of 0 and anything unforeseen are not met.
bool IsMet(const Requirement& requirement, const Tally& tally);

// Every SignedBy in it, in the order written.
std::vector<const SignedBy*> Leaves(const Requirement& requirement);

// Every ImageIs in it, in the order written.
std::vector<const ImageIs*> ImageLeaves(const Requirement& requirement);

// Whether nobody can meet it without a signature.
bool NeedsSignature(const Requirement& requirement);

// Whether a key set is the command line's: its name, "--key", is none that a policy may give.
bool IsAdHoc(const std::string& key_set);

// Whether it is no key set, but whoever an authority certifies: a name that no key set may have.
bool IsCertified(const std::string& key_set);

// "key set ci-2026", "the keys given with --key".
std::string SetName(const std::string& key_set);

// "1 of key set ci-2026", "(1 of key set a and 2 of key set b)".
std::string Describe(const Requirement& requirement);

// What is missing: "1 of 2 keys of key set release signed".
std::string DescribeShortfall(const Requirement& requirement, const Tally& tally);

}  // namespace hallmark::policy

#endif  // HALLMARK_POLICY_INTERNAL_TALLY_H_
