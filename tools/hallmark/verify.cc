#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "hallmark/signature/notation/notation_format.h"
#include "hallmark/verify/verifier.h"
#include "tools/common/comma_list.h"
#include "tools/common/in_order.h"
#include "tools/common/option_groups.h"
#include "tools/common/policy_source.h"
#include "tools/common/preparation.h"
#include "tools/common/request_log.h"
#include "tools/common/revocation_lookup.h"
#include "tools/common/verdict_output.h"
#include "tools/common/verification_plugins.h"
#include "tools/common/world.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kRefsAtOnce = 4;
constexpr std::chrono::seconds kProgressAfter{1};

constexpr Option kTrust[] = {
    {.name = "policy",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "the trust policy to verify against"},
    {.name = "key",
     .arity = Arity::kMany,
     .argument = "KEYREF",
     .hint = Hint::kFile,
     .help = "instead: public keys, one of which must have signed"},
    {.name = "trust-store",
     .arity = Arity::kOne,
     .argument = "DIR",
     .hint = Hint::kFile,
     .help = "or: certificates, one of which must stand over the signer's"},
    {.name = "identity",
     .arity = Arity::kMany,
     .argument = "SUBJECT",
     .help = "with --trust-store: who of them, 'C=US, ST=WA, O=Example' or '*'"},
    {.name = "timestamp-roots",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "with --trust-store: a timestamp by an authority under these is wanted"},
    {.name = "local-revocation",
     .help = "ask about revoked certificates at this machine too, where they name it"},
    {.name = "annotate",
     .letter = 'a',
     .arity = Arity::kMany,
     .argument = "k=v",
     .help = "without a policy: this annotation must be signed"},
    {.name = "attestation",
     .arity = Arity::kOne,
     .argument = "TYPE",
     .help = "without a policy: this attestation instead of a signature"},
    {.name = "signed-name",
     .arity = Arity::kOne,
     .argument = "HOW",
     .hint = Hint::kChoice,
     .choices = "none|repository|tag|exact",
     .help = "without a policy: how much of the signed name must agree"},
    {.name = "max-age",
     .arity = Arity::kOne,
     .argument = "AGE",
     .help = "without a policy: signed no longer ago than that, such as 30d"},
};
constexpr Option kWhat[] = {
    kFrom,
    kLogicalName,
    {.name = "recursive", .letter = 'r', .help = "every image of an index as well"},
    {.name = "platform",
     .arity = Arity::kOne,
     .argument = "OS/ARCH",
     .help = "the one image of an index for that platform"},
    {.name = "format",
     .arity = Arity::kOne,
     .argument = "FORMATS",
     .help = "look for these only: bundle, cosign, notation-jws, notation-cose; default: all"},
    {.name = "as-of",
     .arity = Arity::kOne,
     .argument = "TIME",
     .help = "ask how it stood at that time (RFC 3339); said in the verdict"},
    kOffline,
    kTimeout,
};
constexpr Option kHow[] = {
    {.name = "output",
     .letter = 'o',
     .arity = Arity::kOne,
     .argument = "FORMAT",
     .hint = Hint::kChoice,
     .choices = "text|json|jsonl|sarif|junit",
     .help = "text, json, jsonl, sarif or junit"},
    {.name = "explain", .help = "the rule, every check and every place asked"},
};
constexpr OptionGroup kGroups[] = {
    {"Trust", kTrust}, {"What to verify", kWhat}, {"Output", kHow}, kRegistryOptions};

// All that the command line says, read and checked before anything is asked.
struct Question {
  std::vector<Target> targets;
  policy::TrustPolicy policy;
  std::vector<signature::FormatId> formats;
  verify::Options options;
  UnixTime now;
  std::vector<std::string> loosened;
};

Result<std::optional<oci::Platform>> PlatformOf(const Session& session) {
  const std::optional<std::string> text = session.arguments.Value("platform");
  if (!text) return std::optional<oci::Platform>();
  std::vector<std::string> parts(1);
  for (const char c : *text) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  const bool has_empty = std::find(parts.begin(), parts.end(), "") != parts.end();
  if (parts.size() < 2 || parts.size() > 3 || has_empty) {
    return Error(ErrorCode::kConfig, "--platform: want os/architecture[/variant], not \"" +
                                         Printable(*text, 60) + "\"");
  }
  return std::optional<oci::Platform>(
      oci::Platform{parts[0], parts[1], parts.size() == 3 ? parts[2] : "", ""});
}

