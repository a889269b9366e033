#include "ocpi_client/core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

constexpr std::string_view optimisation_modules[] = {"scoptimizations", "scoptimization", "optimisation",
                                                     "smartChargingOptimisation"};

} // namespace

std::string_view usual_name(std::string_view module) {
    for (const std::string_view each : optimisation_modules)
        if (each == module) return optimisation_modules[0];
    return module;
}

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
    const std::string_view wanted = usual_name(module);
    for (const ocpi::v221::endpoint& each : of.endpoints) {
        if (each.role != side && module != "credentials") continue;
        const std::string_view offered = each.identifier.text();
        if (offered == wanted || usual_name(offered) == wanted) return &each.url;
    }
    return nullptr;
}

} // namespace incar::ocpi_client
