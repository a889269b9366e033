// What must never happen: two answers or none, half an object, a callback into something that is gone.

#include "objects.hpp"
#include "two_parties.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

// A store whose N-th use fails.
store::object_store failing_store(store::object_store real, const std::shared_ptr<int>& uses_left) {
    store::object_store all;
    const auto fails = [uses_left] { return (*uses_left)-- == 0; };
    const error why{errc::unavailable, "", "the disk is on fire"};
    all.find = [=](const store::object_key& key) -> expected<std::optional<store::stored_object>> {
        if (fails()) return why;
        return real.find(key);
    };
    all.save = [=](store::stored_object object) -> expected<void> {
        if (fails()) return why;
        return real.save(std::move(object));
    };
    all.erase = [=](const store::object_key& key) -> expected<bool> {
        if (fails()) return why;
        return real.erase(key);
    };
    all.list = [=](const store::object_query& query) -> expected<store::object_page> {
        if (fails()) return why;
        return real.list(query);
    };
    return all;
}

struct request_line {
    const char *method, *path;
    std::string body;
};

// One good request of every kind that this EMSP answers.
std::vector<request_line> good_requests() {
    return {
        {"GET", "versions", ""},
        {"GET", "2.2.1", ""},
        {"GET", "2.2.1/credentials", ""},
        {"PUT", "2.2.1/locations/receiver/NL/CPO/L1", ocpi::encode(location_of("L1"))},
        {"PUT", "2.2.1/locations/receiver/NL/CPO/L1/e1", ocpi::encode(evse_of("e1"))},
        {"PUT", "2.2.1/locations/receiver/NL/CPO/L1/e1/1", ocpi::encode(connector_of("1"))},
        {"PATCH", "2.2.1/locations/receiver/NL/CPO/L1", R"({"name":"x","last_updated":"2026-01-02T00:00:00Z"})"},
        {"PUT", "2.2.1/sessions/receiver/NL/CPO/S1", ocpi::encode(session_of("S1"))},
        {"PATCH", "2.2.1/sessions/receiver/NL/CPO/S1", R"({"kwh":2,"last_updated":"2026-01-02T00:00:00Z"})"},
        {"PUT", "2.2.1/tariffs/receiver/NL/CPO/T1", ocpi::encode(tariff_of("T1"))},
        {"DELETE", "2.2.1/tariffs/receiver/NL/CPO/T1", ""},
        {"POST", "2.2.1/cdrs/receiver", ocpi::encode(cdr_of("C1"))},
        {"GET", "2.2.1/cdrs/receiver/NL/CPO/C1", ""},
        {"GET", "2.2.1/tokens/sender?limit=1&offset=0&date_from=2026-01-01T00:00:00Z", ""},
        {"POST", "2.2.1/tokens/sender/A/authorize?type=RFID", R"({"location_id":"L1"})"},
        {"POST", "2.2.1/commands/sender/START_SESSION/abc", R"({"result":"ACCEPTED"})"},
        {"PUT", "2.2.1/credentials", R"({"token":"abc","url":"https://cpo.example/v","roles":[{"role":"CPO","party_id":
              "CPO","country_code":"NL","business_details":{"name":"x"}}]})"}};
}

} // namespace

