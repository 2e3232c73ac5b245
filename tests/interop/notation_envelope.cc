// Writes and opens envelopes of the Notary Project for notation.sh, until a command does.
//   notation_envelope write jws|cose KEY.pem MEDIA_TYPE DIGEST SIZE SECONDS OUT CERTIFICATE.der...
//     leaves OUT.envelope and OUT.manifest, which expires after SECONDS (0: never)
//   notation_envelope demand PLUGIN KEY.pem MEDIA_TYPE DIGEST SIZE OUT CERTIFICATE.der...
//     leaves the same in JWS by a P-256 key, with a critical attribute that PLUGIN has to process
//   notation_envelope open jws|cose ENVELOPE PUBLIC_KEY.pem
//     prints the digest that was signed, or ends with 1 and the reason
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "hallmark/crypto/ecdsa_signature.h"
#include "hallmark/crypto/private_key.h"
#include "hallmark/encoding/base64.h"
#include "hallmark/encoding/pem.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/signature/notation/internal/algorithms.h"
#include "hallmark/signature/notation/internal/open_envelope.h"
#include "hallmark/signature/notation/internal/sign_envelope.h"
#include "hallmark/signature/notation/internal/signature_manifest.h"
#include "tests/support/world/must.h"

namespace {

using namespace hallmark;
using namespace hallmark::signature::notation;
using hallmark::testing::Must;
using Arguments = std::vector<std::string>;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WriteFile(const std::string& path, ByteView bytes) {
  std::ofstream(path, std::ios::binary) << AsText(bytes);
}

EnvelopeType TypeOf(const std::string& name) {
  if (name == "jws") return EnvelopeType::kJws;
  if (name == "cose") return EnvelopeType::kCose;
  throw std::runtime_error("want jws or cose");
}

std::unique_ptr<crypto::Signer> SignerOf(const std::string& path) {
  Bytes pem = ToBytes(ReadFile(path));
  const auto block = Must(encoding::ParseSecretPem(Secret::TakeAndWipe(pem)));
  auto key = Must(crypto::PrivateKey::FromDer(block.bytes));
  const Algorithm* algorithm = AlgorithmOf(key.public_key());
  if (algorithm == nullptr) throw std::runtime_error("a key of another kind");
  return crypto::MakeSigner(std::move(key), algorithm->scheme);
}

int Write(const Arguments& arguments) {
  const EnvelopeType type = TypeOf(arguments.at(1));
  const auto signer = SignerOf(arguments.at(2));
  const SystemClock clock;
  const UnixTime now = clock.Now();
  const oci::Descriptor target{arguments.at(3),
                               Must(oci::Digest::Parse(arguments.at(4))),
                               std::stoull(arguments.at(5)),
                               "",
                               {{"env", "prod"}},
                               {}};
  Statement statement{target, SigningScheme::kX509, now, {}, {}, "hallmark-test/1"};
  const std::chrono::seconds life(std::stoll(arguments.at(6)));
  if (life.count() != 0) statement.expiry = now + life;
  for (std::size_t i = 8; i < arguments.size(); ++i) {
    statement.certificates.push_back(ToBytes(ReadFile(arguments[i])));
  }
  const auto envelope = oci::Content::Describe(
      std::string(MediaTypeOf(type)), WriteEnvelope(Must(SignEnvelope(type, statement, *signer))));
  WriteFile(arguments.at(7) + ".envelope", envelope.bytes());
  WriteFile(arguments.at(7) + ".manifest",
            WriteSignatureManifest(envelope.descriptor(), target, statement.certificates, now, {})
                .bytes());
  return 0;
}

std::string Base64Url(std::string_view bytes) { return encoding::ToBase64Url(AsBytes(bytes)); }

int Demand(const Arguments& arguments) {
  const std::string& plugin = arguments.at(1);
  const auto signer = SignerOf(arguments.at(2));
  const UnixTime now = SystemClock().Now();
  const oci::Descriptor target{arguments.at(3),
                               Must(oci::Digest::Parse(arguments.at(4))),
                               std::stoull(arguments.at(5)),
                               "",
                               {},
                               {}};
  std::vector<Bytes> certificates;
  std::string chain;
  for (std::size_t i = 7; i < arguments.size(); ++i) {
    certificates.push_back(ToBytes(ReadFile(arguments[i])));
    chain += (chain.empty() ? "\"" : ",\"") + encoding::ToBase64(certificates.back()) + "\"";
  }
  const std::string signed_part =
      Base64Url(R"({"alg":"ES256","cty":"application/vnd.cncf.notary.payload.v1+json","crit":)"
                R"(["io.cncf.notary.signingScheme","io.cncf.notary.verificationPlugin","x.demo"],)"
                R"("io.cncf.notary.signingScheme":"notary.x509","io.cncf.notary.signingTime":")" +
                encoding::ToRfc3339(now) + R"(","io.cncf.notary.verificationPlugin":")" + plugin +
                R"(","x.demo":"yes"})") +
      "." +
      Base64Url(R"({"targetArtifact":{"mediaType":")" + target.media_type + R"(","digest":")" +
                target.digest.ToString() + R"(","size":)" + std::to_string(target.size) + "}}");
  const Bytes signature = Must(crypto::EcdsaRawFromDer(crypto::KeyType::kEcdsaP256,
                                                       Must(signer->Sign(AsBytes(signed_part)))));
  const std::size_t dot = signed_part.find('.');
  const std::string jws = R"({"payload":")" + signed_part.substr(dot + 1) + R"(","protected":")" +
                          signed_part.substr(0, dot) + R"(","header":{"x5c":[)" + chain +
                          R"(]},"signature":")" + encoding::ToBase64Url(signature) + "\"}";
  const auto envelope = oci::Content::Describe(std::string(kJwsType), ToBytes(jws));
  WriteFile(arguments.at(6) + ".envelope", envelope.bytes());
  WriteFile(arguments.at(6) + ".manifest",
            WriteSignatureManifest(envelope.descriptor(), target, certificates, now, {}).bytes());
  return 0;
}

int Open(const Arguments& arguments) {
  const std::string bytes = ReadFile(arguments.at(2));
  const auto key = Must(crypto::PublicKey::FromPem(ReadFile(arguments.at(3))));
  const auto envelope = ParseEnvelope(TypeOf(arguments.at(1)), AsBytes(bytes));
  if (!envelope.ok()) {
    std::cout << ToWord(envelope.error().code()) << ": " << envelope.error().message() << "\n";
    return 1;
  }
  const auto opened = OpenEnvelope(envelope.value(), key);
  if (const auto* refusal = std::get_if<Refusal>(&opened)) {
    std::cout << refusal->reason << ": " << refusal->detail << "\n";
    return 1;
  }
  std::cout
      << std::get<hallmark::signature::notation::Opened>(opened).claim.target.digest.ToString()
      << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments arguments(argv + 1, argv + argc);
  try {
    if (!arguments.empty() && arguments[0] == "write") return Write(arguments);
    if (!arguments.empty() && arguments[0] == "open") return Open(arguments);
    if (!arguments.empty() && arguments[0] == "demand") return Demand(arguments);
    std::cerr << "usage: notation_envelope write|demand|open ...\n";
  } catch (const std::exception& error) {
    std::cerr << "notation_envelope: " << error.what() << "\n";
  }
  return 2;
}
