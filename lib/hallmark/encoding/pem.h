#ifndef HALLMARK_ENCODING_PEM_H_
#define HALLMARK_ENCODING_PEM_H_

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::encoding {

// One RFC 7468 text block. Blank lines and white space around the block are tolerated, as is CRLF
// and any line length up to the limit; anything else outside the block, a second block, headers
// (RFC 1421), bad base64 or a label that differs between the two boundaries is kMalformed. Text
// over 64 KiB is kLimit.
struct PemBlock {
  std::string label;  // "PUBLIC KEY"
  Bytes bytes;
};
Result<PemBlock> ParsePem(std::string_view text);

// The same for a block that holds a secret: decoded into guarded memory only.
struct SecretPemBlock {
  std::string label;
  Secret bytes;
};
Result<SecretPemBlock> ParseSecretPem(const Secret& text);

// The label of the first boundary line, without decoding anything: for choosing a parser.
Result<std::string> PeekPemLabel(std::string_view text);

// 64 characters a line, LF.
std::string ToPem(std::string_view label, ByteView bytes);
Secret ToSecretPem(std::string_view label, const Secret& bytes);

}  // namespace hallmark::encoding

#endif  // HALLMARK_ENCODING_PEM_H_
