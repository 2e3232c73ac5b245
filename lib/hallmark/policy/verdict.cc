#include "hallmark/policy/verdict.h"

namespace hallmark::policy {

std::string_view Verdict::word() const {
  if (std::holds_alternative<Allow>(decision)) return "allowed";
  if (std::holds_alternative<Unsigned>(decision)) return "unsigned";
  if (std::holds_alternative<Unknown>(decision)) return "unknown";
  return "denied";
}

}  // namespace hallmark::policy
