// A hub's own work for a request, without sockets, threads and disk: for a profiler, which counts instructions whatever
// else the machine does.
//
//     valgrind --tool=callgrind --toggle-collect=serve_all --collect-atstart=no benchmark_hub_requests store 4096
//
// `store`: a PUT of a Location of 2.1 kB to the hub itself, of many ids. `forward`: the same to one member, which
// answers at once. In front is what `incar hub` puts there: counting, limiting, and the drivers' API.

#include <incar/adapters/openssl.hpp>
#include <incar/app/app_api.hpp>
#include <incar/core/clock.hpp>
#include <incar/core/random.hpp>
#include <incar/hub/hub.hpp>
#include <incar/net/metrics.hpp>
#include <incar/net/rate_limit.hpp>
#include <incar/ocpi_client/authorization.hpp>
#include <incar/ocpi_client/party.hpp>

#include <cstdio>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>

using namespace incar;
namespace v221 = ocpi::v221;

namespace {

std::string text_of(const char* file) {
    std::ifstream from(file);
    return {std::istreambuf_iterator<char>(from), {}};
}

v221::credentials_role role_of(const char* country, const std::string& party, v221::role as) {
    v221::credentials_role made;
    made.role = as;
    made.country_code = ci_string<2>(country);
    made.party_id = ci_string<3>(party);
    made.business_details.name = party;
    return made;
}

// What is sent waits here until the hub has flushed.
struct wires {
    std::deque<std::pair<net::http_request, net::http_completion>> queue;
    std::map<std::string, net::http_handler> hosts;
    bool answers_at_once = false;

    net::http_client client() {
        return {"wires", [this](net::http_request request, const net::http_limits&, net::http_completion done) {
                    queue.emplace_back(std::move(request), std::move(done));
                }};
    }

    void run() {
        static const net::http_response taken{
            200, {{"Content-Type", "application/json"}}, R"({"status_code":1000,"timestamp":"2026-01-15T17:00:00Z"})"};
        while (!queue.empty()) {
            auto [request, done] = std::move(queue.front());
            queue.pop_front();
            if (answers_at_once)
                done(taken);
            else
                hosts.at(std::string(request.url.host()))(
                    std::move(request),
                    [done = std::move(done)](net::http_response answer) { done(std::move(answer)); });
        }
    }
};

struct house {
    wires net;
    std::unique_ptr<hub::hub> middle;
    std::map<std::string, std::unique_ptr<ocpi_client::party>> parties;

    void settle() {
        for (int i = 0; i < 20; ++i) {
            net.run();
            middle->flush().value();
        }
    }

    std::string join(const std::string& name, const v221::credentials_role& self) {
        ocpi_client::party_options options;
        options.base_url = net::url::parse("http://" + name + ".example/ocpi").value();
        options.roles = {self};
        ocpi_client::party_ports ports;
        ports.http = net.client();
        ports.objects = store::memory_store();
        ports.clock = system_clock();
        ports.random = system_random();
        auto& made = parties[name] = std::make_unique<ocpi_client::party>(options, ports);
        net.hosts[name + ".example"] = [&made](auto request, auto respond) {
            made->handle(std::move(request), std::move(respond));
        };
        middle->apply({name, "it@example.org", {self}, {}}).value();
        const std::string token = middle->approve(name).value();
        made->register_with("hub", "http://hub.example/ocpi/versions", token,
                            [](const expected<void>& done) { done.value(); });
        settle();
        return ocpi_client::format_authorization(made->find("hub")->token_out);
    }
};

net::http_request request_for(int number, const std::string& authorization, const char* country, const char* party,
                              const std::string& location) {
    char id[32], name[64];
    std::snprintf(id, sizeof id, "LOC%06d", number * 7919 % 20000);
    net::http_request made;
    made.method = "PUT";
    made.url = net::url::parse(std::string("http://hub.example/ocpi/2.2.1/locations/receiver/ES/VLC/") + id).value();
    std::snprintf(name, sizeof name, "12345678-1234-4123-8123-%012d", number);
    made.headers = {
        {"Host", "hub.example"},       {"Authorization", authorization},  {"Content-Type", "application/json"},
        {"X-Request-ID", name},        {"X-Correlation-ID", name},        {"OCPI-from-country-code", "ES"},
        {"OCPI-from-party-id", "VLC"}, {"OCPI-to-country-code", country}, {"OCPI-to-party-id", party}};
    made.body = location;
    const std::string known = "\"id\":\"LOC-0001\"";
    made.body.replace(made.body.find(known), known.size(), std::string("\"id\":\"") + id + "\"");
    made.peer = net::ip_address::parse("127.0.0.1").value();
    return made;
}

} // namespace

