#include <incar/ocpi_client/partner.hpp>

#include <algorithm>

namespace incar::ocpi_client {
namespace {

constexpr std::string_view optimisation_modules[] = {"scoptimizations", "scoptimization", "optimisation",
                                                     "smartChargingOptimisation"};

bool is_optimisation(std::string_view module) {
    return std::find(std::begin(optimisation_modules), std::end(optimisation_modules), module) !=
           std::end(optimisation_modules);
}

} // namespace

bool is_hub(const partner& of) {
    return std::any_of(of.roles.begin(), of.roles.end(),
                       [](const ocpi::v221::credentials_role& each) { return each.role == ocpi::v221::role::hub; });
}

bool has_party(const partner& of, const ocpi::party_key& key) {
    return std::any_of(of.roles.begin(), of.roles.end(), [&](const ocpi::v221::credentials_role& each) {
        return ocpi::party_key{each.country_code, each.party_id} == key;
    });
}

const std::string* find_endpoint(const partner& of, std::string_view module, ocpi::v221::interface_role side) {
    for (const ocpi::v221::endpoint& each : of.endpoints) {
        const std::string_view offered = each.identifier.text();
        const bool same = offered == module || (is_optimisation(offered) && is_optimisation(module));
        if (same && (each.role == side || module == "credentials")) return &each.url;
    }
    return nullptr;
}

} // namespace incar::ocpi_client
