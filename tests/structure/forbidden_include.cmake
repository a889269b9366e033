# cmake -DROOT=<source tree> -DWORK=<folder> -P forbidden_include.cmake: the layer check must fail on each of these.

cmake_minimum_required(VERSION 3.21)

function(expect_refusal file include words)
  file(REMOVE_RECURSE ${WORK})
  file(COPY ${ROOT}/include ${ROOT}/src DESTINATION ${WORK})
  file(APPEND ${WORK}/${file} "${include}\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK} -P ${CMAKE_CURRENT_LIST_DIR}/layers.cmake
    RESULT_VARIABLE code ERROR_VARIABLE text)
  if(code EQUAL 0 OR NOT text MATCHES "${words}")
    message(FATAL_ERROR "${include} in ${file} was not refused: ${text}")
  endif()
endfunction()

expect_refusal(src/core/error.cpp "#include <incar/smac/plan.hpp>" "core may not include smac")
expect_refusal(include/incar/smac/plan.hpp "#include <incar/adapters/glpk.hpp>" "smac may not include adapters/glpk")
expect_refusal(include/incar/core/json.hpp "#include <rapidjson/document.h>" "outside header rapidjson")
expect_refusal(src/smac/solve.cpp "#include <glpk.h>" "outside header glpk.h")
expect_refusal(src/net/url.cpp "#include <curl/curl.h>" "outside header curl")
expect_refusal(include/incar/adapters/curl.hpp "#include <incar/adapters/beast.hpp>" "adapters/curl may not include adapters/beast")
expect_refusal(src/smac/solve.cpp "#include \"adapters/glpk/session.hpp\"" "smac may not include adapters/glpk")
file(REMOVE_RECURSE ${WORK})
