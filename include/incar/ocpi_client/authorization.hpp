#pragma once

/// \file
/// Credentials tokens in the Authorization header (OCPI 2.2.1 section 4.1.2): "Token " and the token in Base64, or,
/// from older implementations, the token itself.

#include <incar/core/random.hpp>
#include <incar/ocpi_client/export.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace incar::ocpi_client {

/// The value of the header.
INCAR_OCPI_CLIENT_EXPORT std::string format_authorization(std::string_view token, bool plain = false);

/// The tokens that a header may mean, the likeliest first: what its Base64 stands for (without a line feed at the end,
/// which the specification's own examples have), then what it says literally. Empty when it is not of the scheme
/// "Token".
INCAR_OCPI_CLIENT_EXPORT std::vector<std::string> tokens_in_authorization(std::string_view header);

/// Whether two secrets are equal, in a time that depends on their lengths alone.
INCAR_OCPI_CLIENT_EXPORT bool equal_secrets(std::string_view left, std::string_view right) noexcept;

} // namespace incar::ocpi_client
