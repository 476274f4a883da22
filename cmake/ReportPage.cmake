# migplan_report_page(SOURCES): adds to the list SOURCES what the page of `migplan report` needs and the pictures that are
# drawn by its charts, or takes out what there is without them. src/report/page is bundled in the build folder: npm ci by
# its lock file, then esbuild. MIGPLAN_PICTURE_LIBRARY is what is to be linked for them: Duktape, or nothing.
function(migplan_report_page sources)
  set(all ${${sources}})
  set(wanted "${MIGPLAN_HTML}")
  find_program(MIGPLAN_NODE node)
  find_program(MIGPLAN_NPM npm)
  find_library(MIGPLAN_DUKTAPE duktape)
  find_path(MIGPLAN_DUKTAPE_INCLUDE duktape.h)
  set(has_all OFF)
  if(MIGPLAN_NODE AND MIGPLAN_NPM AND MIGPLAN_DUKTAPE AND MIGPLAN_DUKTAPE_INCLUDE)
    set(has_all ON)
  endif()
  if(wanted STREQUAL "AUTO")
    set(wanted ${has_all})
    message(STATUS "The page of migplan report and pictures (MIGPLAN_HTML): ${wanted}")
  elseif(wanted AND NOT has_all)
    message(FATAL_ERROR "MIGPLAN_HTML needs node, npm and Duktape; -DMIGPLAN_HTML=OFF builds without the formats html and svg")
  endif()
  if(NOT wanted)
    list(REMOVE_ITEM all "${CMAKE_CURRENT_SOURCE_DIR}/src/report/html.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/src/report/svg.cpp")
    set(${sources} ${all} PARENT_SCOPE)
    return()
  endif()
  set(from "${CMAKE_CURRENT_SOURCE_DIR}/src/report/page")
  set(folder "${PROJECT_BINARY_DIR}/page")
  file(MAKE_DIRECTORY "${folder}")
  file(GLOB parts CONFIGURE_DEPENDS "${from}/*.js" "${from}/*.mjs" "${from}/*.css" "${from}/*.html")
  set(packages "${from}/package.json" "${from}/package-lock.json")
  add_custom_command(
    OUTPUT "${folder}/packages.stamp"
    COMMAND "${CMAKE_COMMAND}" -E copy ${packages} "${folder}"
    COMMAND "${MIGPLAN_NPM}" ci --silent --no-audit --no-fund
    COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/packages.stamp"
    WORKING_DIRECTORY "${folder}"
    DEPENDS ${packages}
    COMMENT "Getting the packages of the report's page (-DMIGPLAN_HTML=OFF builds without it)"
    VERBATIM)
  add_custom_command(
    OUTPUT "${folder}/report.html"
    COMMAND "${CMAKE_COMMAND}" -E copy ${parts} "${folder}"
    COMMAND "${MIGPLAN_NODE}" build.mjs report.html
    WORKING_DIRECTORY "${folder}"
    DEPENDS "${folder}/packages.stamp" ${parts}
    COMMENT "Bundling the report's page"
    VERBATIM)
  add_custom_command(
    OUTPUT "${folder}/picture.out.js"
    COMMAND "${MIGPLAN_NODE}" build_picture.mjs picture.out.js
    WORKING_DIRECTORY "${folder}"
    DEPENDS "${folder}/report.html"
    COMMENT "Bundling the script for pictures"
    VERBATIM)
  migplan_embed_built_file(embedded src/report/report_page.hpp report_page_html "${folder}/report.html")
  migplan_embed_built_file(embedded_picture src/report/report_page.hpp picture_script "${folder}/picture.out.js")
  set_property(SOURCE "${CMAKE_CURRENT_SOURCE_DIR}/src/report/format.cpp" APPEND PROPERTY COMPILE_DEFINITIONS
               MIGPLAN_HTML)
  set(${sources} ${all} "${embedded}" "${embedded_picture}" PARENT_SCOPE)
  set(MIGPLAN_PICTURE_LIBRARY "${MIGPLAN_DUKTAPE}" PARENT_SCOPE)
endfunction()
