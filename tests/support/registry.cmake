# The test registry stands on nothing of Hallmark: a bug there must not have a twin here.
file(GLOB registry_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/registry/*.cc")
list(REMOVE_ITEM registry_sources "${CMAKE_CURRENT_SOURCE_DIR}/registry/main.cc")
add_library(hallmark_test_registry STATIC ${registry_sources})
target_link_libraries(hallmark_test_registry PUBLIC hallmark_settings Threads::Threads
                      PRIVATE hallmark_sodium OpenSSL::SSL nlohmann_json::nlohmann_json)
target_include_directories(hallmark_test_registry PUBLIC "${CMAKE_SOURCE_DIR}")

add_executable(hallmark-test-registry "${CMAKE_CURRENT_SOURCE_DIR}/registry/main.cc")
target_link_libraries(hallmark-test-registry PRIVATE hallmark_test_registry)
