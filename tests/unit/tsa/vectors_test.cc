// The tokens of vectors/tsa: made by openssl, and changed ones.
#include <algorithm>
#include <filesystem>

#include "hallmark/encoding/json.h"
#include "hallmark/encoding/rfc3339.h"
#include "tests/support/catch.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/tsa/tsa_test.h"

namespace hallmark::testing {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string name;
  std::string expect;
  std::string reason;
  std::string detail;  // what the fault's detail says, among other things
  std::string form;
  UnixTime now;
  tsa::Trust trust;
  Bytes token;
  Bytes message;
};

std::vector<x509::Certificate> LoadCertificates(const fs::path& folder,
                                                const std::vector<json::Value>& names) {
  std::vector<x509::Certificate> certificates;
  for (const json::Value& name : names) {
    const std::string pem = ReadFile(folder / "certificates" / *name.string());
    certificates.push_back(Must(x509::Certificate::ChainFromPem(pem)).front());
  }
  return certificates;
}

Case LoadCase(const fs::path& folder) {
  const std::string text = ReadFile(folder / "case.json");
  const json::Value document = Must(json::Parse(AsBytes(text), {64 * 1024, 8, 1000}));
  json::Fields fields = Must(json::Fields::Of(document, folder.filename().string()));
  Case out;
  out.name = folder.filename().string();
  out.expect = Must(fields.String("expect"));
  out.reason = Must(fields.String("reason"));
  out.detail = Must(fields.String("detail"));
  out.form = Must(fields.String("form"));
  out.now = Must(encoding::FromRfc3339(Must(fields.String("now"))));
  out.trust.roots = LoadCertificates(folder.parent_path(), *Must(fields.Array("roots")));
  out.trust.others = LoadCertificates(folder.parent_path(), *Must(fields.Array("others")));
  for (const char* name : {"title", "source", "spec"}) (void)Must(fields.String(name));
  Must(fields.NothingElse());
  out.token = ToBytes(ReadFile(folder / "token"));
  out.message = ToBytes(ReadFile(folder / "message"));
  return out;
}

std::vector<Case> LoadCases() {
  std::vector<Case> cases;
  for (const auto& entry : fs::directory_iterator(fs::path(HALLMARK_VECTORS_DIR) / "tsa")) {
    if (entry.path().filename() != "certificates") cases.push_back(LoadCase(entry.path()));
  }
  return cases;
}

std::string Judge(const Case& one, const Bytes& token) {
  const auto verify = one.form == "response" ? tsa::VerifyResponse : tsa::VerifyToken;
  return Say(verify(token, one.message, one.trust, one.now));
}

}  // namespace

TEST_CASE("every timestamp of the vectors ends as its case says") {
  const std::vector<Case> cases = LoadCases();
  CHECK(cases.size() >= 20);
  for (const Case& one : cases) {
    INFO(one.name);
    const std::string said = Judge(one, one.token);
    INFO(said);
    CHECK((one.expect == "refused") == one.name.ends_with("_fail"));
    CHECK(said.starts_with(one.reason));
    CHECK(said.find(one.detail) != std::string::npos);
    CHECK((said == "verified") == (one.expect == "verified"));
  }
}

TEST_CASE("no timestamp of the vectors proves another time when a byte is changed or missing") {
  for (const Case& one : LoadCases()) {
    if (one.expect != "verified") continue;
    INFO(one.name);
    const auto verify = one.form == "response" ? tsa::VerifyResponse : tsa::VerifyToken;
    const auto good = verify(one.token, one.message, one.trust, one.now);
    const auto& time = std::get<tsa::VerifiedTime>(good);
    for (std::size_t at = 0; at < one.token.size(); ++at) {
      Bytes flipped = one.token;
      flipped[at] ^= 0xFF;
      Bytes dropped = one.token;
      dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(at));
      CHECK(Judge(one, dropped) != "verified");
      const auto result = verify(flipped, one.message, one.trust, one.now);
      const auto* accepted = std::get_if<tsa::VerifiedTime>(&result);
      if (accepted == nullptr) continue;
      CHECK(accepted->range() == time.range());
      CHECK(accepted->path().leaf() == time.path().leaf());
    }
  }
}

}  // namespace hallmark::testing