TEST_CASE("a store that fails at any of its uses gives 3000, and nothing is half stored") {
    for (int failing = 0; failing < 3; ++failing) {
        for (const request_line& each : good_requests()) {
            if (std::string(each.path) == "2.2.1/credentials" || each.path[0] == 'v') continue;
            const auto uses_left = std::make_shared<int>(1'000'000);
            two_parties both;
            REQUIRE(both.connect());
            std::map<std::string, partner> saved;
            int never = 0;
            const auto real = store::memory_store();
            party_options options;
            options.base_url = net::url::parse("https://msp.example/ocpi").value();
            options.roles = {role_of(v221::role::emsp, "DE", "MSP")};
            int told = 0;
            handlers ours;
            ours.changed = [&](const caller&, const change&) { ++told; };
            party msp(options, both.ports(failing_store(real, uses_left), saved, 5, never), ours);
            msp.restore(*both.msp->find("cpo"));
            const std::string token = both.cpo->find("msp")->token_out;
            const auto go = [&](const request_line& line) {
                return ask(msp, make_request(line.method, std::string("https://msp.example/ocpi/") + line.path, token,
                                             line.body));
            };
            for (const request_line& before : good_requests()) { // what it needs to be there
                if (std::string(before.path) == each.path && std::string(before.method) == each.method) break;
                if (std::string(before.path) != "2.2.1/credentials") go(before);
            }
            REQUIRE(msp.own(token_of("A")));
            const auto shown = [&] {
                std::string all;
                for (const char* kind : {"locations", "sessions", "tariffs", "cdrs", "tokens"}) {
                    store::object_query query;
                    query.kind = kind;
                    const store::object_page page = real.list(query).value();
                    for (const auto& object : page.objects) all += object.text + "\n";
                }
                return all;
            };
            const std::string before = shown();
            told = 0;
            *uses_left = failing;
            const auto response = go(each);
            INFO(std::string(each.method), " ", std::string(each.path), " failing use ", failing);
            if (*uses_left < 0) {
                CHECK(status_of(response) == "200 3000");
                CHECK(shown() == before);
                CHECK(told == 0);
            } else {
                CHECK(status_of(response) != "200 3000");
            }
        }
    }
}

TEST_CASE("an error of a handler is the answer, by the one table") {
    const std::pair<std::error_code, std::string> cases[] = {{errc::unavailable, "200 3000"},
                                                             {errc::out_of_range, "200 2001"},
                                                             {errc::not_found, "404 2000"},
                                                             {net::errc::timed_out, "200 3000"},
                                                             {ocpi::status_code::not_enough_information, "200 2002"},
                                                             {ocpi::status_code::unknown_token, "404 2004"}};
    for (const auto& [code, status] : cases) {
        handlers ours;
        ours.authorize =
            [code = code](const caller&, const v221::token&,
                          const std::optional<v221::location_references>&) -> expected<v221::authorization_info> {
            return error{code, "", "as the test wants"};
        };
        two_parties both({}, ours);
        REQUIRE(both.connect());
        REQUIRE(both.msp->own(token_of("A")));
        CHECK(status_of(*both.msp, make_request("POST", "https://msp.example/ocpi/2.2.1/tokens/sender/A/authorize",
                                                both.msp->find("cpo")->token_in)) == status);
    }
}

TEST_CASE("a hundred thousand broken requests get one answer each, in an envelope") {
    two_parties both;
    REQUIRE(both.connect());
    REQUIRE(both.msp->own(token_of("A")));
    const std::string token = both.cpo->find("msp")->token_out;
    const std::vector<request_line> good = good_requests();
    std::mt19937 random(20260101);
    const auto below = [&](std::size_t bound) { return random() % bound; };
    const auto mutate = [&](std::string text, const char* alphabet) {
        for (std::size_t i = 0, count = below(4); i < count && !text.empty(); ++i) {
            const std::size_t place = below(text.size());
            switch (below(4)) {
            case 0: text.erase(place, below(9)); break;
            case 1: text.insert(place, 1, alphabet[below(std::char_traits<char>::length(alphabet))]); break;
            case 2: text[place] = alphabet[below(std::char_traits<char>::length(alphabet))]; break;
            default: text.insert(place, text.substr(below(text.size()), below(30))); break;
            }
        }
        return text;
    };
    std::map<int, int> statuses;
    for (int i = 0; i < 100'000; ++i) {
        const request_line& line = good[below(good.size())];
        const request_line& other = good[below(good.size())];
        const auto url = net::url::parse("https://msp.example/ocpi/" + mutate(line.path, "/%2.&=?;aZ09-_~#"));
        net::http_request request;
        request.method = below(8) == 0 ? other.method : line.method;
        if (url) request.url = *url;
        request.body = mutate(below(8) == 0 ? other.body : line.body, "{}[]\",:0-9e.\\\x01\x80\xff tn");
        if (below(10)) request.headers.set("Authorization", format_authorization(token)).value();
        for (const char* name : {"X-Request-ID", "X-Correlation-ID", "OCPI-to-country-code", "OCPI-from-party-id"})
            if (below(3) == 0) request.headers.set(name, mutate("DE-some-id", "abc ,;\"")).value();
        int answers = 0;
        both.msp->handle(std::move(request), [&](net::http_response response) {
            ++answers;
            ++statuses[response.status];
            const auto body = ocpi::decode_envelope(response.body);
            if (!body || response.status < 200 || response.status > 405) FAIL("no envelope: " << response.body);
        });
        both.net.run(); // registrations call back
        both.net.log.clear();
        if (answers != 1) FAIL(answers << " answers");
        if (!both.msp->find("cpo") || both.msp->find("cpo")->token_in != token)
            both.msp->restore([&] {
                partner again = *both.msp->find("cpo");
                again.state = partner_state::registered;
                again.token_in = token;
                return again;
            }());
    }
    for (const int status : {200, 201, 400, 401, 404, 405}) CHECK_MESSAGE(statuses[status] > 0, status);
}

