#include "hallmark/keys/pkcs11/pkcs11_uri.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/keys/pkcs11/limits.h"

namespace hallmark::keys {
namespace {

using Text = Pkcs11Uri::Text;
constexpr std::string_view kScheme = "pkcs11:";

Error Malformed(std::string why) {
  return {ErrorCode::kMalformed, "not a PKCS #11 URI: " + std::move(why)};
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Characters that stand for themselves (RFC 7512 section 2.3): unreserved ones and pk11-res-avail,
// "&" in the path, "/", "?" and "|" in the query.
bool StandsForItself(char c, bool in_query) {
  const char lower = Lower(c);
  if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9')) return true;
  if (std::string_view("-._~:[]@!$'()*+,=").find(c) != std::string_view::npos) return true;
  return std::string_view(in_query ? "/?|" : "&").find(c) != std::string_view::npos;
}

// Decodes into memory that is wiped: the value may be a PIN.
Result<Secret> Decode(std::string_view value, bool in_query, const std::string& name) {
  Secret room(value.size());
  std::size_t used = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto byte = static_cast<std::uint8_t>(value[i]);
    if (value[i] == '%') {
      const int high = i + 2 < value.size() ? HexDigit(value[i + 1]) : -1;
      const int low = high < 0 ? -1 : HexDigit(value[i + 2]);
      if (low < 0) return Malformed(name + " has a \"%\" without two hexadecimal digits");
      byte = static_cast<std::uint8_t>(high * 16 + low);
      i += 2;
    } else if (!StandsForItself(value[i], in_query)) {
      return Malformed(name + " has a character that must be percent-encoded");
    }
    room.ExposeSecretForWriting()[used++] = byte;
  }
  return Secret::TakeAndWipe(room.ExposeSecretForWriting().first(used));
}

std::string ToText(const Secret& value) { return std::string(AsText(value.ExposeSecret())); }

Text* TextAttribute(Pkcs11Uri& uri, std::string_view name, bool in_query) {
  if (in_query) {
    if (name == "module-name") return &uri.module_name;
    if (name == "module-path") return &uri.module_path;
    return name == "pin-source" ? &uri.pin_source : nullptr;
  }
  const std::pair<std::string_view, Text*> known[] = {
      {"token", &uri.token.label},
      {"manufacturer", &uri.token.manufacturer},
      {"serial", &uri.token.serial},
      {"model", &uri.token.model},
      {"object", &uri.object.label},
      {"slot-manufacturer", &uri.slot.manufacturer},
      {"slot-description", &uri.slot.description},
      {"library-manufacturer", &uri.library.manufacturer},
      {"library-description", &uri.library.description},
      {"library-version", &uri.library.version},
  };
  const auto* found = std::ranges::find(known, name, &std::pair<std::string_view, Text*>::first);
  return found == std::end(known) ? nullptr : found->second;
}

Result<Pkcs11Uri::Type> ReadType(const std::string& text) {
  if (text == "private") return Pkcs11Uri::Type::kPrivate;
  if (text == "public") return Pkcs11Uri::Type::kPublic;
  if (text == "cert") return Pkcs11Uri::Type::kCertificate;
  if (text == "secret-key" || text == "data") {
    return Error(ErrorCode::kUnsupported,
                 "a PKCS #11 object of type " + text + " is no key to sign or verify with");
  }
  return Malformed("type is private, public or cert");
}

Result<std::uint64_t> ReadNumber(const std::string& text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (text.empty() || failure != std::errc() || stop != end) {
    return Malformed("slot-id is a decimal number");
  }
  return number;
}

Result<Done> SetInPath(Pkcs11Uri& uri, std::string_view name, const Secret& value) {
  if (Text* text = TextAttribute(uri, name, false)) {
    *text = ToText(value);
  } else if (name == "id") {
    const ByteView bytes = value.ExposeSecret();
    uri.object.id = Bytes(bytes.begin(), bytes.end());
  } else if (name == "type") {
    HALLMARK_ASSIGN(uri.object.type, ReadType(ToText(value)));
  } else if (name == "slot-id") {
    HALLMARK_ASSIGN(uri.slot.id, ReadNumber(ToText(value)));
  } else {
    const bool belongs_behind = name == "pin-value" || TextAttribute(uri, name, true) != nullptr;
    return Malformed("\"" + Printable(name, 40) + "\"" +
                     (belongs_behind ? " stands behind a \"?\"" : " is no attribute of the path"));
  }
  return Done();
}

Result<Done> SetInQuery(Pkcs11Uri& uri, std::string_view name, Secret value) {
  if (Text* text = TextAttribute(uri, name, true)) {
    *text = ToText(value);
  } else if (name == "pin-value") {
    uri.pin_value = std::move(value);
  } else if (name == "x-hallmark-allow-final-try") {
    if (AsText(value.ExposeSecret()) != "yes") {
      return Malformed("x-hallmark-allow-final-try is \"yes\" or absent");
    }
    uri.allow_final_try = true;
  } else {
    return Malformed("\"" + Printable(name, 40) + "\" is no attribute of the query");
  }
  return Done();
}

// One component: attributes with `separator` between them.
Result<Done> ReadAttributes(Pkcs11Uri& uri, std::string_view component, bool in_query) {
  std::set<std::string, std::less<>> seen;
  const char separator = in_query ? '&' : ';';
  while (!component.empty()) {
    const std::size_t end = std::min(component.find(separator), component.size());
    const std::string_view attribute = component.substr(0, end);
    const std::size_t equals = attribute.find('=');
    if (equals == 0 || equals == std::string_view::npos) {
      return Malformed("an attribute is NAME=VALUE");
    }
    const std::string_view name = attribute.substr(0, equals);
    const std::string shown = "\"" + Printable(name, 40) + "\"";
    if (!seen.emplace(name).second) return Malformed(shown + " stands twice");
    HALLMARK_ASSIGN(Secret value, Decode(attribute.substr(equals + 1), in_query, shown));
    if (in_query) {
      HALLMARK_RETURN_IF_ERROR(SetInQuery(uri, name, std::move(value)));
    } else {
      HALLMARK_RETURN_IF_ERROR(SetInPath(uri, name, value));
    }
    if (end + 1 == component.size()) return Malformed("it ends with a separator");
    component.remove_prefix(std::min(end + 1, component.size()));
  }
  return Done();
}

}  // namespace

bool IsPkcs11Uri(std::string_view text) {
  return text.size() >= kScheme.size() &&
         std::ranges::equal(text.substr(0, kScheme.size()), kScheme,
                            [](char a, char b) { return Lower(a) == b; });
}

Result<Pkcs11Uri> Pkcs11Uri::Parse(std::string_view text) {
  if (!IsPkcs11Uri(text)) return Malformed("it does not begin with \"pkcs11:\"");
  if (text.size() > kMaxPkcs11UriBytes) {
    return Error(ErrorCode::kLimit, "a PKCS #11 URI of more than 8 KiB");
  }
  text.remove_prefix(kScheme.size());
  const std::size_t mark = std::min(text.find('?'), text.size());
  Pkcs11Uri uri;
  HALLMARK_RETURN_IF_ERROR(ReadAttributes(uri, text.substr(0, mark), false));
  if (mark < text.size()) {
    HALLMARK_RETURN_IF_ERROR(ReadAttributes(uri, text.substr(mark + 1), true));
  }
  if (uri.pin_value && uri.pin_source) {
    return Malformed("pin-value and pin-source exclude each other");
  }
  return uri;
}

std::string ShownPkcs11Uri(std::string_view text) {
  if (!Pkcs11Uri::Parse(text).ok()) return std::string(kScheme) + "...";
  return std::string(text.substr(0, text.find('?')));
}

}  // namespace hallmark::keys
