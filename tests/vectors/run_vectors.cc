#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/signature/notation/notation_format.h"
#include "hallmark/store/layout/layout_store.h"
#include "hallmark/verify/verifier.h"
#include "tests/support/catch.h"
#include "tests/support/world.h"
#include "tests/vectors/vector_case.h"

namespace hallmark::testing {
namespace {

const signature::BundleFormat kBundles;
const signature::CosignFormat kCosign;
const signature::NotationFormat kNotation({signature::FormatId::kNotationJws,
                                           signature::FormatId::kNotationCose});

const signature::Format& FormatOf(const VectorCase& one) {
  for (const signature::Format* format :
       std::initializer_list<const signature::Format*>{&kBundles, &kCosign, &kNotation}) {
    if (one.format == format->id()) return *format;
  }
  throw std::runtime_error("no such format");
}

oci::Reference ImageOf(const VectorCase& one) {
  const oci::Repository repository = Repo("registry.example/vectors");
  if (one.image.find(':') == std::string::npos) {
    return oci::Reference::Of(repository, one.image, std::nullopt);
  }
  return oci::Reference::Of(repository, std::nullopt, Must(oci::Digest::Parse(one.image)));
}

// What one case came to.
struct Run {
  std::vector<verify::Outcome> outcomes;
  std::unique_ptr<store::LayoutStore> store;
  policy::TrustPolicy policy;
};

Run Verify(const VectorCase& one) {
  Run run{{},
          Must(store::LayoutStore::Open(one.layout)),
          Must(policy::TrustPolicy::ForSigners(one.keys, one.authorities, one.rule))};
  verify::Options options;
  options.recursive = one.recursive;
  run.outcomes = verify::Verify(PatientContext(), {*run.store, {&FormatOf(one)}, run.policy},
                                ImageOf(one), options, one.now);
  return run;
}

// Every signature of a case that was read whole.
std::vector<signature::Signature> SignaturesOf(const VectorCase& one, const Run& run,
                                               const store::Subject& subject) {
  std::vector<signature::Signature> signatures;
  const signature::Format& format = FormatOf(one);
  const auto found = format.Find(PatientContext(), *run.store, subject,
                                 {one.rule.expectation.predicate_type, run.policy.trust_root()});
  std::vector<signature::Candidate> candidates = found.candidates;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const signature::Candidate candidate = candidates[i];
    auto loaded = format.Load(PatientContext(), *run.store, subject, candidate);
    if (auto* several = std::get_if<signature::Several>(&loaded)) {
      candidates.insert(candidates.end(), several->candidates.begin(), several->candidates.end());
    }
    if (auto* signature = std::get_if<signature::Signature>(&loaded)) {
      signatures.push_back(std::move(*signature));
    }
  }
  return signatures;
}

// Where a COSE envelope keeps an unprotected value of that name: the name, a head, the value.
bool IsInCoseValue(const std::string& text, std::size_t at, std::string_view name) {
  const std::size_t start = text.find(name);
  if (start == std::string::npos || at < start) return false;
  const std::size_t head = start + name.size();
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned info = byte(head) & 0x1Fu;  // RFC 8949 section 3
  if (info < 24) return at <= head + info;
  if (info == 24) return at <= head + 1 + byte(head + 1);
  return at <= head + 2 + byte(head + 1) * 256u + byte(head + 2);
}

// Where an envelope holds text that nothing vouches for: the hint, timestamps, which a current
// signer does not need, and the signing agent (docs/formats).
bool IsUnsigned(const std::string& text, std::size_t at) {
  const auto within = [&](std::string_view from, std::string_view to) {
    const std::size_t start = text.find(from);
    return start != std::string::npos && at >= start && at < text.find(to, start + from.size());
  };
  for (const char* name : {"io.cncf.notary.signingAgent", "io.cncf.notary.timestampSignature"}) {
    const bool is_jws = text.starts_with('{');
    if (is_jws ? within(name + std::string("\":\""), "\"") || within(name, "\"")
               : IsInCoseValue(text, at, name)) {
      return true;
    }
  }
  return within("\"publicKey\":{\"hint\":\"", "\"") ||
         within("\"timestampVerificationData\"", "}]}");
}

// Flips, drops and swaps every byte of an envelope in turn; returns the places where the result
// was verified.
std::vector<std::string> Sweep(const VectorCase& one, const Run& run, const store::Subject& subject,
                               const signature::Signature& signature) {
  const std::string good(AsText(signature.envelope.bytes()));
  std::vector<std::string> verified;
  const auto check = [&](const std::string& what, std::size_t at, std::string text) {
    signature::Signature changed = signature;
    changed.envelope =
        oci::Content::Describe(signature.envelope.descriptor().media_type, ToBytes(text));
    const auto assessment =
        FormatOf(one).Assess(changed, subject, run.policy.trust_root(), one.now);
    if (assessment.verified) verified.push_back(what + " at byte " + std::to_string(at));
  };
  // Chains take longer to prove than keys, and the unit tests sweep every byte of their envelopes.
  const std::size_t step = one.format == kNotation.id() ? 11 : 1;
  for (std::size_t at = 0; at < good.size(); at += step) {
    if (IsUnsigned(good, at)) continue;
    std::string flipped = good;
    flipped[at] = static_cast<char>(static_cast<unsigned char>(good[at]) ^ (1U << (at % 8)));
    check("flip", at, std::move(flipped));
    std::string dropped = good;
    check("drop", at, dropped.erase(at, 1));
    if (at + 1 == good.size() || good[at] == good[at + 1] || IsUnsigned(good, at + 1)) continue;
    std::string swapped = good;
    std::swap(swapped[at], swapped[at + 1]);
    check("swap", at, std::move(swapped));
  }
  return verified;
}

}  // namespace

TEST_CASE("every vector comes out as its case says") {
  const std::vector<VectorCase> cases = LoadVectorCases(HALLMARK_VECTORS);
  REQUIRE_FALSE(cases.empty());
  for (const VectorCase& one : cases) {
    INFO(one.name << ": " << one.title);
    for (const verify::Outcome& outcome : Verify(one).outcomes) {
      INFO(outcome.reference.ToString() << ": " << outcome.verdict.detail);
      CHECK(outcome.verdict.reason == one.reason);
      CHECK(outcome.verdict.allowed() == one.is_verified);
    }
  }
}

TEST_CASE("no vector that was tampered with is verified") {
  for (const VectorCase& one : LoadVectorCases(HALLMARK_VECTORS)) {
    if (!one.is_verified) continue;
    INFO(one.name);
    const Run run = Verify(one);
    const auto subject = Must(store::Resolve(PatientContext(), *run.store, ImageOf(one)));
    const auto signatures = SignaturesOf(one, run, subject);
    CHECK_FALSE(signatures.empty());
    for (const signature::Signature& signature : signatures) {
      CHECK(Sweep(one, run, subject, signature) == std::vector<std::string>{});
    }
  }
}

}  // namespace hallmark::testing
