// A charge point operator joins a hub, publishes a location and answers a command to start charging. Both sides live in
// this program; on a network, <incar/adapters/curl.hpp> sends and <incar/adapters/beast.hpp> receives.

#include <incar/ocpi_client/party.hpp>

#include <iostream>
#include <map>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

std::map<std::string, party*, std::less<>> network; // by host

net::http_client send_within_this_program() {
    return {"in process", [](net::http_request request, const net::http_limits&, net::http_completion done) {
                party& server = *network.find(request.url.host())->second;
                server.handle(std::move(request), [done](net::http_response answer) { done(std::move(answer)); });
            }};
}

std::unique_ptr<party> make_party(const char* host, v221::role role, const char* id, handlers ours) {
    v221::credentials_role self;
    self.role = role;
    self.country_code = ci_string<2>("NL");
    self.party_id = ci_string<3>(id);
    self.business_details.name = host;
    party_options options;
    options.base_url = net::url::parse("https://" + std::string(host) + "/ocpi").value();
    options.roles = {self};
    if (role == v221::role::hub) options.offered = usual_modules(v221::role::emsp); // this hub acts for providers
    party_ports ports;
    ports.http = send_within_this_program();
    ports.objects = store::memory_store();
    ports.clock = system_clock();
    ports.random = system_random();
    auto made = std::make_unique<party>(options, ports, std::move(ours));
    network[host] = made.get();
    return made;
}

void report(const char* what, const expected<void>& outcome) {
    std::cout << what << ": " << (outcome ? "done" : format(outcome.error())) << '\n';
}

} // namespace

int main() {
    std::optional<callback> waiting; // who wants to know how the command ended
    handlers of_cpo;
    of_cpo.start_session = [&](const caller& who, const v221::start_session& wish, const callback& result) {
        std::cout << who.partner << " asks to start a session at " << wish.location_id.text() << '\n';
        waiting = result;
        return expected<v221::command_response>({v221::command_response_type::accepted, 30, {}, {}});
    };
    handlers of_hub;
    of_hub.changed = [](const caller& who, const change& what) {
        std::cout << "the hub has " << what.module << "/" << what.id << " of " << who.partner << '\n';
    };
    const auto hub = make_party("hub.example", v221::role::hub, "HUB", of_hub);
    const auto cpo = make_party("cpo.example", v221::role::cpo, "CPO", of_cpo);

    const std::string token = hub->invite("operator").value(); // reaches the operator by letter, as it were
    cpo->register_with("hub", "https://hub.example/ocpi/versions", token,
                       [](auto made) { report("registered", made); });

    const auto location = ocpi::decode<v221::location>(R"({"country_code": "NL", "party_id": "CPO", "id": "quay-7",
        "publish": true, "address": "Quay 7", "city": "Delft", "country": "NLD", "time_zone": "Europe/Amsterdam",
        "coordinates": {"latitude": "52.011600", "longitude": "4.357100"}, "last_updated": "2026-01-15T17:00:00Z"})");
    cpo->own(location.value()).value();                                            // the hub may read it from now on
    cpo->push("hub", *location, [](auto pushed) { report("published", pushed); }); // and is told

    v221::start_session wish;
    wish.location_id = id<v221::location>("quay-7");
    wish.token.uid = id<v221::token>("04B7C6D5");
    hub->command(
        "operator", wish, [](auto answer) { std::cout << "the operator says " << answer->result.text() << '\n'; },
        [](const v221::command_result& result) { std::cout << "the result is " << result.result.text() << '\n'; });
    cpo->send_result(*waiting, v221::command_result{v221::command_result_type::accepted, {}, {}},
                     [](auto told) { report("result sent", told); });
}
