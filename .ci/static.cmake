# The release binary.
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(HALLMARK_STATIC ON CACHE BOOL "")
