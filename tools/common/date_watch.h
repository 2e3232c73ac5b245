#ifndef HALLMARK_TOOLS_COMMON_DATE_WATCH_H_
#define HALLMARK_TOOLS_COMMON_DATE_WATCH_H_

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include "hallmark/base/time.h"
#include "hallmark/net/http_client.h"

namespace hallmark::cli {

// The IMF-fixdate of RFC 9110 section 5.6.7 ("Tue, 24 Nov 2026 06:49:37 GMT"); nullopt for
// anything else.
std::optional<UnixTime> ParseHttpDate(std::string_view text);

// Remembers the Date of the last answer that had one: for comparing clocks, for nothing else.
class DateWatch final : public net::HttpClient {
 public:
  explicit DateWatch(std::unique_ptr<net::HttpClient> client) : client_(std::move(client)) {}

  Result<net::Response> Send(const Context& context, const net::Request& request) override;
  std::optional<UnixTime> last() const;

 private:
  std::unique_ptr<net::HttpClient> client_;
  mutable std::mutex mutex_;
  std::optional<UnixTime> last_;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_DATE_WATCH_H_
