# Compiler settings, third-party libraries and the functions that declare a module or a test.

find_program(HALLMARK_CCACHE ccache)
if(HALLMARK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_NOHASHDIR=1 "${HALLMARK_CCACHE}")
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(HALLMARK_STATIC)
  include(HallmarkStatic)
else()
  find_package(OpenSSL 3.0 REQUIRED)
  find_package(CURL 7.88 REQUIRED)
  pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
  add_library(hallmark_openssl INTERFACE)
  target_link_libraries(hallmark_openssl INTERFACE OpenSSL::Crypto)
  add_library(hallmark_sodium INTERFACE)
  target_link_libraries(hallmark_sodium INTERFACE PkgConfig::SODIUM)
  add_library(hallmark_curl INTERFACE)
  target_link_libraries(hallmark_curl INTERFACE CURL::libcurl)
endif()

add_library(hallmark_settings INTERFACE)
target_include_directories(hallmark_settings INTERFACE "${CMAKE_SOURCE_DIR}/lib")
target_compile_options(hallmark_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor
  -Wformat=2 -Wimplicit-fallthrough
  -fstack-protector-strong -fno-strict-overflow -ffunction-sections -fdata-sections
  "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
target_link_options(hallmark_settings INTERFACE -Wl,--gc-sections -Wl,-z,relro -Wl,-z,now)
if(HALLMARK_WERROR)
  target_compile_options(hallmark_settings INTERFACE -Werror)
endif()
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT CMAKE_CXX_FLAGS MATCHES "-O[01]|sanitize")
  target_compile_definitions(hallmark_settings INTERFACE _FORTIFY_SOURCE=2)
endif()

# hallmark_module(store/registry DEPS store net LIBS hallmark_curl)
# One STATIC library hallmark_store_registry from every .cc of lib/hallmark/store/registry (not of
# folders below it). DEPS are modules whose headers its headers may include; LIBS are third-party
# and stay private to the module's sources.
function(hallmark_module path)
  cmake_parse_arguments(arg "" "" "DEPS;LIBS" ${ARGN})
  string(REPLACE "/" "_" name "hallmark_${path}")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/lib/hallmark/${path}/*.cc")
  if(NOT sources)  # headers only, such as keys
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE hallmark_settings)
    foreach(dep IN LISTS arg_DEPS)
      string(REPLACE "/" "_" dep_name "hallmark_${dep}")
      target_link_libraries(${name} INTERFACE ${dep_name})
    endforeach()
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC hallmark_settings)
  foreach(dep IN LISTS arg_DEPS)
    string(REPLACE "/" "_" dep_name "hallmark_${dep}")
    target_link_libraries(${name} PUBLIC ${dep_name})
  endforeach()
  target_link_libraries(${name} PRIVATE ${arg_LIBS})
  set_property(GLOBAL APPEND PROPERTY HALLMARK_MODULES ${name})
endfunction()
