#ifndef HALLMARK_TOOLS_COMMON_OPTION_GROUPS_H_
#define HALLMARK_TOOLS_COMMON_OPTION_GROUPS_H_

#include "tools/common/option.h"

// Options that several verbs share, spelt once.
namespace hallmark::cli {

inline constexpr Option kFrom = {
    .name = "from",
    .arity = Arity::kOne,
    .argument = "FILE",
    .hint = Hint::kFile,
    .help = "read REFs from FILE or - (one a line, or kubectl's JSON)"};
inline constexpr Option kLogicalName = {.name = "logical-name",
                                        .arity = Arity::kOne,
                                        .argument = "NAME",
                                        .help = "the name that rules see for a layout or archive"};
inline constexpr Option kOutput = {.name = "output",
                                   .letter = 'o',
                                   .arity = Arity::kOne,
                                   .argument = "text|json",
                                   .hint = Hint::kChoice,
                                   .choices = "text|json",
                                   .help = "how results are printed"};
inline constexpr Option kOffline = {
    .name = "offline", .help = "open no socket; what a registry would have to say is unknown"};
inline constexpr Option kTimeout = {.name = "timeout",
                                    .arity = Arity::kOne,
                                    .argument = "30s",
                                    .help = "longest wait for one REF (default 30s, sign 2m)"};

inline constexpr Option kRegistryOptionList[] = {
    {.name = "username",
     .letter = 'u',
     .arity = Arity::kOne,
     .argument = "NAME",
     .help = "log in as NAME, with --password-stdin"},
    {.name = "password-stdin", .help = "read that password from stdin"},
    {.name = "registry-config",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "the only config.json or auth.json to take logins from"},
    {.name = "ca-file",
     .arity = Arity::kOne,
     .argument = "FILE",
     .hint = Hint::kFile,
     .help = "trust these PEM certificates instead of the system's"},
    {.name = "plain-http", .help = "allow http where the registry is not loopback"},
};
inline constexpr OptionGroup kRegistryOptions = {"Registry", kRegistryOptionList};

}  // namespace hallmark::cli

#endif  // HALLMARK_TOOLS_COMMON_OPTION_GROUPS_H_
