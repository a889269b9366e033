// Bodies and requests that went wrong in every way: each one is answered, with an envelope, and the hub goes on.
//
// INCAR_MUTATIONS sets how many are tried.

#include "house.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

using namespace incar;
using namespace incar::hub;

namespace {

struct specimen {
    std::string method, path, body;
    bool is_for_the_hub = false; // else for the member on the other side
};

const std::string wish =
    R"({"response_url":"https://msp.example/r","location_id":"L1","token":{"country_code":"DE","party_id":"MSP","uid":"A",)"
    R"("type":"RFID","contract_id":"C","issuer":"I","valid":true,"whitelist":"ALLOWED",)"
    R"("last_updated":"2026-01-01T00:00:00Z"}})";

std::vector<specimen> of_cpo() {
    return {
        {"PUT", "locations/receiver/NL/CPO/L1", ocpi::encode(ocpi_client::location_of("L1")), true},
        {"PATCH", "locations/receiver/NL/CPO/L1/e1", R"({"status":"CHARGING","last_updated":"2026-01-02T00:00:00Z"})",
         true},
        {"PUT", "tariffs/receiver/NL/CPO/T1", ocpi::encode(ocpi_client::tariff_of("T1")), true},
        {"PUT", "sessions/receiver/NL/CPO/S1", ocpi::encode(ocpi_client::session_of("S1"))},
        {"POST", "cdrs/receiver", ocpi::encode(ocpi_client::cdr_of("C1"))},
        {"PUT", "scoptimizations/receiver/NL/CPO/O1", ocpi::encode(ocpi_client::optimisation_of("O1")), true},
        {"POST", "commands/sender/START_SESSION/0123", R"({"result":"ACCEPTED"})"},
        {"PUT", "credentials", R"({"token":"abc","url":"https://cpo.example/ocpi/versions","roles":[]})", true},
    };
}

std::vector<specimen> of_msp() {
    return {
        {"PUT", "tokens/receiver/DE/MSP/A?type=RFID", ocpi::encode(ocpi_client::token_of("A")), true},
        {"POST", "commands/receiver/START_SESSION", wish},
        {"POST", "commands/receiver/STOP_SESSION", R"({"response_url":"https://msp.example/r","session_id":"S1"})"},
        {"PUT", "sessions/sender/S1/charging_preferences", R"({"profile_type":"CHEAP","energy_need":12.5})"},
        {"GET", "locations/sender?limit=10&offset=2&date_from=2026-01-01T00:00:00Z", "", true},
        {"GET", "locations/sender?after=x&at=https://hub.example/", "", true},
        {"PUT", "chargingprofiles/receiver/S1",
         R"({"charging_profile":{"charging_rate_unit":"W"},"response_url":"https://a/b"})"},
    };
}

class mutator {
public:
    explicit mutator(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

    std::string operator()(std::string text) {
        for (std::size_t times = below(4); times > 0; --times) mutate(text);
        return text;
    }

private:
    void mutate(std::string& text) {
        static const std::string parts[] = {"null",
                                            "{}",
                                            "[]",
                                            "-1",
                                            "1e400",
                                            "\"\"",
                                            "\\ud800",
                                            "\xff\xfe",
                                            "true",
                                            "\"2026-13-01T00:00:00Z\"",
                                            "[[[[[[[[",
                                            "}",
                                            ",",
                                            std::string(1, '\0'),
                                            "18446744073709551616",
                                            "\"last_updated\":1",
                                            "../",
                                            "%00",
                                            "%2e%2e/",
                                            "\r\nX: y"};
        const std::size_t at = text.empty() ? 0 : below(text.size());
        switch (below(6)) {
        case 0:
            if (!text.empty()) text[at] = static_cast<char>(below(256));
            return;
        case 1: text.insert(at, parts[below(std::size(parts))]); return;
        case 2: text.erase(at, below(20)); return;
        case 3: // a member's value
            if (const auto colon = text.find(':', at); colon != std::string::npos) {
                const auto end = text.find_first_of(",}", colon);
                text.replace(colon + 1, end == std::string::npos ? end : end - colon - 1,
                             parts[below(std::size(parts))]);
            }
            return;
        case 4: text.resize(at); return;
        default: text += text.substr(at);
        }
    }

    std::mt19937_64 random_;
};

} // namespace

TEST_CASE("whatever is sent is answered once, with an envelope, and the hub goes on") {
    house all;
    handlers tasks;
    tasks.start_session = [](const auto&, const v221::start_session&, const ocpi_client::callback&) {
        return v221::command_response{v221::command_response_type::accepted, 30, {}, {}};
    };
    party& cpo = all.join_cpo(std::move(tasks));
    party& msp = all.join_msp();
    const char* text = std::getenv("INCAR_MUTATIONS");
    const std::size_t count = text ? std::strtoull(text, nullptr, 10) : 5000;
    mutator mutate(1);
    const auto by_cpo = of_cpo(), by_msp = of_msp();
    std::size_t refused = 0, accepted = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_cpo = mutate.below(2) == 0;
        const auto& pool = is_cpo ? by_cpo : by_msp;
        const specimen& kind = pool[mutate.below(pool.size())];
        const std::string path = mutate.below(8) == 0 ? mutate(kind.path) : kind.path;
        const auto url = net::url::parse("https://hub.example/ocpi/2.2.1/" + path);
        if (!url) continue; // no server would hand it on
        net::http_request request;
        request.method = kind.method;
        request.url = *url;
        request.body = mutate(kind.body);
        request.headers
            .set("Authorization", ocpi_client::format_authorization((is_cpo ? cpo : msp).find("hub")->token_out))
            .value();
        const char* country = kind.is_for_the_hub ? "EU" : is_cpo ? "DE" : "NL";
        const char* id = kind.is_for_the_hub ? "HUB" : is_cpo ? "MSP" : "CPO";
        if (mutate.below(20) != 0) address(request, country, id);
        if (mutate.below(20) != 0) address(request, is_cpo ? "NL" : "DE", is_cpo ? "CPO" : "MSP", "from");
        int answers = 0;
        const std::string body = request.body;
        all.middle->handle(std::move(request), [&](net::http_response answer) {
            ++answers;
            const auto envelope = ocpi::decode_envelope(answer.body);
            CAPTURE(path);
            CAPTURE(body);
            REQUIRE(envelope);
            REQUIRE(answer.status < 500);
            ++(ocpi::succeeded(*envelope) ? accepted : refused);
        });
        all.run();
        REQUIRE(answers == 1);
        if (all.net.log.size() > 1000) all.net.log.clear();
        if (i % 1000 == 999) all.pass(std::chrono::minutes(1));
        // A change of credentials may have been accepted; the members go on with what they hold then.
    }
    MESSAGE(count << " requests, " << accepted << " accepted, " << refused << " refused");
    CHECK(accepted > count / 20);
    CHECK(refused > count / 20);
    all.net.log.clear();
    v221::location after = ocpi_client::location_of("AFTER", "2026-02-01T00:00:00Z");
    CHECK(push(all, cpo, to_everybody(), after));
    CHECK(all.changes["msp"].back().id == "AFTER");
}
