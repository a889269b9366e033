# Finds Boost.Beast and Boost.Asio (Debian: libboost-dev), headers only, and OpenSSL (libssl-dev) for their TLS. Target: Beast::Beast
find_path(Beast_INCLUDE_DIR boost/beast/http.hpp)
find_package(OpenSSL QUIET)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Beast REQUIRED_VARS Beast_INCLUDE_DIR OPENSSL_SSL_LIBRARY)
mark_as_advanced(Beast_INCLUDE_DIR)
if(Beast_FOUND AND NOT TARGET Beast::Beast)
  add_library(Beast::Beast INTERFACE IMPORTED)
  set_target_properties(Beast::Beast PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES ${Beast_INCLUDE_DIR} INTERFACE_LINK_LIBRARIES "OpenSSL::SSL;OpenSSL::Crypto")
endif()
