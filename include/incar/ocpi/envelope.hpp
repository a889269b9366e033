#pragma once

/// \file
/// What OCPI wraps around every response: status, time and the data (2.2.1 section 4.1.7).
///
///     envelope answer = decode_envelope(response.body).value();
///     if (!succeeded(answer)) return failure_of(answer);
///     auto token = decode<v221::token>(answer.data.value_or("null"));

#include <incar/core/expected.hpp>
#include <incar/core/json.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/ocpi/export.hpp>
#include <incar/ocpi/status.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace incar::ocpi {

/// A response. A plain value.
struct envelope {
    std::optional<std::string> data; ///< JSON: an object, a list or a word, as the request asks for.
    int status_code = 1000;          ///< 1000 to 1999: success.
    std::string status_message;      ///< For people; may be empty.
    incar::timestamp timestamp;      ///< When the response was made.
};

/// Writes it; `data` goes in as it is.
INCAR_OCPI_EXPORT std::string encode(const envelope& response);

/// Reads it. A missing timestamp or message is no error, as partners leave them out; a missing status code is
/// (errc::missing). Other errors as for `decode`.
INCAR_OCPI_EXPORT expected<envelope> decode_envelope(std::string_view text, const json::limits& limits = {});

/// Whether the status is of the 1000s.
inline bool succeeded(const envelope& response) noexcept {
    return response.status_code >= 1000 && response.status_code < 2000;
}

/// The error that an unsuccessful response stands for, with its status as code and its message.
INCAR_OCPI_EXPORT error failure_of(const envelope& response);

} // namespace incar::ocpi
