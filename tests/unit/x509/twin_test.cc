#include "hallmark/x509/twin.h"

#include <variant>
#include <vector>

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/encoding/der.h"
#include "hallmark/x509/internal/certificate_parts.h"
#include "hallmark/x509/path.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/support/x509_authority.h"

// (r, n-s) in a certificate's signature makes other bytes of the same certificate (A29).
namespace hallmark::x509 {
namespace {

using testing::Must;

// The same certificate with another signature, headers and all.
Certificate WithSignature(const Certificate& certificate, ByteView signature) {
  namespace der = encoding::der;
  Bytes room(certificate.der().size() + 64);
  der::BackwardWriter writer(room);
  writer.Put(signature);
  writer.PutByte(0);
  writer.Close(der::kBitString, 0);
  writer.Put(certificate.parts().algorithm);
  writer.Put(certificate.parts().signed_part);
  writer.Close(der::kSequence, 0);
  return Must(Certificate::FromDer(writer.written()));
}

TEST_CASE("a certificate's twin is a certificate under the same issuer, and its SHA-256 is told") {
  const testing::Identity root = testing::SelfSigned(testing::RootSpec());
  const crypto::PublicKey issuer = Must(root.certificate().public_key());
  const std::vector<Certificate> anchors = {root.certificate()};
  const Certificate leaf = testing::Issue(testing::SignerSpec(), root).certificate();
  CHECK(WithSignature(leaf, leaf.parts().signature) == leaf);
  const Certificate twin =
      WithSignature(leaf, Must(crypto::EcdsaTwin(issuer.type(), leaf.parts().signature)));
  CHECK(twin.fingerprint() != leaf.fingerprint());
  CHECK(TwinFingerprint(leaf, issuer) == twin.fingerprint());
  CHECK(TwinFingerprint(twin, issuer) == leaf.fingerprint());
  const auto path = VerifyPath(twin, {}, anchors, Purpose::kCodeSigning, leaf.not_before());
  CHECK(std::holds_alternative<VerifiedPath>(path));
}

TEST_CASE("under an issuer with an RSA key there is none") {
  const testing::Identity root =
      testing::SelfSigned(testing::RootSpec(), testing::TestKey::Make("RSA-2048"));
  const Certificate leaf = testing::Issue(testing::SignerSpec(), root).certificate();
  CHECK_FALSE(TwinFingerprint(leaf, Must(root.certificate().public_key())).has_value());
}

}  // namespace
}  // namespace hallmark::x509
