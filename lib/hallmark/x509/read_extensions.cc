#include <algorithm>
#include <set>

#include "hallmark/encoding/der.h"
#include "hallmark/x509/internal/certificate_parts.h"
#include "hallmark/x509/limits.h"

namespace hallmark::x509::internal {
namespace {

namespace der = encoding::der;

Error Malformed(std::string_view what) { return {ErrorCode::kMalformed, std::string(what)}; }
Error TooMany(std::string_view what) {
  return {ErrorCode::kLimit, "too many " + std::string(what)};
}

Result<Done> ReadBasicConstraints(const Extension& extension, CertificateParts& parts) {
  der::Reader whole(extension.value);
  der::Reader body = whole.Enter(der::kSequence);
  BasicConstraints constraints{extension.critical, false, std::nullopt};
  if (body.Sees(der::kBoolean)) {
    constraints.is_ca = true;
    if (body.Take(der::kBoolean)[0] == 0) return Malformed("basic constraints spell a default out");
  }
  if (!body.AtEnd()) constraints.path_length = body.TakeSmall();
  if (!body.Finished() || !whole.Finished()) return Malformed("basic constraints");
  parts.basic_constraints = constraints;
  return Done();
}

Result<Done> ReadKeyUsage(const Extension& extension, CertificateParts& parts) {
  der::Reader whole(extension.value);
  const ByteView content = whole.Take(der::kBitString);
  if (!whole.Finished() || content.size() < 2) return Malformed("key usage");
  KeyUsage usage{extension.critical, 0};
  for (unsigned bit = 0; bit <= static_cast<unsigned>(KeyUsageBit::kDecipherOnly); ++bit) {
    const std::size_t index = 1 + bit / 8;
    const bool set = index < content.size() && (content[index] >> (7 - bit % 8) & 1u) != 0;
    if (set) usage.bits = static_cast<std::uint16_t>(usage.bits | 1u << bit);
  }
  parts.key_usage = usage;
  return Done();
}

Result<Done> ReadExtendedKeyUsage(const Extension& extension, CertificateParts& parts) {
  der::Reader whole(extension.value);
  der::Reader list = whole.Enter(der::kSequence);
  ExtendedKeyUsage usage{extension.critical, {}};
  while (!list.AtEnd()) {
    if (usage.purposes.size() == kMaxExtendedKeyUsages) return TooMany("extended key usages");
    usage.purposes.push_back(der::OidText(list.Take(der::kObjectId)));
  }
  if (!list.Finished() || !whole.Finished() || usage.purposes.empty()) {
    return Malformed("extended key usage");
  }
  parts.extended_key_usage = std::move(usage);
  return Done();
}

bool IsPlainText(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

using Kind = AlternativeName::Kind;

std::optional<AlternativeName> ReadText(Kind kind, ByteView content) {
  if (!IsPlainText(AsText(content))) return std::nullopt;
  return AlternativeName{kind, std::string(AsText(content)), ""};
}

std::optional<AlternativeName> ReadOtherName(der::Reader body) {
  const ByteView type = body.Take(der::kObjectId);
  der::Reader value = body.Enter(der::Explicit(0));
  const ByteView whole = value.TakeWhole();
  if (!value.Finished() || !body.Finished()) return std::nullopt;
  return AlternativeName{Kind::kOther, std::string(AsText(whole)), der::OidText(type)};
}

// GeneralName of RFC 5280 section 4.2.1.6. nullopt for what is none.
std::optional<AlternativeName> ReadGeneralName(der::Reader& list) {
  const std::uint8_t tag = list.Peek();
  switch (tag) {
    case der::Explicit(0):
      return ReadOtherName(list.Enter(tag));
    case der::Implicit(1):
      return ReadText(Kind::kEmail, list.Take(tag));
    case der::Implicit(2):
      return ReadText(Kind::kDns, list.Take(tag));
    case der::Implicit(6):
      return ReadText(Kind::kUri, list.Take(tag));
    case der::Explicit(3):
    case der::Explicit(4):
    case der::Explicit(5):
    case der::Implicit(7):
    case der::Implicit(8):
      return AlternativeName{Kind::kOther, std::string(AsText(list.Take(tag))), ""};
    default:
      return std::nullopt;
  }
}

Result<Done> ReadAlternativeNames(const Extension& extension, CertificateParts& parts) {
  der::Reader whole(extension.value);
  der::Reader list = whole.Enter(der::kSequence);
  while (!list.AtEnd()) {
    if (parts.alternative_names.size() == kMaxAlternativeNames) return TooMany("alternative names");
    auto name = ReadGeneralName(list);
    if (!name) return Malformed("alternative name that is none, or text with foreign bytes");
    parts.alternative_names.push_back(*std::move(name));
  }
  if (!list.Finished() || !whole.Finished() || parts.alternative_names.empty()) {
    return Malformed("alternative names");
  }
  return Done();
}

// Counted only, for the budget of VerifyPath: OpenSSL applies them.
Result<Done> CountNameConstraints(const Extension& extension, CertificateParts& parts) {
  der::Reader whole(extension.value);
  der::Reader body = whole.Enter(der::kSequence);
  for (const unsigned number : {0u, 1u}) {
    if (!body.Sees(der::Explicit(number))) continue;
    for (der::Reader subtrees = body.Enter(der::Explicit(number)); !subtrees.AtEnd();) {
      if (++parts.name_constraints > kMaxNameConstraints) return TooMany("name constraints");
      subtrees.TakeWhole();
    }
  }
  if (!body.Finished() || !whole.Finished() || parts.name_constraints == 0) {
    return Malformed("name constraints");
  }
  return Done();
}

using Read = Result<Done> (*)(const Extension&, CertificateParts&);
Read ReaderOf(std::string_view type) {
  if (type == oid::kBasicConstraints) return ReadBasicConstraints;
  if (type == oid::kKeyUsage) return ReadKeyUsage;
  if (type == oid::kExtendedKeyUsage) return ReadExtendedKeyUsage;
  if (type == oid::kSubjectAltName) return ReadAlternativeNames;
  if (type == oid::kNameConstraints) return CountNameConstraints;
  return nullptr;
}

Result<Extension> ReadExtension(der::Reader body) {
  const ByteView type = body.Take(der::kObjectId);
  bool critical = false;
  if (body.Sees(der::kBoolean)) {
    critical = body.Take(der::kBoolean)[0] != 0;
    if (!critical) return Malformed("extension that spells out that it is not critical");
  }
  const ByteView value = body.Take(der::kOctetString);
  if (!body.Finished()) return Malformed("extension");
  return Extension{der::OidText(type), critical, Bytes(value.begin(), value.end())};
}

}  // namespace

Result<Done> ReadExtensions(ByteView list, CertificateParts& parts) {
  der::Reader reader(list);
  std::set<std::string> seen;
  while (!reader.AtEnd()) {
    if (seen.size() == kMaxExtensions) return TooMany("extensions");
    HALLMARK_ASSIGN(Extension extension, ReadExtension(reader.Enter(der::kSequence)));
    if (!seen.insert(extension.type).second) return Malformed("an extension stands twice");
    if (const Read read = ReaderOf(extension.type); read != nullptr) {
      HALLMARK_RETURN_IF_ERROR(der::CheckDer(extension.value));
      HALLMARK_RETURN_IF_ERROR(read(extension, parts));
    }
    parts.extensions.push_back(std::move(extension));
  }
  if (!reader.Finished() || seen.empty()) return Malformed("extensions");
  return Done();
}

}  // namespace hallmark::x509::internal
