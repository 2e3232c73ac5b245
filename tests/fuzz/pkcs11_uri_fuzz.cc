#include "hallmark/base/check.h"
#include "hallmark/keys/pkcs11/pkcs11_uri.h"

// What is shown of a URI is one again, of the same object on the same token, and without a PIN.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const std::string_view text = AsText({data, size});
  const auto uri = keys::Pkcs11Uri::Parse(text);
  const std::string shown = keys::ShownPkcs11Uri(text);
  if (!uri.ok()) {
    HALLMARK_CHECK(shown == "pkcs11:...");
    return 0;
  }
  const auto again = keys::Pkcs11Uri::Parse(shown);
  HALLMARK_CHECK(again.ok());
  HALLMARK_CHECK(again.value().token.label == uri.value().token.label);
  HALLMARK_CHECK(again.value().token.serial == uri.value().token.serial);
  HALLMARK_CHECK(again.value().slot.id == uri.value().slot.id);
  HALLMARK_CHECK(again.value().object.label == uri.value().object.label);
  HALLMARK_CHECK(again.value().object.id == uri.value().object.id);
  HALLMARK_CHECK(!again.value().pin_value && !again.value().pin_source);
  HALLMARK_CHECK(!uri.value().pin_value || !uri.value().pin_source);
  return 0;
}
