#include <incar/ocpi/party_key.hpp>

#include <algorithm>

namespace incar::ocpi {

expected<party_key> parse_party_key(std::string_view text) {
    const bool separated = text.size() == 6 && (text[2] == '*' || text[2] == '-');
    const bool plain = text.size() == 5;
    const auto is_alphanumeric = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    if (separated || plain) {
        const std::string country(text.substr(0, 2));
        const std::string party(text.substr(separated ? 3 : 2));
        if (std::all_of(country.begin(), country.end(), is_alphanumeric) &&
            std::all_of(party.begin(), party.end(), is_alphanumeric))
            return party_key{ci_string<2>(country), ci_string<3>(party)};
    }
    return error{errc::malformed, "", "a country code and a party id are needed, as in NL*TNM"};
}

std::string format(const party_key& party) {
    return party.country_code.text() + "*" + party.party_id.text();
}

} // namespace incar::ocpi
