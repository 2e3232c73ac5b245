# Certificates made at test time, with whatever fault a test needs.
add_library(hallmark_test_x509 STATIC "${CMAKE_CURRENT_LIST_DIR}/x509_authority.cc")
target_include_directories(hallmark_test_x509 PUBLIC "${CMAKE_SOURCE_DIR}")
target_link_libraries(hallmark_test_x509 PUBLIC hallmark_x509 PRIVATE hallmark_openssl)
# A timestamp authority in the test's own process.
add_library(hallmark_test_tsa STATIC "${CMAKE_CURRENT_LIST_DIR}/timestamp_authority.cc"
            "${CMAKE_CURRENT_LIST_DIR}/current_authority.cc")
target_link_libraries(hallmark_test_tsa PUBLIC hallmark_test_x509 hallmark_tsa)
# An authority that says what a test wants about revocation.
add_library(hallmark_test_revocation STATIC "${CMAKE_CURRENT_LIST_DIR}/revocation_authority.cc"
            "${CMAKE_CURRENT_LIST_DIR}/ocsp_authority.cc")
target_link_libraries(hallmark_test_revocation PUBLIC hallmark_test_tsa hallmark_revocation)
