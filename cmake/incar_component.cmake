# incar_component(<name> SOURCES <file>... [HEADERS <file>...] [DEPENDS <component>...] [LIBRARIES <target>...])
#
# One component of the SDK: a library target incar::<name> with its own export set and install component, hidden symbols
# and a generated export macro INCAR_<NAME>_EXPORT in <incar/<name>/export.hpp>.
#   SOURCES    below src/
#   HEADERS    public, below include/incar/; each is compiled alone by the tests
#   DEPENDS    other components, part of the public interface
#   LIBRARIES  targets of outside libraries, always private

include_guard(GLOBAL)
include(GNUInstallDirs)
include(GenerateExportHeader)

set(INCAR_INSTALL_CMAKEDIR ${CMAKE_INSTALL_LIBDIR}/cmake/incar)

function(incar_component name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS;DEPENDS;LIBRARIES")
  set(target incar_${name})
  list(TRANSFORM arg_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/src/)
  list(TRANSFORM arg_DEPENDS PREPEND incar::)
  string(TOUPPER INCAR_${name} prefix)

  add_library(${target} ${arg_SOURCES})
  add_library(incar::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name}
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
    CXX_VISIBILITY_PRESET hidden
    C_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON)
  target_compile_features(${target} PUBLIC cxx_std_17)
  target_include_directories(${target}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_LIBRARIES} $<BUILD_INTERFACE:incar_warnings>)

  set(export_header ${PROJECT_BINARY_DIR}/include/incar/${name}/export.hpp)
  generate_export_header(${target} BASE_NAME ${prefix} EXPORT_FILE_NAME ${export_header})
  get_target_property(type ${target} TYPE)
  if(type STREQUAL STATIC_LIBRARY)
    target_compile_definitions(${target} PUBLIC ${prefix}_STATIC_DEFINE)
  endif()

  install(TARGETS ${target} EXPORT incar-${name}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${name} NAMELINK_COMPONENT ${name}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${name})
  install(EXPORT incar-${name} NAMESPACE incar:: DESTINATION ${INCAR_INSTALL_CMAKEDIR} COMPONENT ${name})
  install(FILES ${export_header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/incar/${name} COMPONENT ${name})
  foreach(header IN LISTS arg_HEADERS)
    get_filename_component(folder ${header} DIRECTORY)
    install(FILES ${PROJECT_SOURCE_DIR}/include/incar/${header}
      DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/incar/${folder} COMPONENT ${name})
  endforeach()

  set_property(GLOBAL APPEND PROPERTY INCAR_COMPONENTS ${name})
  set_property(GLOBAL PROPERTY INCAR_HEADERS_${name} ${arg_HEADERS})
endfunction()

# Installs the package files once all components are declared: incar-config.cmake, its version file and find modules.
function(incar_install_package)
  include(CMakePackageConfigHelpers)
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/incar-config.cmake.in
    ${PROJECT_BINARY_DIR}/incar-config.cmake INSTALL_DESTINATION ${INCAR_INSTALL_CMAKEDIR})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/incar-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/incar-config.cmake ${PROJECT_BINARY_DIR}/incar-config-version.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindBeast.cmake ${PROJECT_SOURCE_DIR}/cmake/FindCctz.cmake ${PROJECT_SOURCE_DIR}/cmake/FindGLPK.cmake
    DESTINATION ${INCAR_INSTALL_CMAKEDIR} COMPONENT core)
endfunction()
