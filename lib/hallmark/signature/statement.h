#ifndef HALLMARK_SIGNATURE_STATEMENT_H_
#define HALLMARK_SIGNATURE_STATEMENT_H_

#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/public_key.h"
#include "hallmark/oci/digest.h"
#include "hallmark/oci/reference.h"
#include "hallmark/signature/attestation.h"
#include "hallmark/signature/signature.h"

namespace hallmark::signature {

// DSSE payload type of an in-toto statement.
inline constexpr std::string_view kInTotoType = "application/vnd.in-toto+json";

// Reads the in-toto statement (in-toto attestation spec v1, and v0.1 as older attestations have
// it) inside a signed pre-authentication encoding.
//
// kMalformed (A04, A14, A15): a payload type other than in-toto's, no strict JSON object, another
// _type, no predicateType, no subject or one without digests, a predicate that is no object (nor,
// for SPDX, text).
// kMismatch: no subject has the digest `subject`, compared by algorithm name and lower-case
// hexadecimal; a digest by another algorithm does not count.
// kLimit: over kMaxSubjects subjects, and the limits of limits.h.
// kUnsupported: a predicate.hallmark of another version than 1.
//
// Annotations are those of the subject that matched; when several match, those they agree on.
// Values that are not text are left out: no rule can ask for them. Members that the specification
// does not name are ignored, except in predicate.hallmark of a signature (kSignPredicate), which
// is ours: there, everything unknown or written otherwise than we write it is kMalformed.
Result<Claim> ParseStatement(const crypto::SignedBytes& encoding, const oci::Digest& subject);

// A claim as a statement v1 in RFC 8785 canonical form. kConfig when the claim has text that JSON
// readers do not agree on: not UTF-8, NUL, or an annotation without a name.
Result<Bytes> WriteStatement(const Claim& claim);

// An attestation as a statement v1: one subject, named by its repository unless that is a layout's
// path, and the predicate byte for byte as it was given.
Bytes WriteAttestation(const Attestation& attestation, const oci::Digest& subject,
                       const oci::Repository& repository);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_STATEMENT_H_
