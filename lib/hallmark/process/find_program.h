#ifndef HALLMARK_PROCESS_FIND_PROGRAM_H_
#define HALLMARK_PROCESS_FIND_PROGRAM_H_

#include <optional>
#include <string>
#include <string_view>

namespace hallmark::process {

// The first regular file of that name that may be run in the folders of `path`, which is written as
// $PATH is. Folders that are not absolute are skipped: nothing is run out of the working folder
// (A110). nullopt where there is none.
std::optional<std::string> FindProgram(std::string_view path, const std::string& program);

}  // namespace hallmark::process

#endif  // HALLMARK_PROCESS_FIND_PROGRAM_H_
