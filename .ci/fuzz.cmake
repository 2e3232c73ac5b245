# clang with libFuzzer and the sanitizers.
set(CMAKE_CXX_COMPILER clang++ CACHE STRING "")
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "")
set(HALLMARK_FUZZ ON CACHE BOOL "")
set(CMAKE_CXX_FLAGS "-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -O1"
    CACHE STRING "")
