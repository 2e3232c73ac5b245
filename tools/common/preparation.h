#ifndef HALLMARK_TOOLS_COMMON_PREPARATION_H_
#define HALLMARK_TOOLS_COMMON_PREPARATION_H_

#include <thread>

#include "hallmark/trust/trust_root.h"

namespace hallmark::cli {

// Prepares the first keys for verifying (crypto::PublicKey::Prepare) while the caller waits for its
// first answers. Changes no answer, and is left out where no thread can be had.
class Preparation {
 public:
  explicit Preparation(const trust::TrustRoot& root);
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

 private:
  std::jthread thread_;  // ends before the caller's keys do
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_PREPARATION_H_
