#include "hallmark/sign/attest.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/policy/predicate_type.h"
#include "hallmark/predicate/limits.h"
#include "hallmark/predicate/predicate.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "tools/common/comma_list.h"
#include "tools/common/file_reading.h"
#include "tools/common/key_ref.h"
#include "tools/common/option_groups.h"
#include "tools/common/passphrase.h"
#include "tools/common/request_log.h"
#include "tools/common/world.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kAttesting[] = {
    {.name = "type",
     .arity = Arity::kOne,
     .argument = "TYPE",
     .help = "slsaprovenance1, spdx, cyclonedx, vuln, openvex, ..., or a URI"},
    {.name = "predicate",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "the document, one JSON object; - reads stdin"},
    {.name = "key",
     .arity = Arity::kOne,
     .argument = "KEYREF",
     .hint = Hint::kFile,
     .help = "the private key to sign with"},
    {.name = "format",
     .arity = Arity::kOne,
     .argument = "FORMATS",
     .help = "bundle (default) or cosign; both with a comma"},
    {.name = "dry-run", .help = "everything but the writes"},
};
constexpr Option kWhat[] = {kFrom, kLogicalName, kTimeout};
constexpr Option kHow[] = {kOutput};
constexpr OptionGroup kGroups[] = {
    {"Attesting", kAttesting}, {"What to attest", kWhat}, {"Output", kHow}, kRegistryOptions};

// All that attestations are written in.
struct Formats {
  signature::BundleFormat bundle;
  signature::CosignFormat cosign;
};

struct Order {
  std::vector<Target> targets;
  std::vector<signature::FormatId> formats;
  std::string key_ref;
  signature::Attestation attestation;
};

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

Result<std::string> Needed(const Session& session, std::string_view flag, std::string_view what) {
  std::optional<std::string> value = session.arguments.Value(flag);
  if (!value) return Config("say " + std::string(what));
  return *std::move(value);
}

// "bundle", "cosign" or both with a comma, each once.
Result<std::vector<signature::FormatId>> ParseFormats(std::string_view list) {
  using signature::FormatId;
  std::vector<FormatId> formats;
  for (const std::string& name : SplitAtCommas(list)) {
    const auto format = signature::FormatFromName(name);
    if (format != FormatId::kSigstoreBundle && format != FormatId::kCosign) {
      return Config("--format: \"" + Printable(name) +
                    "\" holds no attestations; want bundle, cosign or both with a comma");
    }
    if (std::find(formats.begin(), formats.end(), *format) == formats.end()) {
      formats.push_back(*format);
    }
  }
  return formats;
}

// Said before anything is read: the first reader would leave nothing to the second.
Result<Done> CheckStdin(const Session& session) {
  const bool is_taken = TakesRefsFromStdin(session) || session.arguments.Has("password-stdin");
  if (session.arguments.Value("predicate") != "-" || !is_taken) return Done{};
  return Config("--predicate -: something else comes from stdin already");
}

Result<Bytes> ReadPredicate(const std::string& file) {
  return file == "-" ? ReadStdin(predicate::kMaxBytes) : ReadFile(file, predicate::kMaxBytes);
}

// A type that was named by its short name is what it says, or is not signed. The document is not
// kept: what is signed are the bytes.
Result<Done> CheckKind(const std::string& name, const std::string& type, ByteView document) {
  if (name == type || !predicate::KindOf(type)) return Done{};
  HALLMARK_ASSIGN(const json::Value value, json::Parse(document, predicate::kJsonLimits));
  HALLMARK_RETURN_IF_ERROR(predicate::ParsePredicate(type, value));
  return Done{};
}

Result<signature::Attestation> ReadAttestation(const Session& session) {
  HALLMARK_ASSIGN(const std::string name, Needed(session, "type", "what it is: --type TYPE"));
  const Result<std::string> type = policy::PredicateTypeFromName(name);
  if (!type.ok()) return Config("--type: " + type.error().message());
  HALLMARK_ASSIGN(const std::string file,
                  Needed(session, "predicate", "which document to sign: --predicate FILE"));
  HALLMARK_ASSIGN(Bytes document, ReadPredicate(file));
  const std::string shown = file == "-" ? "stdin" : Printable(file);
  const Result<Done> kind = CheckKind(name, type.value(), document);
  if (!kind.ok()) {
    return Config(shown + " is no " + Printable(name) + ": " + kind.error().message());
  }
  Result<signature::Attestation> attestation =
      signature::Attestation::Of(type.value(), std::move(document));
  if (!attestation.ok()) return Config(shown + ": " + attestation.error().message());
  return attestation;
}

