# The timestamp authority of timestamp_authority.h behind HTTP, as a program of its own.
add_executable(hallmark-test-tsa "${CMAKE_CURRENT_LIST_DIR}/timestamp_server/main.cc"
               "${CMAKE_CURRENT_LIST_DIR}/timestamp_server/server.cc")
target_link_libraries(hallmark-test-tsa PRIVATE hallmark_test_tsa hallmark_test_registry)
