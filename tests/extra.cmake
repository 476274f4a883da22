# Tests of the built program and of the installed library, beside those that run in-process; then what other programs
# make of what ours writes.
set(real_program_cases
    same_bytes_in_any_language
    closed_pipe_is_quiet
    closed_pipe_by_name_is_quiet
    standard_output_by_name_is_appended_to
    full_device
    file_size_limit_leaves_nothing
    no_room_leaves_no_workbook
    interrupt_leaves_nothing
    hangup_leaves_nothing
    manual_page
    bash_completion
    zsh_completion
    fish_completion)
foreach(case IN LISTS real_program_cases)
  add_test(NAME "real program: ${case}"
           COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/cli/real_program.sh $<TARGET_FILE:migplan> ${PROJECT_SOURCE_DIR} ${case})
  set_tests_properties("real program: ${case}" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 120)
endforeach()

set(consumer_flags "${CMAKE_CXX_FLAGS}")
if(MIGPLAN_SANITIZERS)
  string(APPEND consumer_flags " -fsanitize=${MIGPLAN_SANITIZERS}")
endif()
add_test(NAME "consumer: the installed library is found, linked and used"
         COMMAND ${CMAKE_COMMAND} -DREADME=${PROJECT_SOURCE_DIR}/README.md -DBINARY_DIR=${PROJECT_BINARY_DIR}
                 -DSOURCE_DIR=${CMAKE_CURRENT_SOURCE_DIR}/consumer
                 -DWORK_DIR=${CMAKE_CURRENT_BINARY_DIR}/consumer -DGENERATOR=${CMAKE_GENERATOR}
                 -DCXX_COMPILER=${CMAKE_CXX_COMPILER} -DCXX_FLAGS=${consumer_flags} -DBUILD_TYPE=${CMAKE_BUILD_TYPE}
                 -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/run.cmake)
set_tests_properties("consumer: the installed library is found, linked and used" PROPERTIES TIMEOUT 600)

add_test(NAME "docs: the commands that README and docs show print what they show"
         COMMAND ${PROJECT_SOURCE_DIR}/tests/docs_commands.py $<TARGET_FILE_DIR:migplan>)
set_tests_properties("docs: the commands that README and docs show print what they show" PROPERTIES TIMEOUT 900 COST 90)

# What follows asks other programs what they make of our output, which is the same bytes with sanitizers.
if(MIGPLAN_SANITIZERS)
  return()
endif()

add_test(NAME "language: gettext finds no fault in the catalogues"
         COMMAND sh -c "command -v msgfmt >/dev/null || exit 77; for po in \"$0\"/*.po; do msgfmt --check-format --output-file=/dev/null \"$po\" || exit 1; done"
                 ${PROJECT_SOURCE_DIR}/data/lang)
set_tests_properties("language: gettext finds no fault in the catalogues" PROPERTIES SKIP_RETURN_CODE 77)

add_test(NAME "spreadsheet: LibreOffice reads numbers as numbers, Chinese as Chinese, and no formula"
         COMMAND ${PROJECT_SOURCE_DIR}/tests/spreadsheet_test.py $<TARGET_FILE:migplan>)
set_tests_properties("spreadsheet: LibreOffice reads numbers as numbers, Chinese as Chinese, and no formula"
                     PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)

add_test(NAME "spreadsheet: LibreOffice reads workbooks as they were meant, and their sheets come back in"
         COMMAND ${PROJECT_SOURCE_DIR}/tests/spreadsheet_test.py $<TARGET_FILE:migplan> xlsx)
set_tests_properties("spreadsheet: LibreOffice reads workbooks as they were meant, and their sheets come back in"
                     PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)

add_test(NAME "page: Chromium draws the report, sorts, filters and explains, and no text of it runs"
         COMMAND sh -c "command -v node >/dev/null || exit 77; exec node \"$0\" \"$@\""
                 ${PROJECT_SOURCE_DIR}/tests/page/page_test.mjs $<TARGET_FILE:migplan>)
set_tests_properties("page: Chromium draws the report, sorts, filters and explains, and no text of it runs"
                     PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 1200)

add_test(NAME "go types: gofmt and the Go compiler take what typemap prints"
         COMMAND ${PROJECT_SOURCE_DIR}/tests/go_types_test.py $<TARGET_FILE:migplan>)
set_tests_properties("go types: gofmt and the Go compiler take what typemap prints"
                     PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)

foreach(reader IN ITEMS go vet shell mermaid lint)
  add_test(NAME "runbooks: another program reads their ${reader} as it was meant"
           COMMAND ${PROJECT_SOURCE_DIR}/tests/playbook_test.py $<TARGET_FILE:migplan> ${reader})
  set_tests_properties("runbooks: another program reads their ${reader} as it was meant"
                       PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()

foreach(format IN ITEMS ics tjp dot)
  add_test(NAME "planning tools: another program reads ${format} as it was meant"
           COMMAND ${PROJECT_SOURCE_DIR}/tests/planning_tools_test.py $<TARGET_FILE:migplan> ${format})
  set_tests_properties("planning tools: another program reads ${format} as it was meant"
                       PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()

add_test(NAME "lint: every label of the corpus is met, and nothing else is found"
         COMMAND ${PROJECT_SOURCE_DIR}/tests/lint_quality.py $<TARGET_FILE:migplan>)
set_tests_properties("lint: every label of the corpus is met, and nothing else is found" PROPERTIES TIMEOUT 300)
