# The interpreter for the Python package and for tests written in Python: sets Python_EXECUTABLE.
#
# FindPython takes the first python3 on the PATH, which may be one of a version manager without NumPy. Unless the caller
# names one, take the first that has it.
if(NOT DEFINED Python_EXECUTABLE)
  find_program(INCAR_PYTHON_ON_PATH python3)
  mark_as_advanced(INCAR_PYTHON_ON_PATH)
  foreach(candidate IN ITEMS ${INCAR_PYTHON_ON_PATH} /usr/bin/python3 /usr/local/bin/python3)
    execute_process(COMMAND ${candidate} -c "import numpy" RESULT_VARIABLE lacks_numpy OUTPUT_QUIET ERROR_QUIET)
    if(lacks_numpy EQUAL 0)
      set(Python_EXECUTABLE ${candidate})
      break()
    endif()
  endforeach()
endif()