using signature::FormatId;

bool IsNotation(FormatId format) {
  return format == FormatId::kNotationJws || format == FormatId::kNotationCose;
}

// All formats; those first that the policy's signers can have signed with.
std::vector<FormatId> AllFormats(const trust::TrustRoot& root) {
  using enum FormatId;
  if (root.keys().empty()) return {kNotationJws, kNotationCose, kSigstoreBundle, kCosign};
  return {kSigstoreBundle, kCosign, kNotationJws, kNotationCose};
}

// The formats to look for: those of --format, each once, or all.
Result<std::vector<FormatId>> FormatsOf(const Session& session, const trust::TrustRoot& root) {
  std::vector<FormatId> formats;
  const std::optional<std::string> text = session.arguments.Value("format");
  if (!text) return AllFormats(root);
  for (const std::string& name : SplitAtCommas(*text)) {
    const std::optional<FormatId> format = signature::FormatFromName(name);
    if (!format) {
      return Error(ErrorCode::kConfig,
                   "--format: want bundle, cosign, notation-jws, notation-cose or several with "
                   "commas, not \"" +
                       Printable(name, 60) + "\"");
    }
    if (std::find(formats.begin(), formats.end(), *format) == formats.end()) {
      formats.push_back(*format);
    }
  }
  return formats;
}

Result<Question> ReadQuestion(const Session& session) {
  HALLMARK_ASSIGN(std::vector<Target> targets, ReadTargets(session));
  HALLMARK_ASSIGN(policy::TrustPolicy policy, PolicyOf(session, targets));
  HALLMARK_ASSIGN(std::vector<FormatId> formats, FormatsOf(session, policy.trust_root()));
  Question question{
      std::move(targets), std::move(policy), std::move(formats), {}, session.clock.Now(), {}};
  HALLMARK_ASSIGN(question.options.platform, PlatformOf(session));
  question.options.recursive = session.arguments.Has("recursive");
  if (session.arguments.Has("local-revocation")) {
    question.loosened.emplace_back("--local-revocation");
  }
  if (const auto time = session.arguments.Value("as-of")) {
    Result<UnixTime> parsed = encoding::FromRfc3339(*time);
    if (!parsed.ok()) return Error(ErrorCode::kConfig, "--as-of: " + parsed.error().message());
    question.now = parsed.value();
    question.loosened.push_back("--as-of " + encoding::ToRfc3339(parsed.value()));
  }
  return question;
}

class Run {
 public:
  Run(const Session& session, World& world, const Question& question)
      : world_(world),
        question_(question),
        revocation_(session),
        plugins_(session.environment),
        verbose_(session.arguments.Has("verbose") ? &session.console : nullptr) {
    for (const Target& target : question.targets) places_.push_back(world.Find(target));
    for (const FormatId id : question.formats) AddFormat(id);
  }

  // Every verdict of one REF. Safe for several threads.
  std::vector<policy::VerdictReport> Verify(std::size_t index) {
    const auto began = std::chrono::steady_clock::now();
    RequestLog log(verbose_);
    std::vector<policy::VerdictReport> reports;
    for (verify::Outcome& outcome : Outcomes(index, log)) {
      policy::VerdictReport report;
      report.reference = NameOf(question_.targets[index], outcome);
      report.digest = outcome.digest;
      report.platform = outcome.platform;
      report.verdict = std::move(outcome.verdict);
      SayWhatDecides(question_.targets[index], report.verdict);
      for (const auto* names : {&question_.loosened, &world_.loosened()}) {
        report.verdict.loosened.insert(report.verdict.loosened.end(), names->begin(), names->end());
      }
      report.evidence = std::move(outcome.evidence);
      report.policy_sha256 = question_.policy.sha256();
      reports.push_back(std::move(report));
    }
    // Children are asked together with their index: the cost is told once, with the first.
    reports.front().requests = log.Hosts();
    reports.front().elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    return reports;
  }

 private:
  // JWS and COSE envelopes are found at one place: one format reads both.
  void AddFormat(FormatId id) {
    if (id == bundles_.id()) formats_.push_back(&bundles_);
    if (id == cosign_.id()) formats_.push_back(&cosign_);
    if (!IsNotation(id) || notation_) return;
    std::vector<FormatId> kinds;
    std::copy_if(question_.formats.begin(), question_.formats.end(), std::back_inserter(kinds),
                 IsNotation);
    formats_.push_back(&notation_.emplace(std::move(kinds)));
  }

