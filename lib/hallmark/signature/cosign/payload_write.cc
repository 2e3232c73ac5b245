#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/encoding/json.h"
#include "hallmark/signature/cosign/internal/media_types.h"
#include "hallmark/signature/cosign/internal/payload.h"
#include "hallmark/signature/cosign/limits.h"
#include "hallmark/signature/sign_predicate.h"

namespace hallmark::signature::cosign {
namespace {

using json::Value;

// Within JSON these characters stand in strings only.
std::string EscapedAsGoDoes(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("<")) {
      escaped += "\\u003c";
    } else if (rest.starts_with(">")) {
      escaped += "\\u003e";
    } else if (rest.starts_with("&")) {
      escaped += "\\u0026";
    } else if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) {
      escaped += rest[2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      escaped += text[i];
    }
  }
  return escaped;
}

std::string NameOf(const Claim& claim) {
  if (!claim.repository) return "";
  return claim.tag ? *claim.repository + ":" + *claim.tag : *claim.repository;
}

Value OptionalOf(const Claim& claim) {
  std::map<std::string, Value> members;  // Go writes maps by name
  for (const auto& [name, text] : claim.annotations) members.emplace(name, Value::String(text));
  Claim ours = claim;
  ours.repository.reset();
  if (claim.repository) ours.tag.reset();
  const Value predicate = WriteSignPredicate(ours);
  if (const Value* hallmark = predicate.Find(kHallmarkMember)) {
    members.emplace(kHallmarkMember, *hallmark);
  }
  if (members.empty()) return Value::Null();
  return Value::Object({members.begin(), members.end()});
}

Result<Done> CheckSayable(const Claim& claim) {
  HALLMARK_RETURN_IF_ERROR(CheckWritable(claim));
  if (claim.predicate_type != kSignPredicate) {
    return Error(ErrorCode::kConfig, "cosign's payload says that an image is signed, not more");
  }
  if (claim.annotations.contains(std::string(kHallmarkMember))) {
    return Error(ErrorCode::kConfig, "annotation hallmark: the name is taken in this format");
  }
  return Done{};
}

}  // namespace

Result<Bytes> WritePayload(const Claim& claim) {
  HALLMARK_RETURN_IF_ERROR(CheckSayable(claim));
  const Value identity = Value::Object({{"docker-reference", Value::String(NameOf(claim))}});
  const Value image =
      Value::Object({{"docker-manifest-digest", Value::String(claim.subject.ToString())}});
  const Value critical = Value::Object(
      {{"identity", identity}, {"image", image}, {"type", Value::String(std::string(kType))}});
  const Value payload = Value::Object({{"critical", critical}, {"optional", OptionalOf(claim)}});
  Bytes bytes = ToBytes(EscapedAsGoDoes(json::ToText(payload)));
  if (bytes.size() > kMaxPayloadBytes) {
    return Error(ErrorCode::kLimit, "the payload would be larger than any that is read");
  }
  return bytes;
}

}  // namespace hallmark::signature::cosign
