# hallmark_embed(policy FILE docs/policy.schema.json HEADER hallmark/policy/trust_policy.h
#                NAMESPACE hallmark::policy FUNCTION PolicySchema)
# Defines `std::string_view FUNCTION()`, which HEADER declares, with the text of FILE. The source is
# made at build time whenever FILE changes, so there is no second copy to keep.
set(HALLMARK_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/EmbedText.cmake")

function(hallmark_embed path)
  cmake_parse_arguments(arg "" "FILE;HEADER;NAMESPACE;FUNCTION" "" ${ARGN})
  string(REPLACE "/" "_" name "hallmark_${path}")
  set(input "${CMAKE_SOURCE_DIR}/${arg_FILE}")
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded/${arg_FUNCTION}.cc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DINPUT=${input}" "-DOUTPUT=${output}" "-DHEADER=${arg_HEADER}"
            "-DNAMESPACE=${arg_NAMESPACE}" "-DFUNCTION=${arg_FUNCTION}" -P "${HALLMARK_EMBED_SCRIPT}"
    DEPENDS "${input}" "${HALLMARK_EMBED_SCRIPT}"
    COMMENT "Embedding ${arg_FILE}"
    VERBATIM)
  target_sources(${name} PRIVATE "${output}")
endfunction()
