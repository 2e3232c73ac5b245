// Bytes do not turn into SignedBytes on the way into a parser.
#include "hallmark/crypto/public_key.h"

std::size_t ParsePayload(const hallmark::crypto::SignedBytes& payload) {
  return payload.bytes().size();
}

#ifdef MUST_NOT_COMPILE
std::size_t Use(const hallmark::Bytes& payload) { return ParsePayload(payload); }
#else
std::size_t Use(const hallmark::crypto::SignedBytes& payload) { return ParsePayload(payload); }
#endif
