#pragma once

// What a partner answered, told apart.

#include <incar/ocpi_client/party.hpp>

namespace incar::ocpi_client {

// Whether an answer must stand in the envelope of OCPI. Some partners send the first answers about commands and
// profiles bare.
enum class wrapping { required, optional };

// The envelope of a success, or why it is none: std::errc::permission_denied for HTTP 401, else the status of OCPI if
// there is one, errc::not_found for a bare HTTP 404, errc::unavailable for other HTTP failures, errc::malformed for a
// success that is no OCPI.
expected<answer> read_answer(const net::http_response& response, const json::limits& limits,
                             wrapping expected_as = wrapping::required);

// The data of an answer about one object or word, "null" when there is none. Some partners put it into a list of one.
std::string sole_data(const answer& from);

} // namespace incar::ocpi_client
