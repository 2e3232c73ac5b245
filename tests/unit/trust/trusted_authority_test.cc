#include "hallmark/trust/trusted_authority.h"

#include <string>
#include <utility>
#include <vector>

#include "hallmark/trust/trust_root.h"
#include "tests/support/catch.h"
#include "tests/support/world/must.h"
#include "tests/support/x509_authority.h"

namespace hallmark::trust {
namespace {

using testing::Identity;
using testing::Must;

const Identity& Root() {
  static const Identity kRoot = testing::SelfSigned(testing::RootSpec());
  return kRoot;
}

const Identity& Leaf() {
  static const Identity kLeaf = testing::Issue(testing::SignerSpec(), Root());
  return kLeaf;
}

TrustedAuthority Authority() {
  TrustedAuthority authority;
  authority.signer_set = "prod";
  authority.signing = {Root().certificate()};
  authority.any_subject = true;
  return authority;
}

bool IsRefused(TrustedAuthority authority) {
  const Result<TrustRoot> root = TrustRoot::Of({}, {std::move(authority)});
  return !root.ok() && root.error().code() == ErrorCode::kConfig;
}

TEST_CASE("an authority names what it trusts, and whom") {
  CHECK(TrustRoot::Of({}, {Authority()}).ok());
  TrustedAuthority nameless = Authority();
  nameless.signer_set.clear();
  CHECK(IsRefused(std::move(nameless)));
  TrustedAuthority without_anchor = Authority();
  without_anchor.signing.clear();
  without_anchor.timestamping = {Root().certificate()};
  CHECK(IsRefused(std::move(without_anchor)));
  TrustedAuthority nobody = Authority();
  nobody.any_subject = false;
  CHECK(IsRefused(std::move(nobody)));
  TrustedAuthority both = Authority();
  both.subjects = {Must(x509::DistinguishedName::Parse("C=US, ST=WA, O=Hallmark Test"))};
  CHECK(IsRefused(std::move(both)));
}

TEST_CASE("anchors are found by their bytes and kind") {
  TrustedAuthority other = Authority();
  other.signer_set = "other";
  other.signing_authorities = {Leaf().certificate()};
  const TrustRoot root = Must(TrustRoot::Of({}, {Authority(), other}));
  const auto of_root = Root().certificate().fingerprint();
  const auto of_leaf = Leaf().certificate().fingerprint();
  CHECK(root.FindAnchor(StoreKind::kCa, of_root) == std::vector<std::size_t>{0, 1});
  CHECK(root.FindAnchor(StoreKind::kSigningAuthority, of_leaf) == std::vector<std::size_t>{1});
  CHECK(root.FindAnchor(StoreKind::kSigningAuthority, of_root).empty());
  CHECK(root.FindAnchor(StoreKind::kCa, of_leaf).empty());
  CHECK(root.FindAnchor(StoreKind::kTimestamping, of_root).empty());
  CHECK(TrustRoot::OfNobody().FindAnchor(StoreKind::kCa, of_root).empty());
}

TEST_CASE("a subject is one of those that are named, or anybody's where that is said") {
  TrustedAuthority authority = Authority();
  CHECK(authority.Names(Leaf().certificate().subject()));
  authority.any_subject = false;
  CHECK_FALSE(authority.Names(Leaf().certificate().subject()));
  authority.subjects = {Must(x509::DistinguishedName::Parse("C=US, ST=WA, O=Nobody")),
                        Must(x509::DistinguishedName::Parse("C=US, ST=WA, O=Hallmark Test"))};
  CHECK(authority.Names(Leaf().certificate().subject()));
}

TEST_CASE("the file of a store is PEM or DER, of certificates that may be trusted by themselves") {
  const Bytes pem = ToBytes(Root().certificate().ToPem() + Root().certificate().ToPem());
  CHECK(Must(ReadAnchors(StoreKind::kCa, pem, "roots.pem")).size() == 2);
  CHECK(Must(ReadAnchors(StoreKind::kCa, Root().der, "root.cer")).size() == 1);
  CHECK(Must(ReadAnchors(StoreKind::kTimestamping, Root().der, "root.cer")).size() == 1);
  const auto refused = [](StoreKind kind, const Bytes& file, const std::string& part) {
    const auto read = ReadAnchors(kind, file, "x.crt");
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code() == ErrorCode::kConfig);
    CHECK(read.error().message().starts_with("x.crt: "));
    CHECK(read.error().message().find(part) != std::string::npos);
  };
  refused(StoreKind::kCa, {}, "");
  refused(StoreKind::kCa, ToBytes("no certificate"), "");
  refused(StoreKind::kCa, Leaf().der, "neither a CA nor its own issuer");
  refused(StoreKind::kSigningAuthority, Leaf().der, "signingAuthority store");
  const Identity signer = testing::SelfSigned(testing::SignerSpec());
  CHECK(ReadAnchors(StoreKind::kCa, signer.der, "x.crt").ok());
  refused(StoreKind::kTimestamping, signer.der, "no root");
}

TEST_CASE("kinds of stores have the names of the specification") {
  for (const StoreKind kind :
       {StoreKind::kCa, StoreKind::kSigningAuthority, StoreKind::kTimestamping}) {
    CHECK(StoreKindFromName(ToName(kind)) == kind);
  }
  CHECK(ToName(StoreKind::kTimestamping) == "tsa");
  CHECK_FALSE(StoreKindFromName("CA"));
  CHECK_FALSE(StoreKindFromName(""));
}

}  // namespace
}  // namespace hallmark::trust
