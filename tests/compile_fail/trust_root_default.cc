// There is no empty TrustRoot.
#include <utility>
#include <vector>

#include "hallmark/trust/trust_root.h"

using namespace hallmark::trust;

#ifdef MUST_NOT_COMPILE
TrustRoot Make() { return TrustRoot(); }
#else
hallmark::Result<TrustRoot> Make(std::vector<TrustedKey> keys) {
  return TrustRoot::Of(std::move(keys));
}
#endif
