#include "hallmark/x509/issued.h"

#include "hallmark/x509/internal/issuance.h"

namespace hallmark::x509 {

std::vector<Issued> Issued::Of(const VerifiedPath& path) {
  const std::vector<Certificate>& chain = path.certificates();
  std::vector<Issued> issued;
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    issued.push_back(Issued(chain[i], chain[i + 1]));
  }
  return issued;
}

std::optional<Issued> Issued::By(const Certificate& certificate, const Certificate& issuer) {
  if (!(certificate.issuer() == issuer.subject())) return std::nullopt;
  if (internal::CheckIssuance(certificate, issuer) != internal::Issuance::kHolds) {
    return std::nullopt;
  }
  return Issued(certificate, issuer);
}

}  // namespace hallmark::x509
