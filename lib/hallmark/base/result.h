#ifndef HALLMARK_BASE_RESULT_H_
#define HALLMARK_BASE_RESULT_H_

#include <type_traits>
#include <utility>
#include <variant>

#include "hallmark/base/check.h"
#include "hallmark/base/error.h"

namespace hallmark {

// A T, or the Error that stood in its way. Dropping one is a compile error
// (-Werror=unused-result); reading the wrong side ends the process.
template <class T>
class [[nodiscard]] Result {
  static_assert(std::is_nothrow_move_constructible_v<T>);

 public:
  using value_type = T;

  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  const T& value() const& { return ok() ? *std::get_if<0>(&state_) : Die<const T&>(); }
  T& value() & { return ok() ? *std::get_if<0>(&state_) : Die<T&>(); }
  T value() && { return ok() ? std::move(*std::get_if<0>(&state_)) : Die<T>(); }
  const Error& error() const& { return ok() ? Die<const Error&>() : *std::get_if<1>(&state_); }
  Error error() && { return ok() ? Die<Error>() : std::move(*std::get_if<1>(&state_)); }

 private:
  template <class R>
  [[noreturn]] static R Die() {
    internal::CheckFailed("the side of a Result that was read", __FILE__, __LINE__);
  }

  std::variant<T, Error> state_;
};

using Done = std::monostate;  // Result<Done>: worked, nothing to say

}  // namespace hallmark

#define HALLMARK_CAT_(a, b) a##b
#define HALLMARK_CAT(a, b) HALLMARK_CAT_(a, b)

// HALLMARK_ASSIGN(auto digest, Digest::Parse(text)); returns the Error if any.
#define HALLMARK_ASSIGN(decl, expr) HALLMARK_ASSIGN_(HALLMARK_CAT(result_, __LINE__), decl, expr)
#define HALLMARK_ASSIGN_(tmp, decl, expr)       \
  auto tmp = (expr);                            \
  if (!tmp.ok()) return std::move(tmp).error(); \
  decl = std::move(tmp).value()

#define HALLMARK_RETURN_IF_ERROR(expr)        \
  do {                                        \
    auto r = (expr);                          \
    if (!r.ok()) return std::move(r).error(); \
  } while (false)

#endif  // HALLMARK_BASE_RESULT_H_
