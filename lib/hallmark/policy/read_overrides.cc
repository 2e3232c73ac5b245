#include <algorithm>
#include <iterator>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/hex.h"
#include "hallmark/policy/internal/policy_members.h"
#include "hallmark/policy/internal/policy_reader.h"

namespace hallmark::policy {
namespace {

Result<oci::Digest> ReadDigest(const std::string& text) { return oci::Digest::Parse(text); }

// As `hallmark key show` prints it.
Result<crypto::Fingerprint> ReadFingerprint(const std::string& text) {
  constexpr std::string_view kPrefix = "sha256:";
  crypto::Fingerprint fingerprint{};
  if (!text.starts_with(kPrefix) || text.size() != kPrefix.size() + 2 * fingerprint.size()) {
    return Error(ErrorCode::kMalformed, "want sha256: and 64 hexadecimal digits");
  }
  HALLMARK_ASSIGN(const Bytes bytes,
                  encoding::FromHex(std::string_view(text).substr(kPrefix.size())));
  std::copy(bytes.begin(), bytes.end(), fingerprint.begin());
  return fingerprint;
}

// A list of distinct values, each read by `read`; empty when there is no such member.
template <typename Entry>
Result<std::set<Entry>> ReadSet(json::Fields& fields, std::string_view name,
                                Result<Entry> (*read)(const std::string&)) {
  std::set<Entry> set;
  if (fields.OptionalAny(name) == nullptr) return set;
  HALLMARK_ASSIGN(const std::vector<Item> items, ReadStrings(fields, name));
  for (const Item& item : items) {
    Result<Entry> entry = read(item.text);
    if (!entry.ok()) return Complain(item, entry.error().message());
    if (!set.insert(std::move(entry).value()).second) {
      return Complain(item, "stands in the list already");
    }
  }
  return set;
}

Result<DenyList> ReadDeny(const json::Value& value) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, "deny", members::kDeny));
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  DenyList deny;
  HALLMARK_ASSIGN(deny.digests, ReadSet(fields, "digests", ReadDigest));
  HALLMARK_ASSIGN(deny.keys, ReadSet(fields, "keys", ReadFingerprint));
  HALLMARK_ASSIGN(deny.certificates, ReadSet(fields, "certificates", ReadFingerprint));
  return deny;
}

Result<Exception> ReadException(const json::Value& value, const std::string& where,
                                const std::string& file) {
  HALLMARK_ASSIGN(json::Fields fields, OpenObject(value, where, members::kException));
  HALLMARK_RETURN_IF_ERROR(fields.OptionalString("comment"));
  Exception exception;
  exception.place = file + ":" + std::to_string(value.position().line);
  HALLMARK_ASSIGN(exception.name, ReadName(fields));
  HALLMARK_ASSIGN(exception.images, ReadPatterns(fields, "images"));
  HALLMARK_ASSIGN(exception.digests, ReadSet(fields, "digests", ReadDigest));
  if (exception.images.empty() && exception.digests.empty()) {
    return ComplainAt(value.position(), where, "want \"images\", \"digests\" or both");
  }
  HALLMARK_ASSIGN(const std::optional<UnixTime> until, ReadTime(fields, "until"));
  if (!until) return fields.Complain("until", "missing: an exception has to end");
  exception.until = *until;
  HALLMARK_ASSIGN(exception.reason, fields.String("reason"));
  if (exception.reason.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fields.Complain("reason", "say why; verdicts repeat it");
  }
  return exception;
}

Result<std::vector<Exception>> ReadExceptions(json::Fields& policy, const std::string& file) {
  std::vector<Exception> exceptions;
  if (policy.OptionalAny("exceptions") == nullptr) return exceptions;
  HALLMARK_ASSIGN(const std::vector<json::Value>* items, policy.Array("exceptions"));
  std::set<std::string> names;
  for (const json::Value& item : *items) {
    const std::string where = "exceptions[" + std::to_string(exceptions.size()) + "]";
    HALLMARK_ASSIGN(Exception exception, ReadException(item, where, file));
    if (!names.insert(exception.name).second) {
      return ComplainAt(item.position(), where,
                        "another exception is called \"" + exception.name + "\"");
    }
    exceptions.push_back(std::move(exception));
  }
  return exceptions;
}

}  // namespace

Result<std::shared_ptr<const Overrides>> ReadOverrides(json::Fields& policy,
                                                       const std::string& file) {
  Overrides overrides;
  HALLMARK_ASSIGN(const json::Value* deny, policy.OptionalObject("deny"));
  if (deny != nullptr) {
    HALLMARK_ASSIGN(overrides.deny, ReadDeny(*deny));
  }
  HALLMARK_ASSIGN(overrides.exceptions, ReadExceptions(policy, file));
  if (deny == nullptr && overrides.exceptions.empty()) return std::shared_ptr<const Overrides>();
  return std::shared_ptr<const Overrides>(std::make_shared<Overrides>(std::move(overrides)));
}

}  // namespace hallmark::policy
