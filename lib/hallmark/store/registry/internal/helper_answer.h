#ifndef HALLMARK_STORE_REGISTRY_INTERNAL_HELPER_ANSWER_H_
#define HALLMARK_STORE_REGISTRY_INTERNAL_HELPER_ANSWER_H_

#include <optional>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/store/registry/registry_store.h"

// Private to the module: what a credential helper answers to `get`.
namespace hallmark::store::registry {

// {"Username":..., "Secret":...}, other members ignored; the user "<token>" has an identity token.
// kDenied, naming the program and never what it said, for anything else.
Result<std::optional<Credential>> ParseHelperAnswer(const std::string& program, ByteView output);

}  // namespace hallmark::store::registry

#endif  // HALLMARK_STORE_REGISTRY_INTERNAL_HELPER_ANSWER_H_
