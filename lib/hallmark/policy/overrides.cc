#include "hallmark/policy/overrides.h"

#include <algorithm>

namespace hallmark::policy {

bool Exception::Covers(const store::Subject& subject, UnixTime now) const {
  if (now > until || (images.empty() && digests.empty())) return false;
  if (!digests.empty() && !digests.contains(subject.digest())) return false;
  return images.empty() ||
         std::any_of(images.begin(), images.end(), [&](const ImagePattern& pattern) {
           return pattern.Matches(subject.asked().repository());
         });
}

}  // namespace hallmark::policy
