#include "hallmark/sign/sign.h"

#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/key_ref.h"
#include "tools/common/notation_keys.h"
#include "tools/common/notation_signer.h"
#include "tools/common/option_groups.h"
#include "tools/common/passphrase.h"
#include "tools/common/request_log.h"
#include "tools/common/signing_formats.h"
#include "tools/common/world.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kSigning[] = {
    {.name = "key",
     .arity = Arity::kOne,
     .argument = "KEYREF",
     .hint = Hint::kFile,
     .help = "the private key to sign with"},
    {.name = "format",
     .arity = Arity::kOne,
     .argument = "FORMATS",
     .help = "bundle (default), cosign, notation-jws, notation-cose; several with commas"},
    {.name = "cert-chain",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "the key's certificate, its issuers and their root, for the notation formats"},
    {.name = "timestamp-url",
     .arity = Arity::kOne,
     .argument = "URL",
     .help = "get an RFC 3161 timestamp there, for the notation formats"},
    {.name = "annotate",
     .letter = 'a',
     .arity = Arity::kMany,
     .argument = "k=v",
     .help = "sign this annotation too"},
    {.name = "expires",
     .arity = Arity::kOne,
     .argument = "90d",
     .help = "the signature counts for so long (s, m, h, d, w, y)"},
    {.name = "record-identity",
     .arity = Arity::kOne,
     .argument = "NAME",
     .help = "sign that name instead of the REF's own"},
    {.name = "recursive", .letter = 'r', .help = "an index and every image in it"},
    {.name = "skip-if-signed", .help = "do nothing where this key's signature is there already"},
    {.name = "dry-run", .help = "everything but the writes"},
};
constexpr Option kWhat[] = {kFrom, kLogicalName, kTimeout};
constexpr Option kHow[] = {kOutput};
constexpr OptionGroup kGroups[] = {
    {"Signing", kSigning}, {"What to sign", kWhat}, {"Output", kHow}, kRegistryOptions};

struct Order {
  std::vector<Target> targets;
  sign::Options options;
  std::string key_ref;
  std::optional<std::string> cert_chain;
  std::optional<std::string> formats;
};

// The formats and, for those that want it, the signer's certificates. A key that happens to bring
// some along signs bundles by default, as every other.
Result<SigningFormats> FormatsOf(const Session& session, World& world, const Order& order,
                                 const SigningKey& key) {
  HALLMARK_ASSIGN(const bool wants_certificates, WantCertificates(order.formats));
  if (key.make_envelope) HALLMARK_RETURN_IF_ERROR(WantCertificatesAlone(order.formats));
  if (wants_certificates || order.cert_chain || key.make_envelope) {
    HALLMARK_ASSIGN(const auto signer, MakeNotationSigner(session, world, order.cert_chain, key));
    return MakeSigningFormats(order.formats, signer, session.clock.Now());
  }
  if (session.arguments.Has("timestamp-url")) {
    return Error(ErrorCode::kConfig, "--timestamp-url is for notation-jws and notation-cose");
  }
  return MakeSigningFormats(order.formats, std::nullopt, session.clock.Now());
}

// A key of notation's own list: its certificates come along, and it signs as notation would.
Result<Done> ResolveKey(const Session& session, Order& order) {
  if (!IsNotationKey(order.key_ref)) return Done{};
  HALLMARK_ASSIGN(NotationKey key, FindNotationKey(session.environment, order.key_ref));
  order.key_ref = std::move(key.key_ref);
  if (!order.cert_chain) order.cert_chain = std::move(key.cert_chain);
  if (!order.formats) order.formats = "notation-jws";
  return Done{};
}

// "registry.example/app" or "registry.example/app:1.4".
Result<sign::Identity> ParseIdentity(const std::string& name) {
  Result<oci::Repository> repository = oci::Repository::Parse(name);
  if (repository.ok()) return sign::Identity{std::move(repository).value(), std::nullopt};
  Result<oci::Reference> reference = oci::Reference::Parse(name);
  if (reference.ok() && !reference.value().digest()) {
    return sign::Identity{reference.value().repository(), reference.value().tag()};
  }
  const std::string why = reference.ok() ? "a digest is signed in any case; give a name and a tag"
                                         : reference.error().message();
  return Error(ErrorCode::kConfig, "--record-identity: " + why);
}

Result<Order> ReadOrder(const Session& session) {
  Order order;
  HALLMARK_ASSIGN(order.targets, ReadTargets(session));
  const std::optional<std::string> key_ref = session.arguments.Value("key");
  if (!key_ref) return Error(ErrorCode::kConfig, "say which key to sign with: --key KEYREF");
  order.key_ref = *key_ref;
  order.cert_chain = session.arguments.Value("cert-chain");
  order.formats = session.arguments.Value("format");
  HALLMARK_RETURN_IF_ERROR(WantCertificates(order.formats));
  HALLMARK_RETURN_IF_ERROR(ResolveKey(session, order));
  HALLMARK_ASSIGN(order.options.annotations, session.arguments.Pairs("annotate"));
  if (const auto text = session.arguments.Value("expires")) {
    HALLMARK_ASSIGN(const auto time, ParseDuration(*text, "--expires"));
    if (time < std::chrono::seconds(1)) {
      return Error(ErrorCode::kConfig, "--expires: want at least one second");
    }
    order.options.expires_in = std::chrono::duration_cast<std::chrono::seconds>(time);
  }
  if (const auto name = session.arguments.Value("record-identity")) {
    HALLMARK_ASSIGN(order.options.identity, ParseIdentity(*name));
  }
  order.options.recursive = session.arguments.Has("recursive");
  order.options.skip_if_signed = session.arguments.Has("skip-if-signed");
  order.options.dry_run = session.arguments.Has("dry-run");
  return order;
}

