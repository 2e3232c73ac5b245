#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "tools/common/attachments.h"
#include "tools/common/opened.h"
#include "tools/common/option_groups.h"
#include "tools/common/request_log.h"
#include "tools/hallmark/verbs.h"

namespace hallmark::cli {
namespace {

constexpr Option kOptions[] = {kLogicalName, kOffline, kTimeout, kOutput};
constexpr OptionGroup kGroups[] = {{"Tree", kOptions}, kRegistryOptions};

constexpr std::size_t kMaxDepth = 3;  // index, image, its signature's own referrers
constexpr std::size_t kMaxNodes = 256;

struct Node {
  std::string label;  // printable
  std::string digest;
  std::vector<Node> children;
};

// Walks an image, its children and what is attached to each.
class Walk {
 public:
  Walk(const Context& context, store::Reader& reader, const oci::Repository& repository)
      : context_(context), reader_(reader), repository_(repository) {}

  Node Image(std::string label, const store::Subject& subject, std::size_t depth) {
    Node node{std::move(label), subject.digest().ToString(), {}};
    AddAttached(node, subject.digest(), depth);
    const auto* index = std::get_if<oci::ImageIndex>(&subject.document());
    if (index == nullptr || depth == kMaxDepth) return node;
    for (const oci::Descriptor& child : index->manifests) {
      if (++nodes_ > kMaxNodes) return Cut(std::move(node));
      const std::string name = child.platform ? Printable(child.platform->ToString()) : "image";
      Result<store::Subject> resolved = store::ResolveChild(context_, reader_, subject, child);
      if (resolved.ok()) {
        node.children.push_back(Image(name, resolved.value(), depth + 1));
      } else {
        Note(resolved.error());
        node.children.push_back(
            {name + ": " + resolved.error().message(), child.digest.ToString(), {}});
      }
    }
    return node;
  }

  const std::optional<Error>& gap() const { return gap_; }

 private:
  void Note(const Error& error) {
    if (!gap_) gap_ = error;
  }

  Node Cut(Node node) {
    Note(Error(ErrorCode::kLimit, "more than 256 entries"));
    return node;
  }

  static std::string LabelOf(const Attachment& attachment) {
    std::string label = attachment.format.empty() ? attachment.artifact_type : attachment.format;
    if (label.empty()) label = "artifact";
    if (!attachment.predicate_type.empty()) label += " " + attachment.predicate_type;
    if (!attachment.signer_hint.empty()) label += " by " + attachment.signer_hint;
    if (!attachment.created.empty()) label += " of " + attachment.created;
    return attachment.complaint.empty() ? label : label + ": " + attachment.complaint;
  }

  void AddAttached(Node& node, const oci::Digest& digest, std::size_t depth) {
    const Attachments attached = FindAttachments(context_, reader_, repository_, digest);
    if (attached.gap) Note(*attached.gap);
    for (const Attachment& attachment : attached.found) {
      if (++nodes_ > kMaxNodes) return Note(Error(ErrorCode::kLimit, "more than 256 entries"));
      Node child{LabelOf(attachment), attachment.digest.ToString(), {}};
      // Signatures of an SBOM hang below the SBOM; nothing hangs below a signature.
      if (depth < kMaxDepth && attachment.format.empty()) {
        AddAttached(child, attachment.digest, depth + 1);
      }
      node.children.push_back(std::move(child));
    }
  }

  const Context& context_;
  store::Reader& reader_;
  const oci::Repository& repository_;
  std::size_t nodes_ = 0;
  std::optional<Error> gap_;
};

void Draw(const Node& node, const std::string& indent, std::string& text) {
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const bool is_last = i + 1 == node.children.size();
    const Node& child = node.children[i];
    text += indent + (is_last ? "`- " : "|- ") + child.digest + "  " + child.label + "\n";
    Draw(child, indent + (is_last ? "   " : "|  "), text);
  }
}

json::Value ToJson(const Node& node) {
  std::vector<json::Value> children;
  for (const Node& child : node.children) children.push_back(ToJson(child));
  return json::Value::Object({{"digest", json::Value::String(node.digest)},
                              {"label", json::Value::String(node.label)},
                              {"children", json::Value::Array(std::move(children))}});
}

void Print(Session& session, const Node& root, const std::optional<Error>& gap) {
  if (session.arguments.Value("output") == "json") {
    session.console.Out(json::ToIndentedText(json::Value::Object(
        {{"schema", json::Value::String("hallmark.tree/v1")},
         {"verified", json::Value::Bool(false)},
         {"gap", gap ? json::Value::String(gap->message()) : json::Value::Null()},
         {"tree", ToJson(root)}})));
    return;
  }
  std::string text = root.digest + "  " + root.label + "\n";
  Draw(root, "", text);
  if (gap) text += "could not find out everything: " + gap->message() + "\n";
  session.console.Out(text + "nothing here was verified\n");
}

ExitCode Tree(Session& session) {
  const Result<Done> words = CheckWords(session, 1, 1);
  if (!words.ok()) return Refuse(session, words.error());
  Result<Opened> opened = OpenRef(session, session.arguments.words().front());
  if (!opened.ok()) return Fail(session, opened.error());
  const auto& [target, world, place] = opened.value();

  RequestLog log(session.arguments.Has("verbose") ? &session.console : nullptr);
  const Context context = world->Start(&log);
  store::Reader& reader = *place.reader;
  const Result<store::Subject> subject = store::Resolve(context, reader, place.reference);
  if (!subject.ok()) return Fail(session, Error(subject.error()).While(target.text));
  Walk walk(context, reader, place.reference.repository());
  const Node root = walk.Image(target.text, subject.value(), 1);
  Print(session, root, walk.gap());
  return walk.gap() ? ForError(*walk.gap()) : ExitCode::kDone;
}

}  // namespace

constexpr Verb kTreeVerb = {
    .name = "tree",
    .synopsis = "REF [flags]",
    .summary = "Draws an image, its platforms and what is attached to each.",
    .about = "Proves nothing and says so.",
    .examples =
        "hallmark tree registry.example/app:1.4     an index and its signatures\n"
        "hallmark tree oci:image                    a layout of one image",
    .groups = kGroups,
    .positional = Hint::kFile,
    .run = Tree,
};

}  // namespace hallmark::cli
