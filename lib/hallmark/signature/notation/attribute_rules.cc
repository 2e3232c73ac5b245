#include "hallmark/signature/notation/internal/attribute_rules.h"

#include <algorithm>
#include <utility>

#include "hallmark/base/printable.h"

namespace hallmark::signature::notation {
namespace {

Error Malformed(const std::string& what) {
  return Error(ErrorCode::kMalformed, "protected header: " + what);
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string Quoted(std::string_view name) { return "\"" + Printable(name) + "\""; }

bool IsPluginAttribute(std::string_view name) {
  return name == kVerificationPlugin || name == kVerificationPluginMinVersion;
}

Result<SigningScheme> SchemeFromName(std::string_view name) {
  for (const SigningScheme scheme : {SigningScheme::kX509, SigningScheme::kSigningAuthority}) {
    if (ToName(scheme) == name) return scheme;
  }
  return Error(ErrorCode::kUnsupported, "signing scheme " + Quoted(name));
}

// signing-scheme.md: each scheme has its own time, and only that.
Result<Done> CheckTimes(const ProtectedHeader& header, SigningScheme scheme) {
  const bool by_authority = scheme == SigningScheme::kSigningAuthority;
  const auto& wanted = by_authority ? header.authentic_signing_time : header.signing_time;
  const auto& foreign = by_authority ? header.signing_time : header.authentic_signing_time;
  const std::string under = " under " + std::string(ToName(scheme));
  if (foreign) {
    return Malformed(std::string(by_authority ? kSigningTime : kAuthenticSigningTime) + under);
  }
  if (!wanted) {
    return Malformed("no " + std::string(by_authority ? kAuthenticSigningTime : kSigningTime) +
                     under);
  }
  // Not in the specification, but what notation refuses: nobody means to sign that.
  if (header.expiry && *header.expiry <= *wanted) {
    return Malformed("the expiry is not after the signing time");
  }
  return Done{};
}

ExtendedAttribute* FindExtended(std::vector<ExtendedAttribute>& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& attribute) { return attribute.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

// Names of the specification's own critical attributes that are there.
std::vector<std::string> OwnCriticalNames(const ProtectedHeader& header) {
  std::vector<std::string> names{std::string(kSigningScheme)};
  if (header.authentic_signing_time) names.emplace_back(kAuthenticSigningTime);
  if (header.expiry) names.emplace_back(kExpiry);
  for (const ExtendedAttribute& attribute : header.extended) {
    if (IsPluginAttribute(attribute.name)) names.push_back(attribute.name);
  }
  return names;
}

// Steps of RFC 7515 section 4.1.11 and RFC 9052 section 3.1 that look at one entry.
Result<Done> CheckCritical(ProtectedHeader& header) {
  const std::vector<std::string> own = OwnCriticalNames(header);
  const bool has_plugin = Contains(own, kVerificationPlugin);
  std::vector<std::string> seen;
  for (const std::string& name : header.critical) {
    if (Contains(seen, name)) return Malformed("crit names " + Quoted(name) + " twice");
    seen.push_back(name);
    ExtendedAttribute* extended = FindExtended(header.extended, name);
    if (extended == nullptr && !Contains(own, name)) {
      return Malformed("crit names " + Quoted(name) +
                       ", which is absent or cannot be critical here");
    }
    if (extended != nullptr && !has_plugin && !IsPluginAttribute(name)) {
      return Malformed("crit names " + Quoted(name) + ", which is not understood here");
    }
    if (extended != nullptr) extended->critical = true;
  }
  for (const std::string& name : own) {
    if (!Contains(header.critical, name)) return Malformed("crit does not name " + Quoted(name));
  }
  return Done{};
}

Result<Done> CheckExtended(const std::vector<ExtendedAttribute>& extended) {
  std::vector<std::string> seen;
  for (const ExtendedAttribute& attribute : extended) {
    if (Contains(seen, attribute.name)) {
      return Malformed(Quoted(attribute.name) + " appears twice");
    }
    seen.push_back(attribute.name);
    if (IsPluginAttribute(attribute.name) && !attribute.text) {
      return Malformed(attribute.name + ": want text");
    }
  }
  return Done{};
}

}  // namespace

Result<Attributes> CheckAttributes(ProtectedHeader header) {
  if (header.content_type != kPayloadType) {
    return Error(ErrorCode::kUnsupported, "content type " + Quoted(header.content_type) +
                                              ": only " + std::string(kPayloadType) + " is read");
  }
  HALLMARK_ASSIGN(const SigningScheme scheme, SchemeFromName(header.signing_scheme));
  HALLMARK_RETURN_IF_ERROR(CheckTimes(header, scheme));
  HALLMARK_RETURN_IF_ERROR(CheckExtended(header.extended));
  HALLMARK_RETURN_IF_ERROR(CheckCritical(header));
  return Attributes{std::move(header.algorithm),   scheme,        header.signing_time,
                    header.authentic_signing_time, header.expiry, std::move(header.extended)};
}

std::vector<std::string> CriticalNames(const Attributes& attributes, EnvelopeType type) {
  std::vector<std::string> extended;
  for (const ExtendedAttribute& attribute : attributes.extended) {
    if (attribute.critical) extended.push_back(attribute.name);
  }
  std::vector<std::string> names{std::string(kSigningScheme)};
  const auto add_extended = [&] { names.insert(names.end(), extended.begin(), extended.end()); };
  if (type == EnvelopeType::kJws) add_extended();
  if (attributes.authentic_signing_time) names.emplace_back(kAuthenticSigningTime);
  if (attributes.expiry) names.emplace_back(kExpiry);
  if (type == EnvelopeType::kCose) add_extended();
  return names;
}

}  // namespace hallmark::signature::notation
