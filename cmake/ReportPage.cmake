# migplan_report_page(SOURCES): adds to the list SOURCES what the page of `migplan report` needs, or takes out what there
# is without it. src/report/page is bundled in the build folder: npm ci by its lock file, then esbuild.
function(migplan_report_page sources)
  set(all ${${sources}})
  set(wanted "${MIGPLAN_HTML}")
  find_program(MIGPLAN_NODE node)
  find_program(MIGPLAN_NPM npm)
  if(wanted STREQUAL "AUTO")
    set(wanted OFF)
    if(MIGPLAN_NODE AND MIGPLAN_NPM)
      set(wanted ON)
    endif()
    message(STATUS "The page of migplan report (MIGPLAN_HTML): ${wanted}")
  elseif(wanted AND NOT (MIGPLAN_NODE AND MIGPLAN_NPM))
    message(FATAL_ERROR "MIGPLAN_HTML needs node and npm; -DMIGPLAN_HTML=OFF builds without the format html")
  endif()
  if(NOT wanted)
    list(REMOVE_ITEM all "${CMAKE_CURRENT_SOURCE_DIR}/src/report/html.cpp")
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
  migplan_embed_built_file(embedded src/report/report_page.hpp report_page_html "${folder}/report.html")
  set_property(SOURCE "${CMAKE_CURRENT_SOURCE_DIR}/src/report/format.cpp" APPEND PROPERTY COMPILE_DEFINITIONS
               MIGPLAN_HTML)
  set(${sources} ${all} "${embedded}" PARENT_SCOPE)
endfunction()
