#include "hallmark/base/check.h"
#include "hallmark/x509/path.h"

// A certificate is its bytes, and no bytes but trusted ones make a path.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto certificate = x509::Certificate::FromDer({data, size});
  if (!certificate.ok()) {
    HALLMARK_CHECK(!certificate.error().message().empty());
    return 0;
  }
  const x509::Certificate& read = certificate.value();
  HALLMARK_CHECK(AsText(read.der()) == AsText({data, size}));
  const auto chain = x509::Certificate::ChainFromPem(read.ToPem());
  HALLMARK_CHECK(chain.ok() && chain.value().size() == 1 && chain.value()[0] == read);
  for (const auto purpose : {x509::Purpose::kCodeSigning, x509::Purpose::kNotarySigning}) {
    const auto untrusted = x509::VerifyPath(read, chain.value(), {}, purpose, read.not_after());
    HALLMARK_CHECK(std::holds_alternative<x509::PathFault>(untrusted));
    static_cast<void>(x509::VerifyPath(read, {}, chain.value(), purpose, read.not_after()));
  }
  return 0;
}
