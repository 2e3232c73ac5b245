#include "hallmark/tsa/token.h"

#include <algorithm>

#include "hallmark/tsa/internal/token_parts.h"
#include "hallmark/tsa/limits.h"

namespace hallmark::tsa {
namespace {

namespace der = encoding::der;
using internal::TokenParts;

constexpr std::string_view kSignedData = "1.2.840.113549.1.7.2";

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

// The hashes that a reader in one pass would need: the signer's is one of them.
Result<std::vector<crypto::HashAlgorithm>> ReadDigestAlgorithms(der::Reader set) {
  std::vector<crypto::HashAlgorithm> hashes;
  for (std::size_t count = 0; !set.AtEnd(); ++count) {
    if (count == kMaxDigestAlgorithms) return Error(ErrorCode::kLimit, "too many digests");
    if (!set.Sees(der::kSequence)) return Malformed("digest algorithm");
    if (const auto hash = x509::ReadHashAlgorithm(set.TakeWhole())) hashes.push_back(*hash);
  }
  if (!set.Finished()) return Malformed("digest algorithms");
  return hashes;
}

// EncapsulatedContentInfo: the TSTInfo, never detached.
Result<ByteView> ReadContent(der::Reader body) {
  const std::string type = der::OidText(body.Take(der::kObjectId));
  der::Reader field = body.Enter(der::Explicit(0));
  const ByteView content = field.Take(der::kOctetString);
  if (!field.Finished() || !body.Finished()) return Malformed("content");
  if (type != internal::kTstInfoType) return Malformed("content is no TSTInfo");
  return content;
}

// What is no certificate, or none that we read, is passed over: nothing signs this list.
Result<std::vector<x509::Certificate>> ReadCertificates(der::Reader list) {
  std::vector<x509::Certificate> certificates;
  for (std::size_t count = 0; !list.AtEnd(); ++count) {
    if (count == kMaxCertificates) return Error(ErrorCode::kLimit, "more than 16 certificates");
    auto certificate = x509::Certificate::FromDer(list.TakeWhole());
    if (certificate.ok()) certificates.push_back(std::move(certificate).value());
  }
  if (!list.Finished()) return Malformed("certificates");
  return certificates;
}

// RFC 3161 section 2.4.2: the authority's signature and no other.
Result<internal::SignerInfo> ReadOneSigner(der::Reader set) {
  if (set.Finished()) return Malformed("nobody signed");
  der::Reader signer = set.Enter(der::kSequence);
  if (!set.Finished()) return Malformed("not exactly one signer");
  return internal::ReadSignerInfo(signer);
}

// SignedData of RFC 5652 section 5.1. Its version is 3 where the content is no plain data, and more
// where certificates or lists of other kinds stand beside it.
Result<Done> ReadSignedData(der::Reader body, TokenParts& parts) {
  const std::uint64_t version = body.TakeSmall();
  HALLMARK_ASSIGN(const auto hashes, ReadDigestAlgorithms(body.Enter(der::kSet)));
  HALLMARK_ASSIGN(parts.content, ReadContent(body.Enter(der::kSequence)));
  if (version < 3 || version > 5) return Malformed("version of the signed data");
  if (body.Sees(der::Explicit(0))) {
    HALLMARK_ASSIGN(parts.certificates, ReadCertificates(body.Enter(der::Explicit(0))));
  }
  if (body.Sees(der::Explicit(1))) body.Take(der::Explicit(1));
  HALLMARK_ASSIGN(parts.signer, ReadOneSigner(body.Enter(der::kSet)));
  if (!body.Finished()) return Malformed("more after the signers");
  if (std::ranges::find(hashes, parts.signer.digest_hash) == hashes.end()) {
    return Malformed("the signer's digest is not announced");
  }
  return Done();
}

Result<Done> ReadToken(TokenParts& parts) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(parts.der));
  der::Reader whole(parts.der);
  der::Reader body = whole.Enter(der::kSequence);
  const std::string type = der::OidText(body.Take(der::kObjectId));
  der::Reader field = body.Enter(der::Explicit(0));
  der::Reader signed_data = field.Enter(der::kSequence);
  if (!field.Finished() || !body.Finished() || !whole.Finished()) return Malformed("not a token");
  if (type != kSignedData) return Malformed("not signed data");
  HALLMARK_RETURN_IF_ERROR(ReadSignedData(signed_data, parts));
  HALLMARK_ASSIGN(parts.info, ParseTstInfo(parts.content));
  return Done();
}

}  // namespace

ByteView Token::der() const { return parts_->der; }
const TstInfo& Token::unverified_info() const { return *parts_->info; }
const std::vector<x509::Certificate>& Token::certificates() const { return parts_->certificates; }

Result<Token> ParseToken(ByteView der) {
  if (der.size() > kMaxTokenBytes) {
    return Error(ErrorCode::kLimit, "timestamp token: over 64 KiB");
  }
  auto parts = std::make_shared<TokenParts>();
  parts->der.assign(der.begin(), der.end());
  auto read = ReadToken(*parts);
  if (!read.ok()) return std::move(read).error().While("timestamp token");
  return Token(std::move(parts));
}

}  // namespace hallmark::tsa