extern "C" int serve_all(const net::http_handler& handler, house& all, std::vector<net::http_request>& requests) {
    constexpr std::size_t batch = 32;
    int good = 0;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        handler(std::move(requests[i]), [&good](net::http_response answer) { good += answer.status / 100 == 2; });
        if ((i + 1) % batch != 0) continue;
        all.middle->flush().value();
        all.net.run();
        all.middle->flush().value();
    }
    return good;
}

int main(int count, char** words) {
    if (count != 3) return 2;
    const bool forwards = words[1] == std::string("forward");
    house all;
    hub::hub_options options;
    options.base_url = net::url::parse("http://hub.example/ocpi").value();
    options.self = role_of("EU", "HUB", v221::role::hub);
    const std::string key(adapters::key_bytes, 'k');
    hub::hub_ports ports;
    ports.http = all.net.client();
    ports.objects = store::memory_store(store::commit_mode::by_caller);
    ports.clock = system_clock();
    ports.random = system_random();
    ports.fingerprint = adapters::make_fingerprint(key).value();
    all.middle = std::make_unique<hub::hub>(options, ports);
    app::app_options apps;
    apps.base_url = net::url::parse("http://hub.example").value();
    app::app_api drivers(*all.middle, apps, {ports.http, ports.clock, ports.random});
    net::http_handler handler = [&all, &drivers](auto request, auto respond) {
        if (drivers.serves(request.url)) return drivers.handle(std::move(request), std::move(respond));
        all.middle->handle(std::move(request), std::move(respond));
    };
    all.net.hosts["hub.example"] = handler;
    const net::http_metrics metrics({"locations", "sessions", "cdrs", "tariffs", "tokens", "commands",
                                     "chargingprofiles", "hubclientinfo", "scoptimizations", "credentials", "versions",
                                     "admin", "app"});
    net::rate_limit_options rates;
    rates.known = {1e6, 4e6};
    handler = net::limit_rate(rates, metrics.count(std::move(handler)));

    const std::string sender = all.join("VLC", role_of("ES", "VLC", v221::role::cpo));
    if (forwards) all.join("000", role_of("NL", "000", v221::role::emsp));
    all.net.answers_at_once = true;
    const std::string location = text_of("benchmarks/data/location.json");
    const auto requests_of = [&](int first, int number) {
        std::vector<net::http_request> made;
        for (int i = first; i < first + number; ++i)
            made.push_back(request_for(i, sender, forwards ? "NL" : "EU", forwards ? "000" : "HUB", location));
        return made;
    };
    const int wanted = std::atoi(words[2]);
    int good = 0; // the first two lots are stored, and everything that grows has grown
    for (const int lot : {0, 1}) {
        auto requests = requests_of(lot * 2048, 2048);
        for (auto& each : requests) {
            all.middle->handle(std::move(each),
                               [&good](net::http_response answer) { good += answer.status / 100 == 2; });
            if (&each == &requests.back() || (&each - requests.data()) % 32 == 31) all.settle();
        }
    }
    auto requests = requests_of(0, wanted);
    good += serve_all(handler, all, requests);
    std::printf("%d of %d answered 2xx\n", good, wanted + 4096);
    return good == wanted + 4096 ? 0 : 1;
}
