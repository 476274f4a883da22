# In arrays of bytes clang-tidy finds nothing, and looks for minutes: it gets one check, since it refuses to have none.
file(WRITE "${PROJECT_BINARY_DIR}/generated/.clang-tidy" "Checks: '-*,misc-definitions-in-headers'\n")

# migplan_embed_files(OUT_VARIABLE HEADER [NAME FILE]...): writes a source that defines, for each pair, the function
# migplan::embedded::NAME() declared in HEADER, and puts its path into OUT_VARIABLE. The texts become arrays of bytes,
# so that no character and no length is special.
function(migplan_embed_files out_variable header)
  set(source "${PROJECT_BINARY_DIR}/generated/embedded.cpp")
  set(content "#include \"${CMAKE_CURRENT_SOURCE_DIR}/${header}\"\n\nnamespace migplan::embedded {\n\n")
  set(pairs ${ARGN})
  while(pairs)
    list(POP_FRONT pairs name file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(APPEND content
           "std::string_view ${name}() noexcept {\n"
           "  static constexpr unsigned char kBytes[] = {${bytes}0x00};\n"
           "  return {reinterpret_cast<const char*>(kBytes), sizeof(kBytes) - 1};\n}\n\n")
  endwhile()
  string(APPEND content "}  // namespace migplan::embedded\n")
  file(GENERATE OUTPUT "${source}" CONTENT "${content}")
  set(${out_variable} "${source}" PARENT_SCOPE)
endfunction()

# migplan_embed_folder(OUT_VARIABLE HEADER NAME FILE...): the same for files that are known by the folder they lie in:
# migplan::embedded::NAME() is a list of them with their names.
function(migplan_embed_folder out_variable header name)
  set(source "${PROJECT_BINARY_DIR}/generated/embedded_${name}.cpp")
  set(content "#include \"${CMAKE_CURRENT_SOURCE_DIR}/${header}\"\n\nnamespace migplan::embedded {\nnamespace {\n\n")
  set(rows "")
  set(number 0)
  foreach(file ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    get_filename_component(file_name "${file}" NAME)
    string(APPEND content "constexpr unsigned char kBytes${number}[] = {${bytes}0x00};\n")
    string(APPEND rows "    {\"${file_name}\", {reinterpret_cast<const char*>(kBytes${number}), sizeof(kBytes${number}) - 1}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND content
         "\n}  // namespace\n\nstd::span<const File> ${name}() noexcept {\n"
         "  static const File kFiles[] = {\n${rows}  };\n  return kFiles;\n}\n\n}  // namespace migplan::embedded\n")
  file(GENERATE OUTPUT "${source}" CONTENT "${content}")
  set(${out_variable} "${source}" PARENT_SCOPE)
endfunction()

# migplan_embed_built_file(OUT_VARIABLE HEADER NAME FILE): the same for one file that the build makes.
function(migplan_embed_built_file out_variable header name file)
  set(source "${PROJECT_BINARY_DIR}/generated/embedded_${name}.cpp")
  add_custom_command(
    OUTPUT "${source}"
    COMMAND "${CMAKE_COMMAND}" "-DHEADER=${CMAKE_CURRENT_SOURCE_DIR}/${header}" "-DNAME=${name}" "-DFILE=${file}"
            "-DSOURCE=${source}" -P "${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedBuiltFile.cmake"
    DEPENDS "${file}" "${CMAKE_CURRENT_SOURCE_DIR}/cmake/EmbedBuiltFile.cmake"
    VERBATIM)
  set(${out_variable} "${source}" PARENT_SCOPE)
endfunction()
