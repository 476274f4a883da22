# Options of the build and the flags that every target of ours is compiled with.
option(MIGPLAN_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(MIGPLAN_BUILD_BENCH "Build the benchmarks" OFF)
option(MIGPLAN_BUILD_FUZZERS "Build the libFuzzer targets (Clang)" OFF)
option(MIGPLAN_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
option(MIGPLAN_PRECOMPILED_HEADERS "Parse the libraries' headers once a target: builds from nothing take less" OFF)
set(MIGPLAN_HTML AUTO CACHE STRING "The page of `migplan report` and pictures: ON, OFF, or AUTO, which is ON where node, npm and Duktape are")
set_property(CACHE MIGPLAN_HTML PROPERTY STRINGS AUTO ON OFF)
set(MIGPLAN_SANITIZERS "" CACHE STRING "Comma-separated sanitizers, such as address,undefined")

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  if(MIGPLAN_PRECOMPILED_HEADERS)
    # Without these ccache keeps nothing that was made with precompiled headers.
    list(PREPEND CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros)
  endif()
endif()

# migplan_precompile(TARGET HEADER...): the standard library's headers that nearly every file has, fmt, and what is named.
# For speed only: presets with neither these nor batches of sources hold that every file includes what it uses.
function(migplan_precompile target)
  if(MIGPLAN_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set>
                              <span> <string> <string_view> <utility> <variant> <vector> <fmt/format.h> ${ARGN})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
      target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")  # what ccache asks of Clang
    endif()
  endif()
endfunction()

# migplan_batch(TARGET COUNT SOURCE...): with CMAKE_UNITY_BUILD the sources are compiled in so many batches. A file's own
# name chooses its batch, so that a new one cannot bring two others together whose local names are the same.
function(migplan_batch target count)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  foreach(source IN LISTS ARGN)
    file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR} ${source})
    string(SHA224 hash ${name})
    string(SUBSTRING ${hash} 0 4 head)
    math(EXPR batch "0x${head} % ${count}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${batch})
  endforeach()
endfunction()

add_library(migplan_options INTERFACE)
target_compile_options(
  migplan_options
  INTERFACE $<BUILD_INTERFACE:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
            -Wnon-virtual-dtor -Wnull-dereference>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlapping copies in "text" + std::string where there are none (its bug 105651), and uninitialised
  # members in moved std::variants (105562).
  target_compile_options(migplan_options INTERFACE $<BUILD_INTERFACE:-Wno-restrict -Wno-maybe-uninitialized>)
  if(MIGPLAN_PRECOMPILED_HEADERS OR CMAKE_UNITY_BUILD)
    # The same bug by other names, which are kept quiet elsewhere because they point into the library's headers.
    target_compile_options(migplan_options INTERFACE $<BUILD_INTERFACE:-Wno-stringop-overflow -Wno-array-bounds>)
  endif()
endif()
# The same bytes on every machine: no fused operation where one processor has it and the other has not.
target_compile_options(migplan_options INTERFACE $<BUILD_INTERFACE:-ffp-contract=off>)
if(MIGPLAN_WARNINGS_AS_ERRORS)
  target_compile_options(migplan_options INTERFACE $<BUILD_INTERFACE:-Werror>)
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # To GCC a source that stands in a batch is a header, whose classes should not be made of a file's own types. And in so
  # much code at once it follows the library into null pointers of empty vectors and variants: told, but no error.
  target_compile_options(migplan_options
                         INTERFACE $<BUILD_INTERFACE:-Wno-subobject-linkage -Wno-error=null-dereference>)
endif()
if(MIGPLAN_SANITIZERS)
  add_compile_options(-fsanitize=${MIGPLAN_SANITIZERS} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MIGPLAN_SANITIZERS})
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
