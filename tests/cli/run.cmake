# Runs one command line and compares what comes back.
#   PROGRAM  the program            WORDS  its arguments
#   EXIT     the exit status        OUT, ERR  regular expressions of the two outputs
#   INPUT    file for standard input, if any
# Status 2 means: nothing on standard output and one line on standard error.
if(INPUT)
  set(input INPUT_FILE ${INPUT})
endif()
execute_process(COMMAND ${PROGRAM} ${WORDS} ${input} RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)

function(complain what)
  message(FATAL_ERROR "${what}\nexit status: ${status}\nstandard output:\n${out}\nstandard error:\n${err}")
endfunction()

if(NOT status STREQUAL EXIT)
  complain("exit status ${EXIT} was expected")
endif()
foreach(stream out err)
  string(TOUPPER ${stream} expectation)
  if(${expectation} AND NOT ${stream} MATCHES "${${expectation}}")
    complain("'${${expectation}}' was expected in std${stream}")
  endif()
endforeach()
if(EXIT EQUAL 2 AND NOT out STREQUAL "")
  complain("nothing was expected on standard output")
endif()
if(EXIT EQUAL 2 AND NOT err MATCHES "^incar: [^\n]+\n$")
  complain("one line was expected on standard error")
endif()