TEST_CASE("a party that is destroyed with requests on their way is not called any more, and calls nobody") {
    int called = 0;
    const auto count = [&](auto&&...) { ++called; };
    two_parties both;
    REQUIRE(both.connect());
    REQUIRE(both.msp->own(token_of("A")));
    both.net.log.clear();
    both.msp->pull<v221::location>("cpo", {}, count, count);
    both.msp->push("cpo", token_of("A"), count);
    both.msp->patch("cpo", {"tokens", {ci_string<2>("DE"), ci_string<3>("MSP")}, "A", "", "", ""}, "{}", count);
    both.msp->renew("cpo", count);
    v221::stop_session stop;
    stop.session_id = id<v221::session>("S1");
    both.msp->command("cpo", stop, count, count);
    both.net.detach("msp.example");
    both.msp.reset();
    both.net.run();
    CHECK(called == 0);
    CHECK(both.net.log.size() == 5);
}

TEST_CASE("a registration that is under way when its party is destroyed leaves its answer to the server") {
    two_parties both;
    const auto token = both.cpo->invite("msp").value();
    both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", token, [](expected<void>) {});
    both.net.run(3); // the POST is at the CPO, which calls back
    both.net.detach("cpo.example");
    both.cpo.reset();
    both.net.run();
    for (const recorded& each : both.net.log)
        if (each.request.method == "POST") CHECK_FALSE(each.response);
}

TEST_CASE("any callback may destroy the party it belongs to") {
    for (int kind = 0; kind < 9; ++kind) {
        INFO("kind ", kind);
        int called = 0;
        std::unique_ptr<two_parties> both;
        const auto end = [&](auto&&...) {
            ++called;
            both->net.detach("msp.example");
            both->msp.reset();
        };
        handlers ours;
        ours.changed = [&](const caller&, const change&) {
            if (kind == 0) end();
        };
        ours.partner_changed = [&](const partner& each) {
            if (kind == 1 && each.state == partner_state::registered) end();
        };
        both = std::make_unique<two_parties>(handlers(), ours);
        const auto connected = both->connect();
        if (kind == 1) {
            CHECK(called == 1);
            continue;
        }
        REQUIRE(connected);
        const std::string token = both->msp->find("cpo")->token_in;
        party& msp = *both->msp;
        if (kind == 0)
            CHECK(status_of(msp, make_request("PUT", "https://msp.example/ocpi/2.2.1/tariffs/receiver/NL/CPO/T1", token,
                                              ocpi::encode(tariff_of("T1")))) == "201 1000");
        for (const char* id : {"L1", "L2"}) REQUIRE(both->cpo->own(location_of(id)));
        const auto nothing = [](auto&&...) {};
        if (kind == 2) msp.pull<v221::location>("cpo", {}, end, nothing);
        if (kind == 3) msp.pull<v221::location>("cpo", {}, nothing, end);
        if (kind == 4) msp.push("nobody", token_of("A"), end);
        if (kind == 5) msp.push("cpo", token_of("A"), end);
        if (kind == 6) msp.renew("cpo", end);
        if (kind == 7) msp.unregister("cpo", end);
        if (kind == 8) {
            v221::start_session wish;
            wish.token = token_of("A");
            wish.location_id = id<v221::location>("L1");
            both->net.fault = [](const net::http_request&) -> std::optional<expected<net::http_response>> {
                return net::http_response{200, {}, R"({"result":"ACCEPTED","timeout":1})"};
            };
            for (int i = 0; i < 2; ++i) msp.command("cpo", wish, nothing, end);
            both->net.run();
            both->time.advance(std::chrono::seconds(2));
            msp.tick(); // two results are over; the first ends the party
        }
        both->net.run();
        CHECK(called == 1);
        CHECK_FALSE(both->msp);
    }
}

