#pragma once

// What a partner answered, told apart.

#include <incar/ocpi_client/party.hpp>

namespace incar::ocpi_client {

// The envelope of a success, or why it is none: the status of OCPI if there is one, errc::not_found for a bare HTTP
// 404, errc::unavailable for other HTTP failures, errc::malformed for a success that is no OCPI.
expected<answer> read_answer(const net::http_response& response, const json::limits& limits);

} // namespace incar::ocpi_client