// Prints what was done, signature by signature.
class Printer {
 public:
  Printer(Session& session, std::string key_id, bool dry_run)
      : session_(session),
        is_json_(session.arguments.Value("output") == "json"),
        key_id_(std::move(key_id)),
        dry_run_(dry_run) {}

  void Add(const Place& place, const sign::Signed& done) {
    std::string name = place.reference.repository().ToString() + "@" + done.subject.ToString();
    if (is_json_) {
      documents_.push_back(ToJson(name, done));
    } else {
      if (done.platform) name += " (" + Printable(done.platform->ToString()) + ")";
      if (done.artifact) name += " with " + done.artifact->ToString();
      session_.console.Out(Word(done) + " " + name + " (" + std::string(ToName(done.format)) +
                           ", key " + key_id_ + ")\n");
    }
  }

  void End() {
    if (is_json_) {
      session_.console.Out(json::ToIndentedText(json::Value::Array(std::move(documents_))));
    }
  }

 private:
  std::string Word(const sign::Signed& done) const {
    if (done.was_there) return "already signed";
    return dry_run_ ? "would sign" : "signed";
  }

  json::Value ToJson(const std::string& name, const sign::Signed& done) const {
    using json::Value;
    return Value::Object(
        {{"schema", Value::String("hallmark.signed/v1")},
         {"reference", Value::String(name)},
         {"digest", Value::String(done.subject.ToString())},
         {"platform",
          done.platform ? Value::String(Printable(done.platform->ToString())) : Value::Null()},
         {"artifact", done.artifact ? Value::String(done.artifact->ToString()) : Value::Null()},
         {"format", Value::String(std::string(ToName(done.format)))},
         {"key", Value::String(key_id_)},
         {"outcome", Value::String(done.was_there ? "already-signed"
                                                  : (dry_run_ ? "would-sign" : "signed"))}});
  }

  Session& session_;
  bool is_json_;
  std::string key_id_;
  bool dry_run_;
  std::vector<json::Value> documents_;
};

// With what everything is signed.
struct Pen {
  crypto::Signer& signer;
  const SigningFormats& formats;
};

ExitCode SignOne(Session& session, World& world, const Place& place, const Pen& pen,
                 const Order& order, Printer& printer) {
  RequestLog log(session.arguments.Has("verbose") ? &session.console : nullptr);
  std::vector<const signature::SigningFormat*> formats;
  for (const auto& format : pen.formats) formats.push_back(format.get());
  const sign::Report report =
      sign::Sign(world.Start(&log), {*place.reader, *place.writer}, formats, place.reference,
                 pen.signer, order.options, session.clock.Now());
  for (const sign::Signed& done : report.done) printer.Add(place, done);
  ExitCode code = ExitCode::kDone;
  for (const Error& error : report.errors) code = Worse(code, Fail(session, error));
  return code;
}

ExitCode Sign(Session& session) {
  const Result<Order> order = ReadOrder(session);
  if (!order.ok()) return Refuse(session, order.error());
  Result<std::unique_ptr<World>> world = World::Build(session, order.value().targets);
  if (!world.ok()) return Refuse(session, world.error());
  const Result<std::vector<Place>> places = world.value()->FindWritable(order.value().targets);
  if (!places.ok()) return Fail(session, places.error());
  Passphrases passphrases(session.environment);
  const Result<SigningKey> key = OpenSigningKey(session.environment, order.value().key_ref,
                                                NotationKindOf(order.value().formats), passphrases);
  if (!key.ok()) return Refuse(session, key.error());
  crypto::Signer& signer = *key.value().signer;
  const Result<SigningFormats> formats =
      FormatsOf(session, *world.value(), order.value(), key.value());
  if (!formats.ok()) return Refuse(session, formats.error());

  Printer printer(session, signer.public_key().id(), order.value().options.dry_run);
  ExitCode code = ExitCode::kDone;
  const Pen pen{signer, formats.value()};
  for (const Place& place : places.value()) {
    code = Worse(code, SignOne(session, *world.value(), place, pen, order.value(), printer));
  }
  printer.End();
  return code;
}

}  // namespace

constexpr Verb kSignVerb = {
    .name = "sign",
    .synopsis = "REF... --key KEYREF [flags]",
    .summary = "Signs images; the signature is stored beside the image.",
    .about =
        "One detached signature a REF and format. It says which digest was signed, under which\n"
        "name, when, and until when. The key is opened once, however many REFs there are.\n"
        "  bundle  a sigstore bundle, a referrer of the image: read by cosign 3\n"
        "  cosign  cosign v2's .sig tag: read by cosign 2 and 3, skopeo, podman, CRI-O\n"
        "  notation-jws, notation-cose  of the Notary Project, by a certificate (--cert-chain):\n"
        "          read by notation and Ratify; the name is not signed",
    .examples =
        "hallmark sign --key ci.key registry.example/app:1.4                 one image\n"
        "hallmark sign --key ci.key -r --expires 90d registry.example/app:1.4   an index\n"
        "hallmark sign --key ci.key --format bundle,cosign registry.example/app:1.4   for all",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Sign,
};

}  // namespace hallmark::cli
