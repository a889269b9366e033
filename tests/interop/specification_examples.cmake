# Runs the round trip of the specification's own examples of 2.2.1, which may not be part of this source. The Rust crate
# ocpi-kit carries them unchanged; cargo fetches it by name and version.
#   PROGRAM  test_ocpi     WORK  a folder to work in
# Skips aloud without cargo or without its registry. INCAR_OCPI_SPECIFICATION, when it is set, is used instead.
if(NOT DEFINED ENV{INCAR_OCPI_SPECIFICATION})
  find_program(cargo cargo)
  if(NOT cargo)
    message("skipped: there is no cargo to fetch the examples with, and INCAR_OCPI_SPECIFICATION is not set")
    return()
  endif()
  file(WRITE ${WORK}/Cargo.toml "[package]\nname = \"examples\"\nversion = \"0.0.0\"\nedition = \"2021\"\n"
    "[dependencies]\nocpi-kit = { version = \"=0.1.0\", default-features = false }\n[workspace]\n")
  file(WRITE ${WORK}/src/lib.rs "")
  if(NOT EXISTS ${WORK}/vendor/ocpi-kit/fixtures/2.2.1)
    execute_process(COMMAND ${cargo} vendor --quiet ${WORK}/vendor WORKING_DIRECTORY ${WORK}
      RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE reason TIMEOUT 240)
    if(NOT status EQUAL 0)
      message("skipped: the crate cannot be fetched: ${reason}")
      return()
    endif()
  endif()
  set(ENV{INCAR_OCPI_SPECIFICATION} ${WORK}/vendor/ocpi-kit/fixtures/2.2.1)
endif()

execute_process(COMMAND ${PROGRAM} "--test-suite=ocpi specification" RESULT_VARIABLE status OUTPUT_VARIABLE out)
message("${out}")
if(NOT status EQUAL 0 OR NOT out MATCHES "[1-9][0-9]+ files, [1-9][0-9]+ objects")
  message(FATAL_ERROR "the examples did not come back as they were")
endif()
