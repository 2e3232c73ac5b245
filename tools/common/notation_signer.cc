#include "tools/common/notation_signer.h"

#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/tsa/fetch.h"
#include "hallmark/x509/limits.h"
#include "tools/common/file_reading.h"

namespace hallmark::cli {
namespace {

using x509::Certificate;

Result<std::vector<Certificate>> ReadChain(const std::string& file) {
  HALLMARK_ASSIGN(const Bytes text, ReadFile(file, x509::kMaxPemBytes));
  Result<std::vector<Certificate>> chain = Certificate::ChainFromPem(AsText(text));
  if (chain.ok()) return chain;
  return Error(ErrorCode::kConfig, Printable(file) + ": " + chain.error().message());
}

Result<std::vector<Certificate>> ChainOf(const crypto::Signer& key) {
  std::vector<Certificate> chain;
  for (const Bytes& der : key.certificates()) {
    HALLMARK_ASSIGN(Certificate certificate, Certificate::FromDer(der));
    chain.push_back(std::move(certificate));
  }
  return chain;
}

// Nothing is stored before the authority has answered.
Result<signature::Timestamper> MakeTimestamper(const Session& session, World& world) {
  const std::optional<std::string> url = session.arguments.Value("timestamp-url");
  if (!url) return signature::Timestamper();
  HALLMARK_ASSIGN(net::HttpClient * client, world.ClientFor("--timestamp-url", *url));
  return signature::Timestamper([&world, client, address = *url](const tsa::Imprint& imprint) {
    return tsa::Fetch(world.Start(nullptr), *client, address, imprint);
  });
}

}  // namespace

Result<std::optional<signature::NotationSigner>> MakeNotationSigner(
    const Session& session, World& world, const std::optional<std::string>& cert_chain,
    const SigningKey& key) {
  signature::NotationSigner signer;
  if (key.make_envelope && (cert_chain || session.arguments.Has("timestamp-url"))) {
    return Error(
        ErrorCode::kConfig,
        "the plugin makes whole envelopes, with its own certificates and timestamps: leave "
        "out --cert-chain and --timestamp-url");
  }
  signer.make_envelope = key.make_envelope;
  HALLMARK_ASSIGN(signer.chain, cert_chain ? ReadChain(*cert_chain) : ChainOf(*key.signer));
  if (signer.chain.empty()) return std::optional<signature::NotationSigner>();
  signer.agent = "hallmark/" HALLMARK_VERSION;
  HALLMARK_ASSIGN(signer.timestamp, MakeTimestamper(session, world));
  return std::optional<signature::NotationSigner>(std::move(signer));
}

}  // namespace hallmark::cli
