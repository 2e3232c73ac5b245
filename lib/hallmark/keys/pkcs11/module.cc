#include "hallmark/keys/pkcs11/internal/module.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "hallmark/base/printable.h"

namespace hallmark::keys {
namespace {

namespace rv = cryptoki::rv;
using cryptoki::Ulong;

// p11-kit's proxy by its name, and the library itself, which is the same file: distributions that
// leave the one out have the other.
constexpr std::array<const char*, 2> kProxies = {"p11-kit-proxy.so", "libp11-kit.so.0"};
// Where distributions keep modules besides the loader's own folders.
constexpr std::array<const char*, 4> kFolders = {"/usr/lib/pkcs11/", "/usr/lib64/pkcs11/",
                                                 "/usr/local/lib/pkcs11/", "/usr/lib/softhsm/"};

Error Config(std::string message) { return {ErrorCode::kConfig, std::move(message)}; }

std::vector<std::string> NamesBelow(const std::string& folder, const std::string& name) {
  return {folder + name + ".so", folder + "lib" + name + ".so"};
}

// RFC 7512 section 2.3: a name without path, prefix and suffix; a path of a module or of a folder.
Result<std::vector<std::string>> Candidates(const Pkcs11Uri& uri) {
  if (uri.module_name && (uri.module_name->empty() || uri.module_name->find_first_of(std::string(
                                                          "/\0", 2)) != std::string::npos)) {
    return Config("module-name is a name, no path");
  }
  if (uri.module_path) {
    const std::string& path = *uri.module_path;
    if (path.find('/') == std::string::npos || path.find('\0') != std::string::npos) {
      return Config("module-path is a path with a \"/\"");
    }
    std::error_code failure;
    if (!std::filesystem::is_directory(path, failure)) return std::vector{path};
    if (!uri.module_name) return Config("module-path is a folder; add module-name");
    return NamesBelow(path + "/", *uri.module_name);
  }
  if (!uri.module_name) return std::vector<std::string>(kProxies.begin(), kProxies.end());
  std::vector<std::string> names = NamesBelow("", *uri.module_name);
  for (const char* folder : kFolders) {
    for (std::string& name : NamesBelow(folder, *uri.module_name)) names.push_back(std::move(name));
  }
  return names;
}

std::string LastLoadError() {
  const char* text = dlerror();
  return text == nullptr ? std::string("not loaded") : Printable(text);
}

struct Loaded {
  void* library;
  std::string name;
};

Result<Loaded> LoadFirst(const Pkcs11Uri& uri) {
  HALLMARK_ASSIGN(const std::vector<std::string> names, Candidates(uri));
  std::string why;
  for (const std::string& name : names) {
    void* library = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library != nullptr) return Loaded{library, Printable(name)};
    if (why.empty()) why = LastLoadError();
  }
  if (uri.module_path) return Config("cannot load the PKCS #11 module: " + why);
  if (uri.module_name) {
    return Config("no PKCS #11 module \"" + Printable(*uri.module_name) +
                  "\" in the usual folders; name it with module-path");
  }
  return Config("no PKCS #11 module is named (?module-path=FILE), and p11-kit is not installed");
}

bool HasAll(const cryptoki::FunctionList& list) {
  return list.Initialize != nullptr && list.Finalize != nullptr && list.GetInfo != nullptr &&
         list.GetSlotList != nullptr && list.GetSlotInfo != nullptr &&
         list.GetTokenInfo != nullptr && list.GetMechanismInfo != nullptr &&
         list.OpenSession != nullptr && list.CloseSession != nullptr && list.Login != nullptr &&
         list.GetAttributeValue != nullptr && list.FindObjectsInit != nullptr &&
         list.FindObjects != nullptr && list.FindObjectsFinal != nullptr &&
         list.SignInit != nullptr && list.Sign != nullptr;
}

Result<const cryptoki::FunctionList*> FunctionsOf(const Loaded& loaded) {
  using GetFunctionList = Ulong (*)(cryptoki::FunctionList**);
  const auto get = reinterpret_cast<GetFunctionList>(dlsym(loaded.library, "C_GetFunctionList"));
  if (get == nullptr) return Config(loaded.name + " is no PKCS #11 module");
  cryptoki::FunctionList* list = nullptr;
  const Ulong result = get(&list);
  if (result != rv::kOk) return Failed(loaded.name + ": C_GetFunctionList", result);
  if (list == nullptr || list->version.major < 2 || list->version.major > 3 || !HasAll(*list)) {
    return Config(loaded.name + " is no PKCS #11 module of version 2 or 3");
  }
  return list;
}

struct Meaning {
  Ulong result;
  ErrorCode code;
  const char* text;
};

constexpr ErrorCode kGone = ErrorCode::kUnavailable;
constexpr Meaning kMeanings[] = {
    {rv::kDeviceRemoved, kGone, "the token was removed"},
    {rv::kTokenNotPresent, kGone, "the token was removed"},
    {rv::kSessionHandleInvalid, kGone, "the session is gone; was the token removed?"},
    {rv::kSessionClosed, kGone, "the session was closed; was the token removed?"},
    {rv::kDeviceError, kGone, "the token failed"},
    {rv::kCryptokiNotInitialized, kGone, "the module was finalized by somebody else"},
    {rv::kFunctionCanceled, ErrorCode::kDenied, "it was canceled at the token"},
    {rv::kPinIncorrect, ErrorCode::kDenied, "wrong PIN"},
    {rv::kPinInvalid, ErrorCode::kDenied, "the PIN has characters that the token does not take"},
    {rv::kPinLenRange, ErrorCode::kDenied, "the PIN is too short or too long for the token"},
    {rv::kPinExpired, ErrorCode::kDenied, "the PIN has expired and has to be changed"},
    {rv::kPinLocked, ErrorCode::kDenied, "the PIN is locked"},
    {rv::kUserNotLoggedIn, ErrorCode::kDenied, "the token wants a login for this"},
    {rv::kUserPinNotInitialized, ErrorCode::kDenied, "the token has no user PIN yet"},
    {rv::kKeyHandleInvalid, ErrorCode::kConfig, "the key is no longer there"},
    {rv::kKeySizeRange, ErrorCode::kConfig, "the token does not sign with keys of that size"},
    {rv::kKeyTypeInconsistent, ErrorCode::kConfig, "the key is of another type"},
    {rv::kKeyFunctionNotPermitted, ErrorCode::kConfig, "the key may not sign"},
    {rv::kMechanismInvalid, ErrorCode::kConfig, "the token does not know the mechanism"},
    {rv::kMechanismParamInvalid, ErrorCode::kConfig, "the token does not take the parameters"},
};

}  // namespace

