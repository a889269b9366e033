# The day that comes with the source is the day of the public data, figure by figure.
if(NOT DEFINED ENV{INCAR_DATA})
  message("skipped: INCAR_DATA names no folder with the public data")
  return()
endif()
execute_process(COMMAND ${PROGRAM} demo --write-day ${WORK}/day.json --report ${WORK}/same_day.html
  COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${WORK}/day.json ${TYPED_IN} COMMAND_ERROR_IS_FATAL ANY)
