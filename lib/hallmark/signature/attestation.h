#ifndef HALLMARK_SIGNATURE_ATTESTATION_H_
#define HALLMARK_SIGNATURE_ATTESTATION_H_

#include <string>
#include <utility>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::signature {

// What somebody wants to say of an image: one JSON object, and the in-toto predicate type that says
// what kind of document it is. Holding one means that the text is one strict JSON object to its
// last byte; what its members mean is looked at by nobody here.
class Attestation {
 public:
  // kConfig: a type that is empty, no UTF-8, or the one that says "signed" (a signature is made by
  // signing); a predicate that is not one JSON object as json::Parse wants it, with line and
  // column, or that is over kMaxPredicateBytes, kMaxPredicateValues or the depth of a statement.
  static Result<Attestation> Of(std::string predicate_type, Bytes predicate);

  const std::string& predicate_type() const { return predicate_type_; }
  ByteView predicate() const { return predicate_; }

 private:
  Attestation(std::string predicate_type, Bytes predicate)
      : predicate_type_(std::move(predicate_type)), predicate_(std::move(predicate)) {}
  std::string predicate_type_;
  Bytes predicate_;
};

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_ATTESTATION_H_