TEST_CASE("a client that answers before send returns may end the party from within") {
    two_parties real;
    REQUIRE(real.connect());
    std::unique_ptr<party> msp;
    party_options options;
    options.base_url = net::url::parse("https://msp.example/").value();
    options.roles = {role_of(v221::role::emsp, "DE", "MSP")};
    party_ports ports = real.ports(store::memory_store(), real.msp_saved, 9, real.msp_saves_fail);
    ports.http = {"at once", [](net::http_request, const net::http_limits&, net::http_completion done) {
                      done(net::http_response{200, {}, R"({"status_code":1000,"data":[{},{}]})"});
                  }};
    msp = std::make_unique<party>(options, ports);
    msp->restore(*real.msp->find("cpo"));
    int called = 0;
    msp->pull<v221::location>(
        "cpo", {}, [](v221::location) {},
        [&](auto) {
            ++called;
            msp.reset();
        });
    CHECK(called == 1);
}

TEST_CASE("a callback may call the party again") {
    two_parties both;
    REQUIRE(both.connect());
    for (int i = 0; i < 3; ++i) REQUIRE(both.cpo->own(location_of("L" + std::to_string(i))));
    int seen = 0;
    both.msp->pull<v221::location>(
        "cpo", {},
        [&](v221::location) {
            both.msp->pull<v221::location>(
                "cpo", {}, [&](v221::location) { ++seen; }, [](auto) {});
        },
        [&](auto) { both.msp->unregister("cpo", [](auto) {}); });
    both.net.run();
    CHECK(seen == 9);
    CHECK(both.msp->find("cpo")->state == partner_state::unregistered);
}

TEST_CASE("a party without what it needs cannot be made") {
    two_parties both;
    party_options options;
    options.base_url = net::url::parse("https://msp.example/").value();
    options.roles = {role_of(v221::role::emsp, "DE", "MSP")};
    const party_ports ports = both.ports(store::memory_store(), both.msp_saved, 9, both.msp_saves_fail);
    CHECK_NOTHROW(party(options, ports));
    const auto fails = [&](auto change) {
        party_options less = options;
        party_ports fewer = ports;
        change(less, fewer);
        CHECK_THROWS_AS(party(less, fewer), exception);
    };
    fails([](party_options& less, party_ports&) { less.base_url = {}; });
    fails([](party_options& less, party_ports&) { less.roles.clear(); });
    fails([](party_options& less, party_ports&) { less.page_limit = 0; });
    fails([](party_options&, party_ports& fewer) { fewer.http.send = nullptr; });
    fails([](party_options&, party_ports& fewer) { fewer.clock = nullptr; });
    fails([](party_options&, party_ports& fewer) { fewer.random = nullptr; });
    fails([](party_options&, party_ports& fewer) { fewer.objects.list = nullptr; });
}
