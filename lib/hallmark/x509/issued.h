#ifndef HALLMARK_X509_ISSUED_H_
#define HALLMARK_X509_ISSUED_H_

#include <optional>
#include <utility>
#include <vector>

#include "hallmark/x509/path.h"

namespace hallmark::x509 {

// A certificate and the one that signed it: neither is taken for the other, and nobody can put a
// stranger in the issuer's place. Says nothing about whether either is trusted or current.
class Issued {
 public:
  // All certificates of a path but its anchor, the leaf first.
  static std::vector<Issued> Of(const VerifiedPath& path);

  // One signature check. nullopt where `issuer` did not sign it, bears another name than it says,
  // or signed by an algorithm that is not used here (x509/path.h).
  static std::optional<Issued> By(const Certificate& certificate, const Certificate& issuer);

  const Certificate& certificate() const { return certificate_; }
  const Certificate& issuer() const { return issuer_; }

 private:
  Issued(Certificate certificate, Certificate issuer)
      : certificate_(std::move(certificate)), issuer_(std::move(issuer)) {}
  Certificate certificate_;
  Certificate issuer_;
};

}  // namespace hallmark::x509

#endif  // HALLMARK_X509_ISSUED_H_
