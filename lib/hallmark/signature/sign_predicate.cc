#include "hallmark/signature/sign_predicate.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/base/utf8.h"
#include "hallmark/encoding/rfc3339.h"
#include "hallmark/oci/reference.h"

namespace hallmark::signature {
namespace {

using json::Fields;
using json::Value;

constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kMaxVersion = 1'000'000;

Result<std::optional<std::string>> ParseRepository(Fields& fields) {
  HALLMARK_ASSIGN(std::optional<std::string> text, fields.OptionalString("repository"));
  if (!text) return text;
  const Result<oci::Repository> repository = oci::Repository::Parse(*text);
  if (!repository.ok() || repository.value().ToString() != *text) {
    return fields.Complain("repository", "want registry/repository in canonical spelling");
  }
  return text;
}

Result<std::optional<std::string>> ParseTag(Fields& fields) {
  HALLMARK_ASSIGN(std::optional<std::string> text, fields.OptionalString("tag"));
  if (text && !oci::IsTag(*text)) return fields.Complain("tag", "want a tag");
  return text;
}

Result<std::optional<UnixTime>> ParseTime(Fields& fields, std::string_view name) {
  HALLMARK_ASSIGN(const std::optional<std::string> text, fields.OptionalString(name));
  if (!text) return std::optional<UnixTime>();
  const Result<UnixTime> time = encoding::FromRfc3339(*text);
  if (!time.ok() || encoding::ToRfc3339(time.value()) != *text) {
    return fields.Complain(name, "want a time such as 2026-11-24T06:26:03Z");
  }
  return std::optional<UnixTime>(time.value());
}

bool IsJsonText(std::string_view text) {
  return IsUtf8(text) && text.find('\0') == std::string_view::npos;
}

}  // namespace

Result<Done> ParseSignPredicate(const Value& predicate, const std::string& where, Claim& claim) {
  const Value* ours = predicate.Find(kHallmarkMember);
  if (ours == nullptr) return Done{};
  HALLMARK_ASSIGN(Fields fields, Fields::Of(*ours, where + ".hallmark"));
  HALLMARK_ASSIGN(const std::uint64_t version, fields.Unsigned("version", kMaxVersion));
  if (version != kVersion) {
    return Error(ErrorCode::kUnsupported, where + ".hallmark has version " +
                                              std::to_string(version) + ": only version 1 is read");
  }
  HALLMARK_ASSIGN(claim.repository, ParseRepository(fields));
  HALLMARK_ASSIGN(claim.tag, ParseTag(fields));
  HALLMARK_ASSIGN(claim.signed_at, ParseTime(fields, "signedAt"));
  HALLMARK_ASSIGN(claim.expires, ParseTime(fields, "expires"));
  if (!claim.signed_at) return fields.Complain("signedAt", "the time of signing is missing");
  return fields.NothingElse();
}

Value WriteSignPredicate(const Claim& claim) {
  if (!claim.repository && !claim.tag && !claim.signed_at && !claim.expires) {
    return Value::Object({});
  }
  std::vector<std::pair<std::string, Value>> members;
  members.emplace_back("version", Value::Integer(static_cast<std::int64_t>(kVersion)));
  if (claim.repository) members.emplace_back("repository", Value::String(*claim.repository));
  if (claim.tag) members.emplace_back("tag", Value::String(*claim.tag));
  if (claim.signed_at) {
    members.emplace_back("signedAt", Value::String(encoding::ToRfc3339(*claim.signed_at)));
  }
  if (claim.expires) {
    members.emplace_back("expires", Value::String(encoding::ToRfc3339(*claim.expires)));
  }
  return Value::Object({{std::string(kHallmarkMember), Value::Object(std::move(members))}});
}

Result<Done> CheckWritable(const Claim& claim) {
  for (const auto& [name, value] : claim.annotations) {
    if (name.empty() || !IsJsonText(name) || !IsJsonText(value)) {
      return Error(ErrorCode::kConfig,
                   "annotation " + Printable(name) + ": want a name and UTF-8 text without NUL");
    }
  }
  if (!IsJsonText(claim.predicate_type)) {
    return Error(ErrorCode::kConfig, "the predicate type is no UTF-8 text");
  }
  return Done{};
}

}  // namespace hallmark::signature
