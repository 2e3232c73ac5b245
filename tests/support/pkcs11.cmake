# A PKCS #11 module that misbehaves on demand (pkcs11/fake_module.cc).
add_library(hallmark-fake-pkcs11 MODULE "${CMAKE_CURRENT_LIST_DIR}/pkcs11/fake_module.cc")
target_link_libraries(hallmark-fake-pkcs11 PRIVATE hallmark_settings OpenSSL::Crypto)
# A module is position independent also where the release binary is not.
target_compile_options(hallmark-fake-pkcs11 PRIVATE -fPIC)
