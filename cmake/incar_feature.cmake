# incar_feature(<NAME> <package> <what it brings> [COMPONENTS ...])
#
# An option INCAR_WITH_<NAME> with the values AUTO (use the package when it is found), ON (fail when it is not) and OFF.
# Sets INCAR_HAS_<NAME> and adds a line to the feature summary.

include_guard(GLOBAL)
include(FeatureSummary)

function(incar_feature name package purpose)
  set(option INCAR_WITH_${name})
  set(${option} AUTO CACHE STRING "${purpose}: AUTO, ON or OFF")
  set_property(CACHE ${option} PROPERTY STRINGS AUTO ON OFF)
  set(found FALSE)
  if(${option} STREQUAL AUTO)
    find_package(${package} QUIET ${ARGN})
    set(found ${${package}_FOUND})
  elseif(${option})
    find_package(${package} REQUIRED ${ARGN})
    set(found TRUE)
  endif()
  set(INCAR_HAS_${name} ${found} PARENT_SCOPE)
  set(INCAR_HAS_${name} ${found})
  add_feature_info(${option} INCAR_HAS_${name} "${purpose}")
endfunction()
