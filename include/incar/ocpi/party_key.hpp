#pragma once

/// \file
/// The name of a party: country code and party id, as in "NL*TNM".

#include <incar/core/ci_string.hpp>
#include <incar/core/expected.hpp>
#include <incar/ocpi/export.hpp>

#include <string>
#include <string_view>

namespace incar::ocpi {

/// Country code (ISO 3166-1 alpha-2) and party id (ISO 15118). A plain value, compared without case.
struct party_key {
    ci_string<2> country_code;
    ci_string<3> party_id;

    friend bool operator==(const party_key& left, const party_key& right) noexcept {
        return left.country_code == right.country_code && left.party_id == right.party_id;
    }
    friend bool operator!=(const party_key& left, const party_key& right) noexcept { return !(left == right); }
    friend bool operator<(const party_key& left, const party_key& right) noexcept {
        if (left.country_code != right.country_code) return left.country_code < right.country_code;
        return left.party_id < right.party_id;
    }
};

/// Reads "NL*TNM", "NL-TNM" or "NLTNM". Fails with errc::malformed.
INCAR_OCPI_EXPORT expected<party_key> parse_party_key(std::string_view text);

/// "NL*TNM", in the case that was given.
INCAR_OCPI_EXPORT std::string format(const party_key& party);

} // namespace incar::ocpi
