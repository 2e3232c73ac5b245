#include "tools/common/environment.h"

namespace hallmark::cli {

const char* Environment::Find(std::string_view name) const {
  for (const char* const* entry = variables_; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (text.size() > name.size() && text.starts_with(name) && text[name.size()] == '=') {
      return *entry + name.size() + 1;
    }
  }
  return nullptr;
}

std::optional<std::string> Environment::Text(std::string_view name) const {
  const char* value = Find(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

std::optional<std::filesystem::path> Environment::Home() const {
  const std::optional<std::string> home = Text("HOME");
  if (!home || home->front() != '/') return std::nullopt;
  return std::filesystem::path(*home);
}

std::optional<std::filesystem::path> Environment::Folder(std::string_view name,
                                                         std::string_view below_home) const {
  const std::optional<std::string> named = Text(name);
  if (named && named->front() == '/') return std::filesystem::path(*named);
  const std::optional<std::filesystem::path> home = Home();
  if (!home) return std::nullopt;
  return *home / below_home;
}

std::vector<std::string> Environment::Select(
    const std::function<bool(std::string_view)>& wanted) const {
  std::vector<std::string> selected;
  for (const char* const* entry = variables_; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (wanted(text.substr(0, text.find('=')))) selected.emplace_back(text);
  }
  return selected;
}

}  // namespace hallmark::cli
