// A hub between a charge point operator and a mobility service provider, all in this program: who joins, what a push to
// everybody does, and a command that goes through the hub and comes back. On a network, <incar/adapters/curl.hpp> sends
// and <incar/adapters/beast.hpp> receives; `incar hub` is such a host.

#include <incar/hub/hub.hpp>
#include <incar/ocpi_client/party.hpp>

#include <deque>
#include <iostream>
#include <map>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

// Requests wait until nothing else is being done.
std::deque<std::function<void()>> network;
std::map<std::string, net::http_handler, std::less<>> hosts;

net::http_client send_within_this_program() {
    return {"in process", [](net::http_request request, const net::http_limits&, net::http_completion done) {
                network.push_back([request, done] {
                    hosts.find(request.url.host())->second(request, [done](auto answer) { done(std::move(answer)); });
                });
            }};
}

void run() {
    for (; !network.empty(); network.pop_front()) network.front()();
}

v221::credentials_role role(v221::role what, const char* country, const char* id) {
    v221::credentials_role made;
    made.role = what;
    made.country_code = ci_string<2>(country);
    made.party_id = ci_string<3>(id);
    made.business_details.name = id;
    return made;
}

// Applies, is approved and registers.
std::unique_ptr<party> join(hub::hub& hub, const char* name, const v221::credentials_role& self, handlers tasks) {
    party_options options;
    options.base_url = net::url::parse("https://" + std::string(name) + ".example/ocpi").value();
    options.roles = {self};
    party_ports ports;
    ports.http = send_within_this_program();
    ports.objects = store::memory_store();
    ports.clock = system_clock();
    ports.random = system_random();
    auto made = std::make_unique<party>(options, ports, std::move(tasks));
    hosts[std::string(name) + ".example"] = [served = made.get()](auto request, auto respond) {
        served->handle(std::move(request), std::move(respond));
    };
    hub.apply({name, "ops@" + std::string(name) + ".example", {self}, {}}).value();
    const std::string token_a = hub.approve(name).value(); // the administrator's decision
    made->register_with("hub", "https://hub.example/ocpi/versions", token_a, [](auto done) { done.value(); });
    run();
    std::cout << name << " has joined\n";
    return made;
}

} // namespace

int main() {
    hub::hub_options options;
    options.base_url = net::url::parse("https://hub.example/ocpi").value();
    options.self = role(v221::role::hub, "EU", "HUB");
    hub::hub_ports ports;
    ports.http = send_within_this_program();
    ports.objects = store::memory_store(); // or adapters::sqlite_store
    ports.clock = system_clock();
    ports.random = system_random();
    hub::hub hub(options, ports);
    hosts["hub.example"] = [&](auto request, auto respond) { hub.handle(std::move(request), std::move(respond)); };

    std::optional<callback> waiting;
    handlers of_operator, of_provider;
    of_operator.start_session = [&](const caller& who, const v221::start_session&, const callback& result) {
        std::cout << "the operator is asked by " << ocpi::format(*who.from) << '\n';
        waiting = result;
        return expected<v221::command_response>({v221::command_response_type::accepted, 30, {}, {}});
    };
    of_provider.changed = [](const caller&, const change& what) {
        if (what.module == "locations") std::cout << "the provider learns of " << what.id << '\n';
    };
    const auto cpo = join(hub, "operator", role(v221::role::cpo, "NL", "CPO"), of_operator);
    const auto msp = join(hub, "provider", role(v221::role::emsp, "DE", "MSP"), of_provider);

    const auto location = ocpi::decode<v221::location>(R"({"country_code": "NL", "party_id": "CPO", "id": "quay-7",
        "publish": true, "address": "Quay 7", "city": "Delft", "country": "NLD", "time_zone": "Europe/Amsterdam",
        "coordinates": {"latitude": "52.011600", "longitude": "4.357100"}, "last_updated": "2026-01-15T17:00:00Z"})");
    recipient everybody("hub");
    everybody.to = ocpi::parse_party_key("EU*HUB").value();
    cpo->push(everybody, location.value(),
              [](auto done) { std::cout << (done ? "stored by the hub\n" : "refused\n"); });
    run();

    recipient the_operator("hub");
    the_operator.to = ocpi::parse_party_key("NL*CPO").value();
    v221::start_session wish;
    wish.location_id = location->id;
    wish.token.uid = id<v221::token>("04B7C6D5");
    msp->command(
        the_operator, wish, [](auto answer) { std::cout << "the answer is " << answer->result.text() << '\n'; },
        [](const v221::command_result& result) { std::cout << "the result is " << result.result.text() << '\n'; });
    run();
    cpo->send_result(*waiting, v221::command_result{v221::command_result_type::accepted, {}, {}}, [](auto) {});
    run();
}
