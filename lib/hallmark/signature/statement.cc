#include "hallmark/signature/statement.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/encoding/json.h"
#include "hallmark/encoding/json_outline.h"
#include "hallmark/signature/dsse.h"
#include "hallmark/signature/limits.h"
#include "hallmark/signature/sign_predicate.h"

namespace hallmark::signature {
namespace {

using json::Fields;
using json::Value;
using Annotations = std::map<std::string, std::string>;

constexpr std::string_view kStatementV1 = "https://in-toto.io/Statement/v1";
constexpr std::string_view kStatementV01 = "https://in-toto.io/Statement/v0.1";
// cosign's --type spdx signs the document as one text.
constexpr std::string_view kSpdxType = "https://spdx.dev/Document";

// Whether a subject's digest set names `digest`. Every entry must be text.
Result<std::optional<Done>> MatchDigest(Fields& subject, const oci::Digest& digest) {
  HALLMARK_ASSIGN(const Value* digests, subject.Object("digest"));
  if (digests->object()->empty()) return subject.Complain("digest", "want at least one digest");
  std::optional<Done> match;
  for (const json::Member& member : *digests->object()) {
    const std::string* hex = member.value.string();
    if (hex == nullptr) return subject.Complain("digest", "want digests as text");
    if (member.name == digest.algorithm_name() && *hex == digest.hex()) match = Done{};
  }
  return match;
}

Result<Annotations> ParseAnnotations(Fields& subject) {
  HALLMARK_ASSIGN(const Value* object, subject.OptionalObject("annotations"));
  Annotations annotations;
  if (object == nullptr) return annotations;
  for (const json::Member& member : *object->object()) {
    if (member.value.string() != nullptr) annotations[member.name] = *member.value.string();
  }
  return annotations;
}

// Leaves in `kept` what `other` says too.
void Intersect(Annotations& kept, const Annotations& other) {
  std::erase_if(kept, [&other](const Annotations::value_type& entry) {
    const auto found = other.find(entry.first);
    return found == other.end() || found->second != entry.second;
  });
}

// The annotations of the subject, or kMismatch when the list does not name it. Every entry is
// read, so that what is refused does not depend on the order.
Result<Annotations> ParseSubjects(const std::vector<Value>& subjects, const oci::Digest& digest) {
  std::optional<Annotations> matched;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    HALLMARK_ASSIGN(Fields fields,
                    Fields::Of(subjects[i], "statement.subject[" + std::to_string(i) + "]"));
    HALLMARK_ASSIGN(const std::optional<Done> match, MatchDigest(fields, digest));
    HALLMARK_ASSIGN(Annotations annotations, ParseAnnotations(fields));
    if (!match) continue;
    if (matched) {
      Intersect(*matched, annotations);
    } else {
      matched = std::move(annotations);
    }
  }
  if (matched) return *std::move(matched);
  return Error(ErrorCode::kMismatch,
               "the signed statement is about another image, not " + digest.ToString());
}

Result<Done> CheckType(Fields& statement) {
  HALLMARK_ASSIGN(const std::string type, statement.String("_type"));
  if (type == kStatementV1 || type == kStatementV01) return Done{};
  return statement.Complain("_type", "want " + std::string(kStatementV1));
}

Result<Done> CheckPredicate(Fields& statement, const std::string& predicate_type,
                            const std::optional<json::Part>& predicate) {
  if (statement.OptionalAny("predicate") == nullptr || !predicate) return Done{};
  if (predicate->kind == json::Kind::kObject) return Done{};
  if (predicate->kind == json::Kind::kString && predicate_type == kSpdxType) return Done{};
  return statement.Complain("predicate", "want an object");
}

// A signature's predicate is small; those of attestations are left as they are.
Result<Done> ParseSignature(const std::optional<json::Part>& predicate, Claim& claim) {
  if (claim.predicate_type != kSignPredicate || !predicate) return Done{};
  Result<Value> value =
      json::Parse(predicate->text, {kMaxEnvelopeBytes, kMaxStatementDepth, kMaxStatementValues});
  if (!value.ok()) return std::move(value).error().While("statement.predicate");
  return ParseSignPredicate(value.value(), "statement.predicate", claim);
}

Result<Claim> ParseFields(Fields& statement, const std::optional<json::Part>& predicate,
                          const oci::Digest& digest) {
  HALLMARK_RETURN_IF_ERROR(CheckType(statement));
  HALLMARK_ASSIGN(std::string predicate_type, statement.String("predicateType"));
  if (predicate_type.empty()) return statement.Complain("predicateType", "want a type");
  HALLMARK_RETURN_IF_ERROR(CheckPredicate(statement, predicate_type, predicate));
  HALLMARK_ASSIGN(const std::vector<Value>* subjects, statement.Array("subject"));
  if (subjects->empty()) return statement.Complain("subject", "want at least one subject");
  if (subjects->size() > kMaxSubjects) {
    return Error(ErrorCode::kLimit,
                 "the statement has more than " + std::to_string(kMaxSubjects) + " subjects");
  }
  Claim claim{digest, std::move(predicate_type), {}, {}, {}, {}, {}};
  HALLMARK_ASSIGN(claim.annotations, ParseSubjects(*subjects, digest));
  HALLMARK_RETURN_IF_ERROR(ParseSignature(predicate, claim));
  return claim;
}

Value WriteAnnotations(const Annotations& annotations) {
  std::vector<std::pair<std::string, Value>> members;
  for (const auto& [name, value] : annotations) members.emplace_back(name, Value::String(value));
  return Value::Object(std::move(members));
}

}  // namespace

