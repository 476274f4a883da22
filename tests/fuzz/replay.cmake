# The corpus of each fuzz target as an ordinary test, with any compiler: fuzz_replay TARGET FOLDER. One program has all
# targets, each under a name of its own.
set(fuzz_folder ${CMAKE_CURRENT_LIST_DIR})
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${fuzz_folder}/*_fuzz.cpp)
set(declarations "")
set(rows "")
foreach(source ${fuzz_sources})
  get_filename_component(program ${source} NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" target ${program})
  set_source_files_properties(${source} PROPERTIES COMPILE_DEFINITIONS LLVMFuzzerTestOneInput=fuzz_${target})
  string(APPEND declarations "extern \"C\" int fuzz_${target}(const std::uint8_t* data, std::size_t size);\n")
  string(APPEND rows "    {\"${target}\", fuzz_${target}},\n")
  add_test(NAME fuzz_replay_${target} COMMAND fuzz_replay ${target} ${fuzz_folder}/corpus/${target})
  set_tests_properties(fuzz_replay_${target} PROPERTIES TIMEOUT 120)
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/fuzz/replay_targets.hpp CONTENT [[
#pragma once
@declarations@
inline constexpr std::pair<std::string_view, int (*)(const std::uint8_t*, std::size_t)> kReplayTargets[] = {
@rows@};
]] @ONLY)
add_executable(fuzz_replay ${fuzz_folder}/replay.cpp ${fuzz_sources})
target_include_directories(fuzz_replay PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/fuzz)
target_link_libraries(fuzz_replay PRIVATE migplan::io migplan_options)
migplan_precompile(fuzz_replay)
