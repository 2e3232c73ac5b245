#include "hallmark/revocation/places.h"

#include <algorithm>

#include "hallmark/encoding/der.h"
#include "hallmark/revocation/internal/distribution_point_name.h"
#include "hallmark/revocation/limits.h"

namespace hallmark::revocation {
namespace {

namespace der = encoding::der;

constexpr std::string_view kCrlDistributionPoints = "2.5.29.31";
constexpr std::string_view kAuthorityInfoAccess = "1.3.6.1.5.5.7.1.1";
constexpr std::string_view kOcspAccess = "1.3.6.1.5.5.7.48.1";
constexpr std::uint8_t kUri = der::Implicit(6);

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }

// A GeneralName as an address that is asked; empty for all others.
std::string HttpUrl(ByteView general_name) {
  der::Reader reader(general_name);
  const std::string_view url = AsText(reader.Take(kUri));
  constexpr std::string_view kScheme = "http://";
  if (!reader.Finished() || url.size() > kMaxUrlBytes || url.size() == kScheme.size()) return "";
  std::string scheme(url.substr(0, kScheme.size()));
  std::ranges::transform(scheme, scheme.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (scheme != kScheme) return "";
  const std::string_view rest = url.substr(kScheme.size());
  const bool printable = std::ranges::all_of(rest, [](char c) { return c > ' ' && c < 0x7F; });
  const bool has_user = rest.substr(0, rest.find_first_of("/?")).find('@') != rest.npos;
  if (!printable || has_user || rest.find('#') != rest.npos) return "";
  return scheme + std::string(rest);
}

Result<DistributionPoint> ReadPoint(der::Reader body) {
  DistributionPoint point{{}, {}, true};
  if (body.Sees(der::Explicit(0))) {
    HALLMARK_ASSIGN(point.names, internal::ReadPointName(body.Enter(der::Explicit(0))));
  }
  for (const std::uint8_t narrower : {der::Implicit(1), der::Explicit(2)}) {  // reasons, cRLIssuer
    if (!body.Sees(narrower)) continue;
    body.Take(narrower);
    point.is_whole = false;
  }
  if (!body.Finished()) return Malformed("distribution point");
  for (const Bytes& name : point.names) {
    if (std::string url = HttpUrl(name); !url.empty()) point.urls.push_back(std::move(url));
  }
  return point;
}

Result<Done> ReadAccess(ByteView bytes, Places& places) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(bytes));
  der::Reader whole(bytes);
  der::Reader list = whole.Enter(der::kSequence);
  for (std::size_t count = 0; !list.AtEnd(); ++count) {
    if (count == kMaxAccessDescriptions) {
      return Error(ErrorCode::kLimit, "too many access descriptions");
    }
    der::Reader body = list.Enter(der::kSequence);
    const std::string method = der::OidText(body.Take(der::kObjectId));
    const ByteView location = body.TakeWhole();
    if (!body.Finished()) return Malformed("authority information access");
    if (method != kOcspAccess) continue;
    places.names_ocsp = true;
    if (std::string url = HttpUrl(location); !url.empty()) {
      places.ocsp_urls.push_back(std::move(url));
    }
  }
  if (!list.Finished() || !whole.Finished()) return Malformed("authority information access");
  return Done();
}

}  // namespace

namespace internal {

Result<std::vector<Bytes>> ReadPointName(der::Reader choice) {
  std::vector<Bytes> names;
  if (choice.Sees(der::Explicit(1))) {  // nameRelativeToCRLIssuer
    choice.Take(der::Explicit(1));
    if (!choice.Finished()) return Malformed("name of a distribution point");
    return names;
  }
  der::Reader list = choice.Enter(der::Explicit(0));
  while (!list.AtEnd()) {
    if (names.size() == kMaxNamesOfPoint) {
      return Error(ErrorCode::kLimit, "too many names of a distribution point");
    }
    const ByteView name = list.TakeWhole();
    names.emplace_back(name.begin(), name.end());
  }
  if (!list.Finished() || !choice.Finished() || names.empty()) {
    return Malformed("name of a distribution point");
  }
  return names;
}

}  // namespace internal

std::vector<std::string> Places::CrlUrls() const {
  std::vector<std::string> urls;
  for (const DistributionPoint& point : points) {
    if (!point.is_whole) continue;
    for (const std::string& url : point.urls) {
      if (std::ranges::find(urls, url) == urls.end()) urls.push_back(url);
    }
  }
  return urls;
}

Result<std::vector<DistributionPoint>> ParseDistributionPoints(ByteView bytes) {
  HALLMARK_RETURN_IF_ERROR(der::CheckDer(bytes));
  der::Reader whole(bytes);
  der::Reader list = whole.Enter(der::kSequence);
  std::vector<DistributionPoint> points;
  while (!list.AtEnd()) {
    if (points.size() == kMaxDistributionPoints) {
      return Error(ErrorCode::kLimit, "too many distribution points");
    }
    der::Reader body = list.Enter(der::kSequence);
    HALLMARK_ASSIGN(DistributionPoint point, ReadPoint(body));
    points.push_back(std::move(point));
  }
  if (!list.Finished() || !whole.Finished() || points.empty()) {
    return Malformed("distribution points");
  }
  return points;
}

Result<Places> PlacesOf(const x509::Certificate& certificate) {
  Places places;
  if (const auto* extension = certificate.FindExtension(kCrlDistributionPoints)) {
    places.names_crl = true;
    HALLMARK_ASSIGN(places.points, ParseDistributionPoints(extension->value));
  }
  if (const auto* extension = certificate.FindExtension(kAuthorityInfoAccess)) {
    HALLMARK_RETURN_IF_ERROR(ReadAccess(extension->value, places));
  }
  return places;
}

}  // namespace hallmark::revocation
