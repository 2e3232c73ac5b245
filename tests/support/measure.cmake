# Small on purpose, and without sanitizers: its own memory is the least that it can measure.
add_executable(hallmark-measure "${CMAKE_CURRENT_LIST_DIR}/measure/main.cc")
target_compile_features(hallmark-measure PRIVATE cxx_std_20)
target_compile_options(hallmark-measure PRIVATE -Wall -Wextra -Werror)