Result<Order> ReadOrder(const Session& session) {
  HALLMARK_RETURN_IF_ERROR(CheckStdin(session));
  HALLMARK_ASSIGN(std::vector<signature::FormatId> formats,
                  ParseFormats(session.arguments.Value("format").value_or("bundle")));
  HALLMARK_ASSIGN(std::vector<Target> targets, ReadTargets(session));
  HALLMARK_ASSIGN(std::string key_ref,
                  Needed(session, "key", "which key to sign with: --key KEYREF"));
  HALLMARK_ASSIGN(signature::Attestation attestation, ReadAttestation(session));
  return Order{std::move(targets), std::move(formats), std::move(key_ref), std::move(attestation)};
}

// Prints what was done, image by image.
class Printer {
 public:
  Printer(Session& session, std::string key_id, const Order& order)
      : session_(session),
        is_json_(session.arguments.Value("output") == "json"),
        outcome_(session.arguments.Has("dry-run") ? "would-attest" : "attested"),
        key_id_(std::move(key_id)),
        type_(order.attestation.predicate_type()) {}

  void Add(const Place& place, const sign::Attested& done) {
    std::string name = place.reference.repository().ToString() + "@" + done.subject.ToString();
    if (is_json_) {
      documents_.push_back(ToJson(name, done));
      return;
    }
    const std::string word = outcome_ == "attested" ? "attested" : "would attest";
    if (done.artifact) name += " with " + done.artifact->ToString();
    session_.console.Out(word + " " + name + " (" + std::string(ToName(done.format)) + ", " +
                         Printable(type_) + ", key " + key_id_ + ")\n");
  }

  void End() {
    if (is_json_) {
      session_.console.Out(json::ToIndentedText(json::Value::Array(std::move(documents_))));
    }
  }

 private:
  json::Value ToJson(const std::string& name, const sign::Attested& done) const {
    using json::Value;
    return Value::Object(
        {{"schema", Value::String("hallmark.attested/v1")},
         {"reference", Value::String(name)},
         {"digest", Value::String(done.subject.ToString())},
         {"artifact", done.artifact ? Value::String(done.artifact->ToString()) : Value::Null()},
         {"format", Value::String(std::string(ToName(done.format)))},
         {"predicateType", Value::String(type_)},
         {"key", Value::String(key_id_)},
         {"outcome", Value::String(outcome_)}});
  }

  Session& session_;
  bool is_json_;
  std::string outcome_;
  std::string key_id_;
  std::string type_;
  std::vector<json::Value> documents_;
};

ExitCode AttestOne(Session& session, World& world, const Place& place, crypto::Signer& signer,
                   const Order& order, Printer& printer) {
  RequestLog log(session.arguments.Has("verbose") ? &session.console : nullptr);
  const Formats all;
  std::vector<const signature::AttestingFormat*> formats;
  for (const signature::FormatId id : order.formats) {
    if (id == all.cosign.id()) {
      formats.push_back(&all.cosign);
    } else {
      formats.push_back(&all.bundle);
    }
  }
  const sign::AttestReport report = sign::Attest(
      world.Start(&log), {*place.reader, *place.writer}, formats, place.reference,
      order.attestation, signer, {session.arguments.Has("dry-run")}, session.clock.Now());
  for (const sign::Attested& done : report.done) printer.Add(place, done);
  ExitCode code = ExitCode::kDone;
  for (const Error& error : report.errors) code = Worse(code, Fail(session, error));
  return code;
}

ExitCode Attest(Session& session) {
  const Result<Order> order = ReadOrder(session);
  if (!order.ok()) return Refuse(session, order.error());
  Result<std::unique_ptr<World>> world = World::Build(session, order.value().targets);
  if (!world.ok()) return Refuse(session, world.error());
  const Result<std::vector<Place>> places = world.value()->FindWritable(order.value().targets);
  if (!places.ok()) return Fail(session, places.error());
  Passphrases passphrases(session.environment);
  const Result<std::unique_ptr<crypto::Signer>> signer =
      OpenSigner(session.environment, order.value().key_ref, passphrases);
  if (!signer.ok()) return Refuse(session, signer.error());

  Printer printer(session, signer.value()->public_key().id(), order.value());
  ExitCode code = ExitCode::kDone;
  for (const Place& place : places.value()) {
    code = Worse(
        code, AttestOne(session, *world.value(), place, *signer.value(), order.value(), printer));
  }
  printer.End();
  return code;
}

}  // namespace

constexpr Verb kAttestVerb = {
    .name = "attest",
    .synopsis = "REF... --type TYPE --predicate FILE --key KEYREF [flags]",
    .summary = "Signs what a document says of an image; verify --attestation asks for it.",
    .about =
        "An in-toto statement about the image's digest that holds the document byte for\n"
        "byte, in a sigstore bundle stored as a referrer. A document of a type that is known\n"
        "by name is read first, and refused where it is not what it should be.",
    .examples =
        "hallmark attest --type spdx --predicate sbom.json --key ci.key registry.example/app:1.4\n"
        "hallmark attest --type https://example.com/tested --predicate - --key ci.key oci:build",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Attest,
};

}  // namespace hallmark::cli
