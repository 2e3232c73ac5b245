#include "hallmark/base/secret.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "hallmark/base/check.h"

namespace hallmark {
namespace {

// Guard pages on both sides, locked against swap, wiped when freed (libsodium "guarded heap").
std::uint8_t* AllocateGuarded(std::size_t size) {
  HALLMARK_CHECK(sodium_init() >= 0);
  auto* data = static_cast<std::uint8_t*>(sodium_malloc(std::max<std::size_t>(size, 1)));
  HALLMARK_CHECK(data != nullptr);
  return data;
}

}  // namespace

Secret::Secret(std::size_t size) : data_(AllocateGuarded(size)), size_(size) {
  std::fill_n(data_, size_, std::uint8_t{0});
}

Secret Secret::TakeAndWipe(std::span<std::uint8_t> source) {
  Secret taken(source.size());
  std::copy(source.begin(), source.end(), taken.data_);
  sodium_memzero(source.data(), source.size());
  return taken;
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

Secret::~Secret() { sodium_free(data_); }

ByteView Secret::ExposeSecret() const { return {data_, size_}; }

std::span<std::uint8_t> Secret::ExposeSecretForWriting() { return {data_, size_}; }

}  // namespace hallmark
