#include "two_parties.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

TEST_CASE("a registration exchanges tokens, endpoints and roles") {
    two_parties both;
    const auto connected = both.connect();
    REQUIRE_MESSAGE(connected.has_value(), (connected ? "" : format(connected.error())));
    const partner* at_cpo = both.cpo->find("msp");
    const partner* at_msp = both.msp->find("cpo");
    REQUIRE(at_cpo);
    REQUIRE(at_msp);
    CHECK(at_cpo->state == partner_state::registered);
    CHECK(at_msp->state == partner_state::registered);
    CHECK(at_cpo->token_in == at_msp->token_out);
    CHECK(at_cpo->token_out == at_msp->token_in);
    CHECK(at_cpo->roles.front().party_id == ci_string<3>("MSP"));
    CHECK(at_msp->roles.front().role == v221::role::cpo);
    CHECK(find_endpoint(*at_msp, "locations", v221::interface_role::sender));
    CHECK_FALSE(find_endpoint(*at_msp, "locations", v221::interface_role::receiver));
    CHECK(both.cpo_saved.at("msp").token_in == at_cpo->token_in);

    // GET versions, GET details, POST; and within the POST the CPO's GET versions and GET details
    std::vector<std::string> seen;
    for (const recorded& each : both.net.log)
        seen.push_back(each.request.method + " " + std::string(each.request.url.host()) +
                       std::string(each.request.url.path()));
    CHECK(seen == std::vector<std::string>{"GET cpo.example/ocpi/versions", "GET cpo.example/ocpi/2.2.1",
                                           "POST cpo.example/ocpi/2.2.1/credentials", "GET msp.example/ocpi/versions",
                                           "GET msp.example/ocpi/2.2.1"});
}
