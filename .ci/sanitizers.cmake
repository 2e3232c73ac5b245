# clang with address and undefined-behaviour sanitizers, every finding fatal; fuzz targets by libFuzzer.
set(CMAKE_CXX_COMPILER clang++ CACHE STRING "")
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(HALLMARK_FUZZ ON CACHE BOOL "")
set(CMAKE_CXX_FLAGS
    "-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer -gline-tables-only"
    CACHE STRING "")
