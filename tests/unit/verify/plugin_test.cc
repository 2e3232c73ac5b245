#include <optional>
#include <string>
#include <utility>

#include "tests/support/catch.h"
#include "tests/unit/verify/verify_world.h"

// What verification does about signatures that demand a plugin.
namespace hallmark::verify {
namespace {

using signature::Assessment;
using signature::PluginQuestion;
using signature::PluginWord;
using testing::VerifyWorld;

// Bundles, each of which demands the plugin "checker".
class Demanding final : public signature::Format {
 public:
  signature::FormatId id() const override { return bundles_.id(); }
  signature::Found Find(const Context& context, store::Reader& reader,
                        const store::Subject& subject,
                        const signature::Wanted& wanted) const override {
    return bundles_.Find(context, reader, subject, wanted);
  }
  signature::Loaded Load(const Context& context, store::Reader& reader,
                         const store::Subject& subject,
                         const signature::Candidate& candidate) const override {
    return bundles_.Load(context, reader, subject, candidate);
  }
  Assessment Assess(const signature::Signature& signature, const store::Subject& subject,
                    const trust::TrustRoot& root, UnixTime now) const override {
    if (signature.plugin_word) return bundles_.Assess(signature, subject, root, now);
    Assessment refused = signature::Prover(signature).Fail(signature::Check::kFormat, "unsupported",
                                                           "it demands a plugin");
    refused.plugin_question = PluginQuestion{"checker", {}, "", {}, {}, {}, {}, {}};
    return refused;
  }

 private:
  signature::BundleFormat bundles_;
};

class Asker final : public PluginAsker {
 public:
  explicit Asker(std::optional<Error> error = std::nullopt) : error_(std::move(error)) {}
  Result<PluginWord> Ask(const Context&, const PluginQuestion& question,
                         const policy::Enforcement&) override {
    ++asked;
    if (error_) return *error_;
    return PluginWord{question.plugin, {}, {}};
  }
  int asked = 0;

 private:
  std::optional<Error> error_;
};

policy::Verdict VerdictBy(PluginAsker* asker) {
  VerifyWorld world;
  testing::Image image = testing::MakeImage("one");
  testing::Put(world.store(), world.repository(), image, "1");
  world.Sign(image.digest(), VerifyWorld::key());
  const Demanding format;
  return world.VerifyBy(format, asker).verdict;
}

}  // namespace

TEST_CASE("the plugin that a signature demands is asked, once") {
  Asker asker;
  CHECK(VerdictBy(&asker).allowed());
  CHECK(asker.asked == 1);
}

TEST_CASE("a signature whose plugin is not there is refused") {
  const policy::Verdict none = VerdictBy(nullptr);
  CHECK(none.word() == "denied");
  CHECK(none.reason == "unsupported");
  Asker missing(Error(ErrorCode::kConfig, "no plugin of that name"));
  const policy::Verdict verdict = VerdictBy(&missing);
  CHECK(verdict.word() == "denied");
  CHECK(verdict.reason == "unsupported");
  CHECK(verdict.detail.find("no plugin of that name") != std::string::npos);
}

TEST_CASE("a plugin that does not answer leaves the signature unknown") {
  Asker late(Error(ErrorCode::kTimeout, "it took too long"));
  const policy::Verdict verdict = VerdictBy(&late);
  CHECK(verdict.word() == "unknown");
  CHECK(verdict.reason == "plugin");
}

}  // namespace hallmark::verify
