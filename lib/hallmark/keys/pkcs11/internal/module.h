#ifndef HALLMARK_KEYS_PKCS11_INTERNAL_MODULE_H_
#define HALLMARK_KEYS_PKCS11_INTERNAL_MODULE_H_

#include <memory>
#include <span>
#include <string>

#include "hallmark/base/result.h"
#include "hallmark/keys/pkcs11/internal/cryptoki.h"
#include "hallmark/keys/pkcs11/pkcs11_uri.h"

// Private to the module: the shared library that speaks to tokens.
namespace hallmark::keys {

// A PKCS #11 module, loaded and initialized. Finalizes on destruction what it initialized itself,
// so of two that are open on one library the first must live longest. The library stays mapped:
// many leave threads and exit handlers behind.
class Module {
 public:
  // The module that the URI names, else p11-kit's proxy, which stands for all that are configured
  // on the machine. kConfig naming it when it cannot be loaded, is no module, or is not the library
  // that the URI asks for.
  static Result<std::unique_ptr<Module>> Load(const Pkcs11Uri& uri);

  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  ~Module();

  const cryptoki::FunctionList& functions() const { return *functions_; }
  const std::string& name() const { return name_; }  // printable

 private:
  Module(const cryptoki::FunctionList* functions, std::string name)
      : functions_(functions), name_(std::move(name)) {}
  Result<Done> Initialize();
  Result<Done> CheckLibrary(const Pkcs11Uri::Library& wanted) const;

  const cryptoki::FunctionList* functions_;
  std::string name_;
  bool is_ours_ = false;
};

// What a call ended with, as an Error: kUnavailable when the token is gone or failed, kDenied for
// PINs and logins, kConfig for a key or mechanism that cannot do this.
Error Failed(std::string_view doing, cryptoki::Ulong result);

// A padded text field, without the padding.
std::string FieldText(std::span<const unsigned char> field);

}  // namespace hallmark::keys

#endif  // HALLMARK_KEYS_PKCS11_INTERNAL_MODULE_H_
