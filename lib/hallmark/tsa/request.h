#ifndef HALLMARK_TSA_REQUEST_H_
#define HALLMARK_TSA_REQUEST_H_

#include "hallmark/tsa/tst_info.h"

namespace hallmark::tsa {

// A question to an authority, and what its answer is held against.
struct Request {
  Imprint imprint;
  Bytes nonce;  // content of the INTEGER
  Bytes der;    // TimeStampReq of RFC 3161 section 2.4.1
};

// Asks for a token with the authority's certificate in it, under any policy. `random` is what the
// nonce is made of: kNonceBytes that nobody can foresee.
Request MakeRequest(Imprint imprint, ByteView random);

}  // namespace hallmark::tsa

#endif  // HALLMARK_TSA_REQUEST_H_
