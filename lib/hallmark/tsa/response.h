#ifndef HALLMARK_TSA_RESPONSE_H_
#define HALLMARK_TSA_RESPONSE_H_

#include "hallmark/tsa/request.h"
#include "hallmark/tsa/token.h"

namespace hallmark::tsa {

// The token of a TimeStampResp (RFC 3161 section 2.4.2): DER in its one form, granted, with or
// without changes. kDenied, with what the authority gives as its reasons, for every other status,
// even with a token beside it (A45); kLimit over kMaxResponseBytes; else as ParseToken.
Result<Token> ParseResponse(ByteView der);

// The same as the answer to `request`: kProtocol when it stamps something else, has another nonce
// or none, or was not signed by a timestamping certificate that it carries. Whether that one is
// trusted is not asked: see Verify.
Result<Token> ReadResponse(ByteView der, const Request& request);

}  // namespace hallmark::tsa

#endif  // HALLMARK_TSA_RESPONSE_H_
