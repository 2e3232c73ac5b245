#ifndef HALLMARK_NET_INTERNAL_ANSWER_H_
#define HALLMARK_NET_INTERNAL_ANSWER_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/error.h"
#include "hallmark/net/http_client.h"

namespace hallmark::net {

// An answer while it arrives: keeps what the limits allow and refuses at the first byte past them.
class Answer {
 public:
  Answer(std::size_t max_body_bytes, bool to_head)
      : max_body_bytes_(max_body_bytes), to_head_(to_head) {}

  // One status or header line or the empty line that ends them, with its line break. A status
  // line starts over: what came before was interim (1xx). Trailers are dropped. False: refused.
  bool TakeHeaderLine(std::string_view untrusted_line);
  // False: refused.
  bool TakeBody(ByteView untrusted_bytes);

  // Why something was refused: kLimit or kProtocol.
  const std::optional<Error>& refusal() const { return refusal_; }
  Response Finish(int status) &&;

 private:
  bool Refuse(ErrorCode code, std::string_view why);
  bool StartOver(std::string_view status_line);
  bool TakeField(std::string_view line);
  bool EndHeaders();

  std::size_t max_body_bytes_;
  bool to_head_;
  bool bodiless_ = false;  // 1xx, 204, 304: Content-Length says nothing about this answer
  bool headers_ended_ = false;
  std::size_t header_bytes_ = 0;  // over all interim answers and trailers
  std::size_t header_lines_ = 0;
  Response response_;
  std::optional<Error> refusal_;
};

}  // namespace hallmark::net

#endif  // HALLMARK_NET_INTERNAL_ANSWER_H_