Result<Claim> ParseStatement(const crypto::SignedBytes& encoding, const oci::Digest& subject) {
  HALLMARK_ASSIGN(const SignedPayload content, SplitPreAuth(encoding));
  if (content.payload_type != kInTotoType) {
    return Error(
        ErrorCode::kMalformed,
        "the signed payload is no in-toto statement: want payloadType " + std::string(kInTotoType));
  }
  HALLMARK_ASSIGN(
      const json::Outline outline,
      json::ParseOutline(content.payload,
                         {kMaxAttestationBytes, kMaxStatementDepth, kMaxStatementValues},
                         "predicate", kMaxPredicateValues));
  HALLMARK_ASSIGN(Fields fields, Fields::Of(outline.document, "statement"));
  return ParseFields(fields, outline.part, subject);
}

Result<Bytes> WriteStatement(const Claim& claim) {
  HALLMARK_RETURN_IF_ERROR(CheckWritable(claim));
  Value digest = Value::Object(
      {{std::string(claim.subject.algorithm_name()), Value::String(claim.subject.hex())}});
  Value subject = Value::Object(
      {{"digest", std::move(digest)}, {"annotations", WriteAnnotations(claim.annotations)}});
  return json::Canonical(Value::Object({{"_type", Value::String(std::string(kStatementV1))},
                                        {"subject", Value::Array({std::move(subject)})},
                                        {"predicateType", Value::String(claim.predicate_type)},
                                        {"predicate", WriteSignPredicate(claim)}}));
}

Bytes WriteAttestation(const Attestation& attestation, const oci::Digest& subject,
                       const oci::Repository& repository) {
  std::vector<std::pair<std::string, Value>> members;
  if (!repository.is_layout()) members.emplace_back("name", Value::String(repository.ToString()));
  members.emplace_back(
      "digest",
      Value::Object({{std::string(subject.algorithm_name()), Value::String(subject.hex())}}));
  Value subjects = Value::Array({Value::Object(std::move(members))});
  std::string head =
      json::ToText(Value::Object({{"_type", Value::String(std::string(kStatementV1))},
                                  {"subject", std::move(subjects)},
                                  {"predicateType", Value::String(attestation.predicate_type())}}));
  head.back() = ',';  // in place of the closing brace
  head += "\"predicate\":";
  Bytes statement;
  statement.reserve(head.size() + attestation.predicate().size() + 1);
  statement.insert(statement.end(), head.begin(), head.end());
  statement.insert(statement.end(), attestation.predicate().begin(), attestation.predicate().end());
  statement.push_back('}');
  return statement;
}

}  // namespace hallmark::signature
