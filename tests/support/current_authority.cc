#include "tests/support/current_authority.h"

namespace hallmark::testing {

TimestampAuthority CurrentAuthority(UnixTime now, const TestKey& key) {
  const auto current = [&](CertificateSpec spec) {
    spec.not_before = now - std::chrono::hours(24);
    spec.not_after = now + std::chrono::hours(24);
    return spec;
  };
  const Identity root = SelfSigned(current(RootSpec("time root")));
  const Identity intermediate = Issue(current(IntermediateSpec("time intermediate")), root);
  return {root, intermediate, Issue(current(TimestamperSpec()), intermediate, key)};
}

}  // namespace hallmark::testing
