#pragma once

/// \file
/// The status codes of OCPI (2.2.1 section 5), as error codes of incar.
///
///     return error{status_code::unknown_token, "/uid", "no such token"};       // a handler's failure
///     if (answer.error().code == status_code::hub_timeout) ...                 // what a partner answered

#include <incar/core/error.hpp>
#include <incar/ocpi/export.hpp>

#include <system_error>
#include <type_traits>

namespace incar::ocpi {

/// The codes that the specification names. Partners may send others of the same thousands.
enum class status_code : int {
    success = 1000,
    client_error = 2000,           ///< The request cannot be processed.
    invalid_parameters = 2001,     ///< Parameters or members are invalid or missing.
    not_enough_information = 2002, ///< For example to authorise a token.
    unknown_location = 2003,
    unknown_token = 2004,
    server_error = 3000,          ///< The server failed.
    unusable_client_api = 3001,   ///< The server could not use the client's interface during registration.
    unsupported_version = 3002,   ///< There is no version in common.
    no_matching_endpoints = 3003, ///< Endpoints that are needed are not offered.
    hub_error = 4000,             ///< The hub failed.
    unknown_receiver = 4001,      ///< The hub does not know the party addressed.
    hub_timeout = 4002,           ///< The party addressed did not answer in time.
    not_connected = 4003,         ///< The party addressed is not connected.
};

/// The category of status codes; its name is "incar.ocpi". An error code of this category has the number of the status
/// as its value, also for numbers that `status_code` does not name.
INCAR_OCPI_EXPORT const std::error_category& status_category() noexcept;

/// Makes `status_code` usable wherever a `std::error_code` is expected.
INCAR_OCPI_EXPORT std::error_code make_error_code(status_code code) noexcept;

/// How an error is told to a partner.
struct error_answer {
    int http_status = 200;
    int status_code = 2000;
};

/// The one table from errors to answers: an error of the category above keeps its number, errors about input become
/// 2001, errc::not_found HTTP 404 with 2000 (2004 also 404), whatever else fails 3000.
INCAR_OCPI_EXPORT error_answer answer_to(const std::error_code& code) noexcept;

} // namespace incar::ocpi

template <>
struct std::is_error_code_enum<incar::ocpi::status_code> : std::true_type {};
