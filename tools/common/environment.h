#ifndef HALLMARK_TOOLS_COMMON_ENVIRONMENT_H_
#define HALLMARK_TOOLS_COMMON_ENVIRONMENT_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::cli {

// The one reader of the process's environment and of the folders it names. Looks at the
// variables in place: nothing is copied, since some hold passphrases.
class Environment {
 public:
  // `variables` is main's third argument, "NAME=value", ended by null; it outlives the object.
  explicit Environment(const char* const* variables) : variables_(variables) {}

  // Null when unset. The text lives as long as the process.
  const char* Find(std::string_view name) const;

  // The value unless unset or empty.
  std::optional<std::string> Text(std::string_view name) const;

  // The folder that variable `name` names, when it is an absolute path; else HOME with
  // `below_home` appended; nullopt when there is no absolute HOME either. Relative paths are not
  // used: nothing is read from the working folder unless the command line names it (A110).
  std::optional<std::filesystem::path> Folder(std::string_view name,
                                              std::string_view below_home) const;

  std::optional<std::filesystem::path> Home() const;

  // "NAME=value" of every variable for which `wanted` says yes to the name.
  std::vector<std::string> Select(const std::function<bool(std::string_view)>& wanted) const;

 private:
  const char* const* variables_;
};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_ENVIRONMENT_H_
