#ifndef HALLMARK_SIGNATURE_NOTATION_ENVELOPE_MAKER_H_
#define HALLMARK_SIGNATURE_NOTATION_ENVELOPE_MAKER_H_

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/signature/signature.h"
#include "hallmark/x509/certificate.h"

// Somebody else who signs as the Notary Project has it and makes the whole envelope: a signing
// service behind a plugin (plugin-extensibility.md, "Signature Envelope Generator").
namespace hallmark::signature {

struct EnvelopeOrder {
  Bytes payload;
  std::string payload_type;   // "application/vnd.cncf.notary.payload.v1+json"
  std::string envelope_type;  // "application/jose+json", "application/cose"
  std::optional<std::chrono::seconds> expires_in;
};

struct MadeEnvelope {
  Bytes untrusted_envelope;
  std::map<std::string, std::string> annotations;  // for the manifest that carries it
};

using EnvelopeMaker = std::function<Result<MadeEnvelope>(const EnvelopeOrder&)>;

// The certificates that a maker signs with, the signer's first. Only an envelope shows them, so
// that one is ordered, over a descriptor of nothing. `kind` is kNotationJws or kNotationCose.
// kProtocol: the envelope is not what was ordered (see NotationSigner::make_envelope); else as the
// maker says.
Result<std::vector<x509::Certificate>> CertificatesOf(const EnvelopeMaker& maker, FormatId kind,
                                                      UnixTime now);

}  // namespace hallmark::signature

#endif  // HALLMARK_SIGNATURE_NOTATION_ENVELOPE_MAKER_H_