Error Failed(std::string_view doing, Ulong result) {
  const auto* known = std::ranges::find(kMeanings, result, &Meaning::result);
  if (known != std::end(kMeanings)) {
    return {known->code, std::string(doing) + ": " + known->text};
  }
  std::array<char, 32> number{};
  std::snprintf(number.data(), number.size(), "0x%lx", result);
  return {ErrorCode::kUnavailable,
          std::string(doing) + ": the PKCS #11 module answers " + number.data()};
}

std::string FieldText(std::span<const unsigned char> field) {
  // Padded with blanks; some modules end with a NUL and leave the rest as it was.
  const auto nul = std::ranges::find(field, 0);
  std::string text(field.begin(), nul);
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

Result<std::unique_ptr<Module>> Module::Load(const Pkcs11Uri& uri) {
  HALLMARK_ASSIGN(const Loaded loaded, LoadFirst(uri));
  HALLMARK_ASSIGN(const cryptoki::FunctionList* functions, FunctionsOf(loaded));
  std::unique_ptr<Module> module(new Module(functions, loaded.name));
  HALLMARK_RETURN_IF_ERROR(module->Initialize());
  HALLMARK_RETURN_IF_ERROR(module->CheckLibrary(uri.library));
  return module;
}

Result<Done> Module::Initialize() {
  cryptoki::InitializeArguments arguments{};
  arguments.flags = cryptoki::flag::kOsLockingOk;
  Ulong result = functions_->Initialize(&arguments);
  if (result == rv::kCantLock) result = functions_->Initialize(nullptr);
  is_ours_ = result == rv::kOk;
  if (is_ours_ || result == rv::kCryptokiAlreadyInitialized) return Done();
  return Failed(name_ + ": C_Initialize", result);
}

Result<Done> Module::CheckLibrary(const Pkcs11Uri::Library& wanted) const {
  if (!wanted.manufacturer && !wanted.description && !wanted.version) return Done();
  cryptoki::Info info{};
  const Ulong result = functions_->GetInfo(&info);
  if (result != rv::kOk) return Failed(name_ + ": C_GetInfo", result);
  const std::string major = std::to_string(info.library_version.major);
  const std::string version = major + "." + std::to_string(info.library_version.minor);
  const std::string manufacturer = FieldText(info.manufacturer);
  const std::string description = FieldText(info.description);
  if (wanted.manufacturer.value_or(manufacturer) == manufacturer &&
      wanted.description.value_or(description) == description &&
      (wanted.version.value_or(version) == version ||
       (info.library_version.minor == 0 && *wanted.version == major))) {
    return Done();
  }
  return Config(name_ + " is \"" + Printable(description) + "\" " + version + " by \"" +
                Printable(manufacturer) + "\", not the library that the URI names");
}

Module::~Module() {
  if (is_ours_) functions_->Finalize(nullptr);
}

}  // namespace hallmark::keys
