# A signing plugin of the Notary Project that misbehaves on demand (plugin/fake_plugin.cc).
add_executable(hallmark-fake-plugin "${CMAKE_CURRENT_LIST_DIR}/plugin/fake_plugin.cc")
target_link_libraries(hallmark-fake-plugin PRIVATE hallmark_signature_notation)
