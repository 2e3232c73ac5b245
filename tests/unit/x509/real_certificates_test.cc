// Certificates that other tools made: those of vectors/x509, and the public ones of the Notary
// Project outside this tree (skipped, saying so, when they are not there).
#include <filesystem>

#include "hallmark/x509/distinguished_name.h"
#include "hallmark/x509/notary_chain.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/world/temp_folder.h"
#include "tests/unit/x509/chain_test.h"

namespace hallmark::testing {
namespace {

using x509::Certificate;
using x509::Purpose;

constexpr UnixTime kThen{std::chrono::seconds(1796169600)};  // 2026-12-02

Certificates Load(const std::filesystem::path& file) {
  const std::string bytes = ReadFile(file);
  if (bytes.starts_with("-----")) return Must(Certificate::ChainFromPem(bytes));
  return {Must(Certificate::FromDer(AsBytes(bytes)))};
}
Certificates LoadVector(const std::string& name) {
  return Load(std::filesystem::path(HALLMARK_VECTORS_DIR) / "x509" / (name + ".pem"));
}

std::filesystem::path NotationFolder() {
  const auto folder = SharedFolder() / "vectors" / "notation";
  if (!std::filesystem::exists(folder)) WARN("skipped: no " << folder);
  return folder;
}

}  // namespace

TEST_CASE("chains made for notation and for sigstore hold") {
  const std::string name = GENERATE(as<std::string>{}, "n-ec256", "n-ec384", "n-ec521", "n-rsa2048",
                                    "n-rsa3072", "n-rsa4096", "n-other", "fulcio");
  INFO(name);
  const Certificates chain = LoadVector(name);
  REQUIRE(chain.size() == 3);
  const auto fault = x509::CheckNotaryChain(chain, Purpose::kNotarySigning, kThen);
  CHECK((fault ? fault->detail : "") == "");
  const std::span<const Certificate> all(chain);
  for (const auto purpose : {Purpose::kNotarySigning, Purpose::kCodeSigning}) {
    CHECK(Reason(x509::VerifyPath(chain[0], all.subspan(1), all.last(1), purpose, kThen)) ==
          "verified");
  }
  const auto other = LoadVector(name == "n-other" ? "n-ec256" : "n-other");
  CHECK(Reason(x509::VerifyPath(chain[0], all.subspan(1), std::span(other).last(1),
                                Purpose::kCodeSigning, kThen)) == "chain");
}

TEST_CASE("a certificate as Fulcio issues it shows its identity and its issuer") {
  const Certificate leaf = LoadVector("fulcio")[0];
  REQUIRE(leaf.alternative_names().size() == 1);
  CHECK(leaf.alternative_names()[0].value == "signer@hallmark.test");
  CHECK(AsText(leaf.FindExtension("1.3.6.1.4.1.57264.1.1")->value) ==
        "https://issuer.hallmark.test");
  CHECK(Must(x509::DistinguishedName::Parse("C=US, ST=WA, L=Seattle, O=Hallmark Test"))
            .Matches(leaf.subject()));
}

TEST_CASE("every certificate of the Notary Project's libraries is read") {
  const auto folder = NotationFolder();
  if (!std::filesystem::exists(folder)) return;
  std::size_t read = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    const bool named_so = extension == ".crt" || extension == ".cer" || extension == ".pem";
    // A link that was stored as a file with its target's name.
    if (!named_so || !entry.is_regular_file() || entry.file_size() < 100) continue;
    INFO(entry.path());
    for (const Certificate& certificate : Load(entry.path())) {
      CHECK(certificate.not_before() < certificate.not_after());
      ++read;
    }
  }
  CHECK(read >= 25);
}

TEST_CASE("the Notary Project's timestamping chain holds") {
  const auto folder = NotationFolder() / "notation-core-go" / "x509" / "testdata";
  if (!std::filesystem::exists(folder)) return;
  Certificates chain;
  for (const char* name :
       {"timestamp_leaf.crt", "timestamp_intermediate.crt", "timestamp_root.crt"}) {
    chain.push_back(Load(folder / name)[0]);
  }
  const UnixTime at{std::chrono::seconds(1704067200)};  // 2024-01-01
  CHECK_FALSE(x509::CheckNotaryChain(chain, Purpose::kTimestamping, at).has_value());
  CHECK(x509::CheckNotaryChain(chain, Purpose::kNotarySigning, at).has_value());
  const std::span<const Certificate> all(chain);
  CHECK(Reason(x509::VerifyPath(chain[0], all.subspan(1, 1), all.last(1), Purpose::kTimestamping,
                                at)) == "verified");
  CHECK(Reason(x509::VerifyPath(chain[0], all.subspan(1, 1), all.last(1), Purpose::kCodeSigning,
                                at)) == "chain");
}

TEST_CASE("two certificates in one DER file are refused") {
  const auto file = NotationFolder() / "notation-core-go" / "x509" / "testdata" / "multi-der.der";
  if (!std::filesystem::exists(file)) return;
  CHECK_FALSE(Certificate::FromDer(AsBytes(ReadFile(file))).ok());
}

}  // namespace hallmark::testing
