#include "tests/support/timestamp_authority.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "hallmark/encoding/der.h"

namespace hallmark::testing {
namespace {

namespace der = encoding::der;

Bytes Copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

Bytes Attributes(const TimestampAuthority& authority, const TokenSpec& spec, const Bytes& content) {
  const Bytes digest = crypto::Hash(spec.hash, content);
  std::vector<Bytes> list{
      spec.content_type,
      spec.message_digest.value_or(
          DerAttribute(oids::kMessageDigest, {Der(der::kOctetString, {digest})})),
      spec.signing_certificate.value_or(NameCertificate(authority.stamper.der))};
  list.insert(list.end(), spec.more_attributes.begin(), spec.more_attributes.end());
  if (spec.sorted) std::ranges::sort(list);
  return Der(der::kSet, list);
}

Bytes Sign(const TimestampAuthority& authority, const TokenSpec& spec, const Bytes& attributes) {
  auto signature = authority.stamper.key.private_key().Sign(spec.scheme, attributes);
  if (!signature.ok()) throw std::runtime_error(signature.error().message());
  return std::move(signature).value();
}

Bytes Signer(const TimestampAuthority& authority, const TokenSpec& spec, const Bytes& content) {
  const Bytes attributes = Attributes(authority, spec, content);
  Bytes tagged = attributes;
  tagged[0] = der::Explicit(0);
  if (!spec.attributes) tagged.clear();
  const Bytes signature = spec.signature ? *spec.signature : Sign(authority, spec, attributes);
  const auto name = [&] { return IssuerAndSerial(authority.stamper.certificate()); };
  return Der(der::kSequence, {spec.signer_version, spec.signer_name ? *spec.signer_name : name(),
                              spec.digest_algorithm, tagged, spec.signature_algorithm,
                              Der(der::kOctetString, {signature}), spec.unsigned_attributes});
}

Bytes Info(const TokenSpec& spec) {
  if (spec.tst_info) return *spec.tst_info;
  return Der(der::kSequence,
             {spec.version, spec.policy, spec.imprint, spec.serial, spec.gen_time, spec.accuracy,
              spec.ordering, spec.nonce, spec.authority, spec.extensions});
}

}  // namespace

Bytes Der(std::uint8_t tag, const std::vector<Bytes>& parts) {
  std::size_t size = 16;
  for (const Bytes& part : parts) size += part.size();
  Bytes room(size);
  der::BackwardWriter writer(room);
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) writer.Put(*part);
  writer.Close(tag, 0);
  return Copy(writer.written());
}

Bytes DerOid(const std::string& dotted) {
  std::istringstream in(dotted);
  std::vector<std::uint64_t> arcs;
  for (std::string arc; std::getline(in, arc, '.');) arcs.push_back(std::stoull(arc));
  arcs[1] += 40 * arcs[0];
  arcs.erase(arcs.begin());
  Bytes content;
  for (const std::uint64_t arc : arcs) {
    for (int shift = 56; shift > 0; shift -= 7) {
      if (arc >> shift == 0) continue;
      content.push_back(static_cast<std::uint8_t>(0x80u | (arc >> shift & 0x7F)));
    }
    content.push_back(static_cast<std::uint8_t>(arc & 0x7F));
  }
  return Der(der::kObjectId, {content});
}

Bytes DerAlgorithm(const std::string& dotted, bool with_null) {
  return Der(der::kSequence, {DerOid(dotted), with_null ? Bytes{0x05, 0x00} : Bytes()});
}

Bytes DerText(std::uint8_t tag, const std::string& text) { return Der(tag, {ToBytes(text)}); }

Bytes DerNumber(std::uint8_t number) { return {der::kInteger, 1, number}; }

Bytes DerAttribute(const std::string& type, const std::vector<Bytes>& values) {
  return Der(der::kSequence, {DerOid(type), Der(der::kSet, values)});
}

Bytes IssuerAndSerial(const x509::Certificate& certificate) {
  return Der(der::kSequence,
             {Copy(certificate.issuer().der()), Der(der::kInteger, {Copy(certificate.serial())})});
}

Bytes IssuerSerial(const x509::Certificate& certificate) {
  const Bytes name = Der(der::Explicit(4), {Copy(certificate.issuer().der())});
  return Der(der::kSequence,
             {Der(der::kSequence, {name}), Der(der::kInteger, {Copy(certificate.serial())})});
}

Bytes NameCertificate(const Bytes& certificate, const Bytes& issuer_serial) {
  const Bytes digest = crypto::Hash(crypto::HashAlgorithm::kSha256, certificate);
  const Bytes id = Der(der::kSequence, {Der(der::kOctetString, {digest}), issuer_serial});
  return DerAttribute(oids::kSigningCertificateV2,
                      {Der(der::kSequence, {Der(der::kSequence, {id})})});
}

TimestampAuthority TimestampAuthority::Make(const CertificateSpec& stamper, const TestKey& key) {
  const Identity root = SelfSigned(RootSpec("time root"));
  const Identity intermediate = Issue(IntermediateSpec("time intermediate"), root);
  return {root, intermediate, Issue(stamper, intermediate, key)};
}

TokenSpec SpecFor(std::string_view message) {
  const Bytes digest = crypto::Hash(crypto::HashAlgorithm::kSha256, AsBytes(message));
  TokenSpec spec;
  spec.imprint =
      Der(der::kSequence, {DerAlgorithm(oids::kSha256), Der(der::kOctetString, {digest})});
  return spec;
}

Bytes MakeToken(const TimestampAuthority& authority, const TokenSpec& spec) {
  const Bytes content = Info(spec);
  const Bytes wrapped = Der(der::Explicit(0), {Der(der::kOctetString, {content})});
  const Bytes bag = spec.certificates.value_or(
      Der(der::Explicit(0), {authority.stamper.der, authority.intermediate.der}));
  const Bytes signer = Signer(authority, spec, content);
  const Bytes data = Der(
      der::kSequence,
      {spec.data_version, spec.digest_algorithms, Der(der::kSequence, {spec.data_type, wrapped}),
       bag, spec.revocation_lists, Der(der::kSet, std::vector<Bytes>(spec.signers, signer))});
  return Der(der::kSequence, {spec.token_type, Der(der::Explicit(0), {data})});
}

Bytes MakeResponse(const Bytes& token, const Bytes& status) {
  return Der(der::kSequence, {status, token});
}

}  // namespace hallmark::testing
