# Run by hallmark_embed: writes OUTPUT, a C++ source that holds the text of INPUT byte for byte.
file(READ "${INPUT}" hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "(................................)" "\\1\n    " lines "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${lines}")
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"

namespace ${NAMESPACE} {
namespace {

constexpr char kText[] = {
    ${bytes}};

}  // namespace

std::string_view ${FUNCTION}() { return {kText, ${size}}; }

}  // namespace ${NAMESPACE}
")
