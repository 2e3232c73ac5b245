#include "hallmark/tsa/tst_info.h"

#include <algorithm>

#include "hallmark/encoding/der.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/tsa/internal/imprint.h"
#include "hallmark/tsa/limits.h"

namespace hallmark::tsa {
namespace {

namespace der = encoding::der;
using std::chrono::microseconds;
using std::chrono::nanoseconds;

constexpr std::string_view kBaselinePolicy = "0.4.0.2023.1.1";  // RFC 3628 section 5.2

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

bool IsDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// YYYYMMDDhhmmss as RFC 3339 writes it.
Result<UnixTime> ReadSecond(std::string_view digits) {
  if (digits.size() != 14 || !IsDigits(digits)) return Malformed("time");
  const auto part = [&](std::size_t at) { return std::string(digits.substr(at, 2)); };
  return encoding::FromRfc3339(part(0) + part(2) + "-" + part(4) + "-" + part(6) + "T" + part(8) +
                               ":" + part(10) + ":" + part(12) + "Z");
}

// ".5", ".000000001"; X.690 section 11.7.3: no closing zeros, no lonely point.
std::optional<nanoseconds> ReadFraction(std::string_view text) {
  if (text.empty()) return nanoseconds(0);
  if (text[0] != '.' || text.back() == '0') return std::nullopt;
  text.remove_prefix(1);
  if (text.empty() || text.size() > kMaxFractionDigits || !IsDigits(text)) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < kMaxFractionDigits; ++i) {
    value = 10 * value + (i < text.size() ? text[i] - '0' : 0);
  }
  return nanoseconds(value);
}

Result<Done> ReadTime(ByteView content, TstInfo& info) {
  const std::string_view text = AsText(content);
  if (text.size() < 15 || text.back() != 'Z') return Malformed("time");
  HALLMARK_ASSIGN(info.second, ReadSecond(text.substr(0, 14)));
  const auto fraction = ReadFraction(text.substr(14, text.size() - 15));
  if (!fraction) return Malformed("fraction of the time");
  info.fraction = *fraction;
  return Done();
}

// INTEGER (1..999), implicitly tagged; 0 when it is something else.
std::int64_t ReadThousandth(ByteView content) {
  if (content.empty() || content.size() > 2) return 0;
  std::int64_t value = content[0] < 0x80 ? content[0] : 0;
  if (content.size() == 2) {
    if (content[0] == 0 && content[1] < 0x80) return 0;
    value = (value << 8) | content[1];
  }
  return content[0] < 0x80 && value <= 999 ? value : 0;
}

Result<microseconds> ReadAccuracy(der::Reader body) {
  microseconds accuracy(0);
  if (body.Sees(der::kInteger)) {
    const std::uint64_t seconds = body.TakeSmall();
    if (seconds > static_cast<std::uint64_t>(kMaxAccuracy.count())) {
      return Error(ErrorCode::kLimit, "accuracy of more than a year");
    }
    accuracy += std::chrono::seconds(seconds);
  }
  for (const unsigned field : {0u, 1u}) {
    if (!body.Sees(der::Implicit(field))) continue;
    const std::int64_t value = ReadThousandth(body.Take(der::Implicit(field)));
    if (value == 0) return Malformed("accuracy");
    accuracy += microseconds(field == 0 ? 1000 * value : value);
  }
  if (!body.Finished()) return Malformed("accuracy");
  return accuracy;
}

Result<Bytes> ReadInteger(ByteView content, std::string_view what) {
  if (content.empty()) return Malformed(what);
  if (content.size() > kMaxIntegerBytes) {
    return Error(ErrorCode::kLimit, std::string(what) + " of more than 64 bytes");
  }
  return Bytes(content.begin(), content.end());
}

// RFC 5280 section 4.2: what is critical and not understood refuses. Nothing is understood.
Result<Done> ReadExtensions(der::Reader list) {
  for (std::size_t count = 0; !list.AtEnd(); ++count) {
    if (count == kMaxExtensions) return Error(ErrorCode::kLimit, "too many extensions");
    der::Reader extension = list.Enter(der::kSequence);
    const std::string type = der::OidText(extension.Take(der::kObjectId));
    const bool has_flag = extension.Sees(der::kBoolean);
    const ByteView flag = has_flag ? extension.Take(der::kBoolean) : ByteView();
    extension.Take(der::kOctetString);
    if (!extension.Finished()) return Malformed("extension");
    if (!has_flag) continue;
    if (flag[0] == 0) return Malformed("extension: FALSE is left out");
    return Error(ErrorCode::kUnsupported, "unknown critical extension " + type);
  }
  if (!list.Finished()) return Malformed("extensions");
  return Done();
}

// All that may be left out, in its order.
Result<Done> ReadTail(der::Reader& body, TstInfo& info) {
  if (body.Sees(der::kSequence)) {
    HALLMARK_ASSIGN(info.accuracy, ReadAccuracy(body.Enter(der::kSequence)));
  }
  if (info.accuracy.count() == 0 && info.policy == kBaselinePolicy) {
    info.accuracy = std::chrono::seconds(1);
  }
  if (body.Sees(der::kBoolean)) {
    info.ordering = body.Take(der::kBoolean)[0] != 0;
    if (!info.ordering) return Malformed("ordering: FALSE is left out");
  }
  if (body.Sees(der::kInteger)) {
    HALLMARK_ASSIGN(info.nonce, ReadInteger(body.Take(der::kInteger), "nonce"));
  }
  if (body.Sees(der::Explicit(0))) {
    der::Reader field = body.Enter(der::Explicit(0));
    const ByteView name = field.TakeWhole();
    if (!field.Finished()) return Malformed("authority's name");
    info.authority.assign(name.begin(), name.end());
  }
  if (body.Sees(der::Explicit(1))) {
    HALLMARK_RETURN_IF_ERROR(ReadExtensions(body.Enter(der::Explicit(1))));
  }
  if (!body.Finished()) return Malformed("more than it may hold");
  return Done();
}

Result<TstInfo> ReadTstInfo(ByteView bytes) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(bytes));
  der::Reader whole(bytes);
  der::Reader body = whole.Enter(der::kSequence);
  const std::uint64_t version = body.TakeSmall();
  const std::string policy = der::OidText(body.Take(der::kObjectId));
  if (policy.empty()) return Malformed("version or policy");
  if (version != 1) return Error(ErrorCode::kUnsupported, "a version other than 1");
  HALLMARK_ASSIGN(Imprint imprint, internal::ReadImprint(body.TakeWhole()));
  TstInfo info{policy, std::move(imprint), {}, {}, {}, {}, false, {}, {}};
  HALLMARK_ASSIGN(info.serial, ReadInteger(body.Take(der::kInteger), "serial number"));
  HALLMARK_RETURN_IF_ERROR(ReadTime(body.Take(der::kGeneralizedTime), info));
  HALLMARK_RETURN_IF_ERROR(ReadTail(body, info));
  return info;
}

TimeRange Around(UnixTime second, nanoseconds before, nanoseconds after) {
  return {second + std::chrono::floor<std::chrono::seconds>(before),
          second + std::chrono::ceil<std::chrono::seconds>(after)};
}

}  // namespace

Imprint Imprint::Of(crypto::HashAlgorithm hash, ByteView message) {
  return {hash, crypto::Hash(hash, message)};
}

TimeRange TstInfo::GenTime() const { return Around(second, fraction, fraction); }

TimeRange TstInfo::Range() const {
  return Around(second, fraction - accuracy, fraction + accuracy);
}

Result<TstInfo> ParseTstInfo(ByteView der) {
  auto info = ReadTstInfo(der);
  if (!info.ok()) return std::move(info).error().While("TSTInfo");
  return info;
}

}  // namespace hallmark::tsa
