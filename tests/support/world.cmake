# The fake world of the unit tests: stores, clocks, images and keys in memory.
file(GLOB hallmark_world_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/world/*.cc")
add_library(hallmark_test_world STATIC ${hallmark_world_sources})
target_include_directories(hallmark_test_world PUBLIC "${CMAKE_SOURCE_DIR}")
target_link_libraries(hallmark_test_world PUBLIC hallmark_store)
target_compile_definitions(hallmark_test_world PRIVATE
  "HALLMARK_TEST_TMP=\"${CMAKE_BINARY_DIR}/tmp\""
  "HALLMARK_TEST_SHARED=\"${CMAKE_SOURCE_DIR}/../shared\"")
