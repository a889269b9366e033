# cmake -DBUILD=<build tree> -DSOURCE=<this folder> -DWORK=<folder> -P run.cmake: installs, builds the consumer against the result,
# runs it, and looks at what it linked.

cmake_minimum_required(VERSION 3.21)

function(run)
  cmake_parse_arguments(PARSE_ARGV 0 arg "FAILS" "OUTPUT" "COMMAND")
  execute_process(COMMAND ${arg_COMMAND} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
  if((code EQUAL 0 AND arg_FAILS) OR (NOT code EQUAL 0 AND NOT arg_FAILS))
    message(FATAL_ERROR "${arg_COMMAND} ended with ${code}:\n${out}${err}")
  endif()
  if(arg_OUTPUT AND NOT "${out}${err}" MATCHES "${arg_OUTPUT}")
    message(FATAL_ERROR "${arg_COMMAND} did not say '${arg_OUTPUT}' but:\n${out}${err}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
set(configure ${CMAKE_COMMAND} -S ${SOURCE} -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_CXX_FLAGS=${FLAGS})
run(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(COMMAND ${configure} -B ${WORK}/build)
run(COMMAND ${CMAKE_COMMAND} --build ${WORK}/build)
run(COMMAND ${WORK}/build/core_only OUTPUT "2026-01-15T17:00:00Z 2")
run(COMMAND ${WORK}/build/plan OUTPUT "1.00 EUR")
if(EXISTS ${WORK}/build/exchange)
  run(COMMAND ${WORK}/build/exchange OUTPUT "hello you & me")
endif()

# Who does not ask for the solver gets no GPL code, and an unknown component is named.
find_program(ldd ldd REQUIRED)
execute_process(COMMAND ${ldd} ${WORK}/build/core_only OUTPUT_VARIABLE linked)
if(linked MATCHES "glpk|curl|libssl")
  message(FATAL_ERROR "a program that asked for neither links GLPK, curl or OpenSSL:\n${linked}")
endif()
run(COMMAND ${configure} -B ${WORK}/build_missing "-DINCAR_WANTED=core;teleport" FAILS OUTPUT "incar component 'teleport' is not installed")
file(REMOVE_RECURSE ${WORK})
