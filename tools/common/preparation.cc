#include "tools/common/preparation.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

namespace hallmark::cli {
namespace {

// The first one does nearly all; a policy's thousandth key may never be asked.
constexpr std::size_t kPrepared = 2;

}  // namespace

Preparation::Preparation(const trust::TrustRoot& root) {
  std::vector<crypto::PublicKey> keys;
  for (std::size_t i = 0; i < std::min(kPrepared, root.distinct().size()); ++i) {
    keys.push_back(root.keys()[root.distinct()[i]].key);
  }
  try {
    thread_ = std::jthread([keys = std::move(keys)] {
      for (const crypto::PublicKey& key : keys) key.Prepare();
    });
  } catch (const std::system_error&) {
    return;  // no thread: the first verification does it
  }
}

}  // namespace hallmark::cli
