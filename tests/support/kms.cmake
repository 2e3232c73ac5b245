# A key service plugin of sigstore's protocol that misbehaves on demand (kms/fake_kms.cc).
add_executable(hallmark-fake-kms "${CMAKE_CURRENT_LIST_DIR}/kms/fake_kms.cc")
target_link_libraries(hallmark-fake-kms PRIVATE hallmark_crypto)