  static void SayWhatDecides(const Target& target, policy::Verdict& verdict) {
    if (!target.tag || !target.digest) return;
    verdict.detail += (verdict.detail.empty() ? "" : "; ") + std::string(kTagNotAsked);
  }

  static std::string NameOf(const Target& target, const verify::Outcome& outcome) {
    if (target.kind == TargetKind::kRegistry || !outcome.reference.repository().is_layout()) {
      return outcome.reference.ToString();
    }
    return target.text;
  }

  std::vector<verify::Outcome> Outcomes(std::size_t index, RequestLog& log) {
    const Result<Place>& place = places_[index];
    if (!place.ok()) return {Unresolved(question_.targets[index], place.error())};
    const verify::Parts parts{*place.value().reader, formats_, question_.policy,
                              &revocation_.checker(), &plugins_};
    return verify::Verify(world_.Start(&log), parts, place.value().reference, question_.options,
                          question_.now);
  }

  // A layout or archive that is there and bad.
  verify::Outcome Unresolved(const Target& target, const Error& error) const {
    const std::optional<std::string> tag =
        target.tag || target.digest ? target.tag : std::optional<std::string>("latest");
    oci::Reference reference = oci::Reference::Of(target.repository, tag, target.digest);
    policy::Verdict verdict = question_.policy.RuleFor(reference).DecideUnresolved(error);
    return {std::move(reference), target.digest, std::nullopt, std::move(verdict), {}};
  }

  World& world_;
  const Question& question_;
  RevocationLookup revocation_;
  VerificationPlugins plugins_;
  Console* verbose_;
  signature::BundleFormat bundles_;
  signature::CosignFormat cosign_;
  std::optional<signature::NotationFormat> notation_;
  std::vector<const signature::Format*> formats_;
  std::vector<Result<Place>> places_;
};

OutputStyle StyleOf(const Session& session, std::string_view format) {
  OutputStyle style{format, Detail::kUsual, false};
  if (session.arguments.Has("quiet")) style.detail = Detail::kHead;
  if (session.arguments.Has("explain")) style.detail = Detail::kExplain;
  style.one_document = session.arguments.words().size() == 1 &&
                       session.arguments.words().front() != "-" && !session.arguments.Has("from") &&
                       !session.arguments.Has("recursive");
  return style;
}

ExitCode Verify(Session& session) {
  Result<Question> question = ReadQuestion(session);
  if (!question.ok()) return Refuse(session, question.error());
  const std::vector<Target>& targets = question.value().targets;
  Result<std::unique_ptr<World>> world = World::Build(session, targets);
  if (!world.ok()) return Refuse(session, world.error());

  const std::string format = session.arguments.Value("output").value_or("text");
  const std::unique_ptr<VerdictOutput> output =
      MakeVerdictOutput(StyleOf(session, format), session.console);
  const Preparation preparation(question.value().policy.trust_root());
  Run run(session, *world.value(), question.value());
  ExitCode code = ExitCode::kDone;
  const auto began = std::chrono::steady_clock::now();
  const std::function<std::vector<policy::VerdictReport>(std::size_t)> work =
      [&](std::size_t index) { return run.Verify(index); };
  InOrder<std::vector<policy::VerdictReport>>(
      targets.size(), kRefsAtOnce, work,
      [&](std::size_t index, const std::vector<policy::VerdictReport>& reports) {
        for (const policy::VerdictReport& report : reports) {
          output->Add(report);
          code = Worse(code, ForVerdict(report.verdict));
        }
        if (targets.size() > 1 && std::chrono::steady_clock::now() - began > kProgressAfter) {
          session.console.Progress("verified " + std::to_string(index + 1) + " of " +
                                   std::to_string(targets.size()));
        }
      });
  output->End();
  return code;
}

}  // namespace

constexpr Verb kVerifyVerb = {
    .name = "verify",
    .synopsis = "REF... --policy FILE | --key KEYREF... | --trust-store DIR [flags]",
    .summary = "Verifies images against a trust policy, or against keys or certificates.",
    .about =
        "Every REF gets its own verdict: allowed, denied, unsigned or unknown. Several REFs\n"
        "end with the exit code of the first of 2, 1, 3, 4 that occurred, else 0.",
    .examples =
        "hallmark verify --policy policy.json registry.example/app:1.4     by policy\n"
        "hallmark verify --key ci.pub -a env=prod oci:image:1.0            by key",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Verify,
};

}  // namespace hallmark::cli
