#include "hallmark/revocation/places.h"

#include "hallmark/revocation/limits.h"
#include "tests/support/catch.h"
#include "tests/unit/revocation/revocation_test.h"

namespace hallmark::testing {
namespace {

revocation::Places PlacesWith(const std::string& type, const std::string& value) {
  return Must(revocation::PlacesOf(SelfSigned(SignerSpec().With(type, value)).certificate()));
}

using Urls = std::vector<std::string>;

}  // namespace

TEST_CASE("a certificate that names nothing names nothing") {
  CHECK(Must(revocation::PlacesOf(SelfSigned(SignerSpec()).certificate())).empty());
  const auto other = PlacesWith("authorityInfoAccess", "caIssuers;URI:http://ca.test/ca.cer");
  CHECK(other.empty());
}

TEST_CASE("places are read in their order") {
  const auto crl = PlacesWith("crlDistributionPoints", "URI:http://a.test/1,URI:HTTP://b.test/2");
  CHECK(crl.names_crl);
  CHECK_FALSE(crl.names_ocsp);
  CHECK(crl.CrlUrls() == Urls{"http://a.test/1", "http://b.test/2"});
  const auto ocsp = PlacesWith("authorityInfoAccess",
                               "caIssuers;URI:http://ca.test/,OCSP;URI:http://o.test/,"
                               "OCSP;URI:http://p.test/");
  CHECK(ocsp.ocsp_urls == Urls{"http://o.test/", "http://p.test/"});
  CHECK_FALSE(ocsp.names_crl);
}

TEST_CASE("what is not plain http is named, and not asked") {
  for (const std::string url :
       {"https://a.test/", "ldap://a.test/", "file:///etc/passwd", "http://", "http://u@a.test/",
        "http://a.test/#x", "http://a.test/ b", "ftp://a.test/"}) {
    INFO(url);
    const auto crl = PlacesWith("crlDistributionPoints", "URI:" + url);
    CHECK(crl.names_crl);
    CHECK(crl.CrlUrls().empty());
    const auto ocsp = PlacesWith("authorityInfoAccess", "OCSP;URI:" + url);
    CHECK(ocsp.names_ocsp);
    CHECK(ocsp.ocsp_urls.empty());
  }
  CHECK(PlacesWith("authorityInfoAccess", "OCSP;DNS:a.test").names_ocsp);
  const std::string longest = "http://" + std::string(revocation::kMaxUrlBytes, 'a');
  CHECK(PlacesWith("crlDistributionPoints", "URI:" + longest).CrlUrls().empty());
}

TEST_CASE("points for some reasons, or by others, answer for nothing") {
  const Bytes reasons = Der(0x81, {Bytes{0x06, 0x40}});
  const auto parse = [](const std::vector<Bytes>& fields) {
    return revocation::ParseDistributionPoints(Der(0x30, {Der(0x30, fields)}));
  };
  CHECK(Must(parse({DerPoint(kCrlUrl)})).at(0).is_whole);
  CHECK_FALSE(Must(parse({DerPoint(kCrlUrl), reasons})).at(0).is_whole);
  CHECK_FALSE(Must(parse({DerPoint(kCrlUrl), Der(0xA2, {DerUri("x")})})).at(0).is_whole);
  const revocation::Places places{false, true, {}, Must(parse({DerPoint(kCrlUrl), reasons}))};
  CHECK(places.CrlUrls().empty());
}

TEST_CASE("places that cannot be read are an error, and many a limit") {
  const auto code = [](const Bytes& bytes) {
    const auto points = revocation::ParseDistributionPoints(bytes);
    return points.ok() ? std::string("parsed") : std::string(ToWord(points.error().code()));
  };
  CHECK(code({}) == "malformed");
  CHECK(code({0x30, 0x00}) == "malformed");
  CHECK(code({0x30, 0x80, 0x00, 0x00}) == "malformed");
  CHECK(code(Der(0x30, {Der(0x30, {DerPoint(kCrlUrl)}), {0x05, 0x00}})) == "malformed");
  CHECK(code(Der(0x30, {Der(0x30, {DerPoint(kCrlUrl), DerPoint(kCrlUrl)})})) == "malformed");
  const Bytes point = Der(0x30, {DerPoint(kCrlUrl)});
  CHECK(code(Der(0x30, std::vector<Bytes>(16, point))) == "parsed");
  CHECK(code(Der(0x30, std::vector<Bytes>(17, point))) == "limit");
  const Bytes names = Der(0xA0, std::vector<Bytes>(17, DerUri(kCrlUrl)));
  CHECK(code(Der(0x30, {Der(0x30, {Der(0xA0, {names})})})) == "limit");
}

}  // namespace hallmark::testing
