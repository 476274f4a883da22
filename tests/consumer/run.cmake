# Installs the build into a folder of its own, then configures, builds and runs the consumer against it.
# -D README= BINARY_DIR= SOURCE_DIR= WORK_DIR= GENERATOR= CXX_COMPILER= CXX_FLAGS= BUILD_TYPE=
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " line)
    message(FATAL_ERROR "${line}\nended with ${result}:\n${out}")
  endif()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
file(READ "${README}" readme)
if(NOT readme MATCHES "\n```cpp\n([^`]*)```")
  message(FATAL_ERROR "${README} shows no program")
endif()
file(WRITE "${WORK_DIR}/ranking.cpp" "${CMAKE_MATCH_1}")
run("${CMAKE_COMMAND}" --install "${BINARY_DIR}" --prefix "${WORK_DIR}/prefix")
run("${CMAKE_COMMAND}" -S "${SOURCE_DIR}" -B "${WORK_DIR}/build" -G "${GENERATOR}" "-DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix"
    "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}" "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}"
    "-DREADME_PROGRAM=${WORK_DIR}/ranking.cpp")
run("${CMAKE_COMMAND}" --build "${WORK_DIR}/build")
run("${WORK_DIR}/build/consumer")
run("${WORK_DIR}/build/ranking")
run("${WORK_DIR}/prefix/bin/migplan" --version)
