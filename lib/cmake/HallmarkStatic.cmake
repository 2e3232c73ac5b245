# -DHALLMARK_STATIC=ON: everything but libc comes from static archives. OpenSSL and libsodium are the
# distribution's; libcurl is built by tools/static-curl from the distribution's source package, once
# into HALLMARK_CURL_DIR.
set(HALLMARK_CURL_DIR "${CMAKE_SOURCE_DIR}/.cache/static-curl" CACHE PATH
    "Where tools/static-curl leaves its libcurl")
if(NOT EXISTS "${HALLMARK_CURL_DIR}/lib/libcurl.a")
  message(STATUS "Building the minimal static libcurl into ${HALLMARK_CURL_DIR}")
  execute_process(COMMAND "${CMAKE_SOURCE_DIR}/tools/static-curl" "${HALLMARK_CURL_DIR}"
                  COMMAND_ERROR_IS_FATAL ANY ERROR_FILE "${CMAKE_BINARY_DIR}/static-curl.log")
endif()

set(OPENSSL_USE_STATIC_LIBS ON)
find_package(OpenSSL 3.0 REQUIRED)
find_library(HALLMARK_SODIUM_ARCHIVE libsodium.a REQUIRED)

add_library(hallmark_openssl INTERFACE)
target_link_libraries(hallmark_openssl INTERFACE OpenSSL::Crypto ${CMAKE_DL_LIBS} Threads::Threads)
add_library(hallmark_sodium INTERFACE)
target_link_libraries(hallmark_sodium INTERFACE "${HALLMARK_SODIUM_ARCHIVE}" Threads::Threads)
add_library(hallmark_curl INTERFACE)
target_include_directories(hallmark_curl SYSTEM INTERFACE "${HALLMARK_CURL_DIR}/include")
target_compile_definitions(hallmark_curl INTERFACE CURL_STATICLIB)
target_link_libraries(hallmark_curl INTERFACE "${HALLMARK_CURL_DIR}/lib/libcurl.a" OpenSSL::SSL
                      hallmark_openssl)

# docs/adr/0005-release-binary.md: without PIE the loader has nothing to relocate in 4 MB of OpenSSL,
# which is a third of the time of a short command.
option(HALLMARK_STATIC_PIE "Release binary: position independent, a millisecond slower to start" OFF)
# The driver would put libm before libc and bind its one function (ldexp, which libc has too) there:
# a second library for the loader to open, a sixth of the time of `hallmark version`.
add_link_options(-nodefaultlibs -s)
string(JOIN " " CMAKE_CXX_STANDARD_LIBRARIES
       -Wl,-Bstatic -lstdc++ -lgcc -lgcc_eh -Wl,-Bdynamic -lc)
if(HALLMARK_STATIC_PIE)
  add_link_options(-pie -Wl,-z,pack-relative-relocs)
else()
  set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
  add_compile_options(-fno-pie)
  add_link_options(-no-pie)
endif()
