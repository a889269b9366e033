// Members of a hub that runs already: they apply, are approved, register and answer every push at once.
//
//     benchmarks/hub.sh                builds, loads the hub through these, and measures
//
// `hub_partners HUB_URL ADMIN_TOKEN PORT COUNT` registers the sender ES*VLC and COUNT receivers NL*000, NL*001 and so
// on, each at an address of its own, prints what the sender's Authorization says and serves until it is killed.
// `... ROUNDS PID` then broadcasts ROUNDS pushes, each when all have the one before, and prints the CPU time of PID for
// a delivery. `hub_partners fill FILE COUNT` puts locations of 345 bytes into a store; `sink PORT`
// answers pushes and knows nobody.

#include <incar/adapters/beast.hpp>
#include <incar/adapters/curl.hpp>
#include <incar/adapters/sqlite.hpp>
#include <incar/core/json.hpp>
#include <incar/net/strand.hpp>
#include <incar/ocpi_client/party.hpp>

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <future>
#include <iostream>
#include <map>
#include <sstream>
#include <thread>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

void need(const expected<void>& done, const std::string& what) {
    if (done) return;
    std::cerr << what << ": " << format(done.error()) << '\n';
    std::exit(1);
}

v221::credentials_role role_of(const char* country, const std::string& party, v221::role as) {
    v221::credentials_role made;
    made.role = as;
    made.country_code = ci_string<2>(country);
    made.party_id = ci_string<3>(party);
    made.business_details.name = party;
    return made;
}

class members {
public:
    members(std::string hub, std::string admin_token, int port)
        : hub_(std::move(hub)), admin_token_(std::move(admin_token)), port_(port), client_(anywhere()) {
        adapters::http_server_options options;
        options.address = "0.0.0.0";
        options.port = static_cast<std::uint16_t>(port);
        auto handle = strand_.wrap(net::http_handler([this](auto request, auto respond) {
            parties_.at(std::string(request.url.host()))->handle(std::move(request), std::move(respond));
        }));
        const net::http_response taken{
            200, {{"Content-Type", "application/json"}}, R"({"status_code":1000,"timestamp":"2026-01-15T17:00:00Z"})"};
        auto server = adapters::http_server::start(options, [this, handle, taken](auto request, auto respond) {
            if (request.url.path().find("/locations/receiver/") == std::string_view::npos)
                return handle(std::move(request), std::move(respond));
            ++taken_;
            respond(taken);
        });
        need(server ? expected<void>() : server.error(), "server");
        server_.emplace(std::move(*server));
    }

    // The value of its Authorization header.
    std::string join(const std::string& host, const v221::credentials_role& self) {
        const std::string name = std::string(self.party_id.text());
        const std::string role = R"({"role":")" + std::string(self.role.text()) + R"(","country_code":")" +
                                 std::string(self.country_code.text()) + R"(","party_id":")" + name +
                                 R"(","business_details":{"name":")" + name + R"("}})";
        ask("applications", R"({"name":")" + name + R"(","email":"it@example.org","roles":[)" + role + "]}");
        const json::value approved = ask("members/" + name + "/approve", "");
        const std::string token = *approved.find("token_a")->as_string();
        party_options options;
        options.base_url = net::url::parse("http://" + host + ":" + std::to_string(port_) + "/ocpi").value();
        options.roles = {self};
        party_ports ports;
        ports.http = strand_.wrap(client_.port());
        ports.objects = store::memory_store();
        ports.clock = system_clock();
        ports.random = system_random();
        std::promise<expected<void>> done;
        strand_.post([&] {
            auto& made = parties_[host] = std::make_unique<party>(options, ports);
            made->register_with("hub", hub_ + "/ocpi/versions", token,
                                [&](expected<void> how) { done.set_value(std::move(how)); });
        });
        need(done.get_future().get(), name);
        return format_authorization(parties_.at(host)->find("hub")->token_out);
    }

    void push(const std::string& authorization, int number, const std::string& location) {
        net::http_request request;
        request.method = "PUT";
        request.url = net::url::parse(hub_ + "/ocpi/2.2.1/locations/receiver/ES/VLC/LOC-0001").value();
        request.headers = {{"Authorization", authorization},         {"Content-Type", "application/json"},
                           {"X-Request-ID", std::to_string(number)}, {"X-Correlation-ID", std::to_string(number)},
                           {"OCPI-from-country-code", "ES"},         {"OCPI-from-party-id", "VLC"},
                           {"OCPI-to-country-code", "EU"},           {"OCPI-to-party-id", "HUB"}};
        request.body = location;
        const auto answer = client_.fetch(std::move(request));
        need(answer ? expected<void>() : answer.error(), "push");
        if (answer->status > 201) need(error{errc::malformed, "push", answer->body}, "push");
    }

    long taken() const { return taken_; }

