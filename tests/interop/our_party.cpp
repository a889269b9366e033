// interop_party ROLE:COUNTRY:PARTY... [MODULE:SIDE...]: one party of ours on a port of 127.0.0.1, driven by JSON lines.
// A MODULE:SIDE, such as sessions:SENDER, is offered beside what the roles usually offer.
//
// Says {"event": "ready", "versions_url": ...}; then answers each line {"re": N, "do": WORD, ...} of its input with one
// line {"re": N, "value": ...} or {"re": N, "error": {...}}. Lines with "event" say what partners did; "request" is
// each of their requests as it came. Ends with its input.

#include "deeds.hpp"

#include <incar/adapters/beast.hpp>
#include <incar/adapters/curl.hpp>
#include <incar/core/clock.hpp>
#include <incar/net/work_loop.hpp>

#include <algorithm>
#include <iostream>
#include <thread>

namespace incar::interop {
namespace {

void say(const json::value& line) {
    std::cout << json::format(line) << std::endl;
}

void say_request(const net::http_request& request) {
    std::vector<json::member> headers, parameters;
    for (const net::header& each : request.headers) headers.push_back({each.name, each.value});
    for (const net::query_parameter& each : request.url.parameters()) parameters.push_back({each.name, each.value});
    say(members({{"event", "request"},
                 {"method", request.method},
                 {"path", std::string(request.url.path())},
                 {"parameters", members(std::move(parameters))},
                 {"headers", members(std::move(headers))},
                 {"body", request.body}}));
}

ocpi_client::v221::credentials_role read_role(const std::string& text) {
    const auto first = text.find(':'), second = text.find(':', first + 1);
    ocpi_client::v221::credentials_role role;
    role.role = ocpi::open_enum<ocpi::v221::role>(text.substr(0, first));
    role.country_code = ci_string<2>(text.substr(first + 1, second - first - 1));
    role.party_id = ci_string<3>(text.substr(second + 1));
    role.business_details.name = "incar under test";
    return role;
}

void read_words(const std::vector<std::string>& words, ocpi_client::party_options& to) {
    std::vector<ocpi_client::module_side> beside;
    for (const std::string& each : words) {
        const auto first = each.find(':');
        if (each.find(':', first + 1) != std::string::npos)
            to.roles.push_back(read_role(each));
        else
            beside.push_back({each.substr(0, first), each.substr(first + 1) == "SENDER"
                                                         ? v221::interface_role::sender
                                                         : v221::interface_role::receiver});
    }
    if (beside.empty()) return;
    to.offered = std::move(beside);
    for (const auto& role : to.roles)
        for (auto& side : ocpi_client::usual_modules(role.role.known().value())) to.offered.push_back(std::move(side));
}

// What is told about it is told on the loop's thread, as all that concerns the party.
int run(const std::vector<std::string>& words) {
    const net::work_loop loop;
    manners how;
    std::vector<net::http_respond> unanswered;
    std::unique_ptr<ocpi_client::party> party;

    adapters::curl_options to_here;
    to_here.addresses.allowed.push_back(net::address_block::parse("127.0.0.0/8").value());
    adapters::curl_client client(to_here);

    const net::http_handler handler = [&](net::http_request request, net::http_respond respond) {
        say_request(request);
        if (!how.answers) return unanswered.push_back(std::move(respond));
        if (how.bare_status != 0) return respond({how.bare_status, {}, ""});
        party->handle(std::move(request), std::move(respond));
    };
    adapters::http_server_options place;
    std::optional<adapters::http_server> server;
    const auto listen = [&](bool is_there) {
        server.reset();
        if (is_there) server.emplace(adapters::http_server::start(place, loop.wrap(handler)).value());
    };
    listen(true);
    place.port = server->port();

    ocpi_client::party_options options;
    options.base_url = net::url::parse("http://127.0.0.1:" + std::to_string(place.port) + "/ocpi").value();
    options.page_limit = 2;
    read_words(words, options);

    ocpi_client::party_ports ports;
    ports.http = loop.wrap(client.port());
    ports.objects = store::memory_store();
    ports.clock = system_clock();
    ports.random = system_random();
    ports.log = stderr_log(log_level::warning);
    const store::object_store objects = ports.objects;
    party = std::make_unique<ocpi_client::party>(
        options, std::move(ports), well_behaved([&]() -> ocpi_client::party& { return *party; }, how, say));
    say(members({{"event", "ready"}, {"versions_url", options.base_url.text() + "/versions"}}));

    std::thread reader([&] {
        for (std::string line; std::getline(std::cin, line);)
            loop.post([&, line] {
                const json::value wish = json::parse(line).value();
                const auto answer = [re = *wish.find("re")](const expected<json::value>& result) {
                    if (result) return say(members({{"re", re}, {"value", *result}}));
                    say(members({{"re", re}, {"error", as_json(result.error())}}));
                };
                try {
                    perform({*party, objects, how, say, listen}, wish, answer);
                } catch (const exception& wrong) { // a wish that cannot be read
                    answer(wrong.error());
                }
            });
        loop.stop();
    });
    net::work_rounds rounds;
    rounds.next_deadline = [&] { return party->next_deadline(); };
    rounds.tick = [&] { party->tick(); };
    loop.run(rounds, system_clock());
    reader.join();
    unanswered.clear();
    server.reset();
    return 0;
}

} // namespace
} // namespace incar::interop

int main(int count, char** words) {
    try {
        return incar::interop::run({words + 1, words + count});
    } catch (const std::exception& failure) {
        std::cerr << "interop_party: " << failure.what() << '\n';
        return 2;
    }
}
