# cmake -DPROGRAM=... -DEXPECTED=... -P compare.cmake
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE printed RESULT_VARIABLE code)
file(READ ${EXPECTED} expected)
if(NOT code EQUAL 0 OR NOT printed STREQUAL expected)
  message(FATAL_ERROR "ended with ${code}, printed:\n${printed}instead of:\n${expected}")
endif()