private:
    static adapters::curl_options anywhere() {
        adapters::curl_options options;
        options.addresses.allowed = {net::address_block::parse("127.0.0.0/8").value()};
        return options;
    }

    json::value ask(const std::string& path, std::string body) {
        net::http_request request;
        request.method = "POST";
        request.url = net::url::parse(hub_ + "/admin/" + path).value();
        request.headers = {{"Authorization", "Bearer " + admin_token_}, {"Content-Type", "application/json"}};
        request.body = std::move(body);
        const auto answer = client_.fetch(std::move(request));
        need(answer ? expected<void>() : answer.error(), path);
        if (answer->status > 201) need(error{errc::malformed, path, answer->body}, "administration");
        return json::parse(answer->body).value();
    }

    const std::string hub_, admin_token_;
    const int port_;
    std::atomic<long> taken_{0};
    net::strand strand_;
    std::map<std::string, std::unique_ptr<party>> parties_; // by host
    adapters::curl_client client_;
    std::optional<adapters::http_server> server_;
};

double cpu_seconds(const char* process) {
    std::ifstream stat("/proc/" + std::string(process) + "/stat");
    std::string line;
    std::getline(stat, line);
    std::istringstream rest(line.substr(line.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::string text_of(const char* file) {
    std::ifstream from(file);
    return {std::istreambuf_iterator<char>(from), {}};
}

int fill(const std::string& file, int count) {
    adapters::sqlite_options options;
    options.file = file;
    options.commits = store::commit_mode::by_caller;
    const auto objects = adapters::sqlite_store::open(options).value().port();
    const auto start = timestamp::parse("2026-01-01T00:00:00Z").value();
    for (int i = 0; i < count; ++i) {
        char id[16];
        std::snprintf(id, sizeof id, "LOC%07d", i);
        const timestamp at = start + std::chrono::seconds(i);
        store::stored_object object;
        object.key = {"locations", "ES*VLC", id};
        object.last_updated = at;
        object.text = R"({"country_code":"ES","party_id":"VLC","id":")" + std::string(id) +
                      R"(","publish":true,"name":"Aparcamiento de la estacion del norte, planta baja","address":)"
                      R"("Carrer de Xativa 24, entrada por el patio","city":"Valencia","postal_code":"46007",)"
                      R"("country":"ESP","coordinates":{"latitude":"39.466600","longitude":"-0.377500"},)"
                      R"("time_zone":"Europe/Madrid","last_updated":")" +
                      format(at) + R"("})";
        objects.save(object).value();
        if (i % 512 == 511) objects.commit().value();
    }
    objects.commit().value();
    return 0;
}

} // namespace

int main(int count, char** words) {
    if (count == 4 && words[1] == std::string("fill")) return fill(words[2], std::atoi(words[3]));
    if (count == 3 && words[1] == std::string("sink")) {
        const members none("", "", std::atoi(words[2]));
        ::pause();
    }
    if (count != 5 && count != 7) return 2;
    members all(words[1], words[2], std::atoi(words[3]));
    const int receivers = std::atoi(words[4]);
    const std::string sender = all.join("127.0.0.1", role_of("ES", "VLC", v221::role::cpo));
    for (int i = 0; i < receivers; ++i) {
        char party[16];
        std::snprintf(party, sizeof party, "%03d", i);
        all.join("127.0.1." + std::to_string(i + 1), role_of("NL", party, v221::role::emsp));
        std::this_thread::sleep_for(std::chrono::milliseconds(i < 40 ? 0 : 210)); // as fast as strangers may come
    }
    if (count == 5) {
        std::cout << sender << std::endl;
        ::pause();
    }
    const int rounds = std::atoi(words[5]), warm_up = 20;
    const std::string location = text_of("benchmarks/data/location.json");
    double before = 0;
    for (int i = 0; i < warm_up + rounds; ++i) {
        if (i == warm_up) before = cpu_seconds(words[6]);
        const long wanted = all.taken() + receivers;
        all.push(sender, i, location);
        while (all.taken() < wanted) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::printf("%.1f\n", (cpu_seconds(words[6]) - before) / rounds / receivers * 1e6);
}
