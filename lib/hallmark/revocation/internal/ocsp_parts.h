#ifndef HALLMARK_REVOCATION_INTERNAL_OCSP_PARTS_H_
#define HALLMARK_REVOCATION_INTERNAL_OCSP_PARTS_H_

#include <string>
#include <vector>

#include "hallmark/revocation/internal/signed_document.h"
#include "hallmark/revocation/ocsp.h"

// Private to the module: what a response is made of, and its names. Views look into the response.
namespace hallmark::revocation::internal {

// CertID of RFC 6960 section 4.1.1.
struct CertId {
  ByteView algorithm;  // the whole element
  ByteView name_hash;
  ByteView key_hash;
  ByteView serial;  // content of the INTEGER
};

// SingleResponse of section 4.2.1.
struct OcspAnswer {
  enum class Word : std::uint8_t { kGood = 1, kRevoked, kUnknown };
  CertId id;
  Word word;
  Revoked revoked;  // of meaning for kRevoked
  UnixTime this_update;
  std::optional<UnixTime> next_update;
  std::string obstacle;  // why it cannot say anything, though it is well formed
};

struct OcspParts {
  Bytes der;
  SignedDocument document;
  // ResponderID: one of both is not empty.
  ByteView responder_name;  // the whole element
  ByteView responder_key;   // its SHA-1
  UnixTime produced_at;
  std::vector<OcspAnswer> answers;
  std::vector<x509::Certificate> certificates;
  std::string obstacle;
};

// Content of the BIT STRING of the certificate's key.
ByteView KeyBits(const x509::Certificate& certificate);

bool IsAbout(const CertId& id, const Issued& issued);
bool NamesResponder(const OcspParts& parts, const x509::Certificate& certificate);

// Reads `list`, the content of the answers.
Result<std::vector<OcspAnswer>> ReadAnswers(encoding::der::Reader list);

}  // namespace hallmark::revocation::internal

#endif  // HALLMARK_REVOCATION_INTERNAL_OCSP_PARTS_H_
