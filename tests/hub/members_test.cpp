// Who takes part in a hub: applications, approval, registration, suspension, leaving (D3.3 sections 3.2.2 and 4.2.1).

#include "house.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::hub;
using incar::hub::standing;

namespace {

application wish_of(const std::string& name, const char* party = "CPO") {
    return {name, "ops@acme.example", {role_of(v221::role::cpo, "NL", party)}, {}};
}

std::string status_seen_by(house& all, party& asking, const std::string& wanted) {
    std::string found = "none";
    result_of<ocpi_client::pull_summary>(all.net, [&](auto done) {
        asking.pull<v221::client_info>(
            "hub", {},
            [&](v221::client_info each) {
                if (each.party_id == ci_string<3>(wanted)) found = std::string(each.status.text());
            },
            done);
    }).value();
    return found;
}

} // namespace

TEST_CASE("an application waits for the administrator, who is asked once for each party and role") {
    house all;
    all.open();
    REQUIRE(all.middle->apply(wish_of("acme")));
    CHECK(all.middle->find("acme")->standing == standing::applied);
    CHECK(all.middle->apply(wish_of("acme", "XXX")).error().where == "/name");
    CHECK(all.middle->apply(wish_of("other")).error().where == "/roles/0");
    CHECK(all.middle->apply(wish_of("other")).error().code == errc::duplicate);
    CHECK(all.middle->apply({"other", "a@b", {role_of(v221::role::emsp, "nl", "cpo")}, {}})); // another role

    REQUIRE(all.middle->reject("acme", "no contract"));
    CHECK(all.middle->find("acme")->reason == "no contract");
    CHECK(all.middle->apply(wish_of("acme"))); // may try again
    CHECK(all.middle->approve("acme"));
    CHECK(all.middle->reject("acme", "too late").error().code == errc::inconsistent);
    CHECK(all.middle->approve("nobody").error().code == errc::not_found);
}

TEST_CASE("an application says what is wrong with it") {
    house all;
    all.open();
    CHECK(all.middle->apply(wish_of("")).error().where == "/name");
    CHECK(all.middle->apply(wish_of("a/b")).error().where == "/name");
    CHECK(all.middle->apply({"a", "", {role_of(v221::role::cpo, "NL", "CPO")}, {}}).error().where == "/email");
    CHECK(all.middle->apply({"a", "b", {}, {}}).error().where == "/roles");
    CHECK(all.middle->apply({"a", "b", {role_of(v221::role::hub, "NL", "CPO")}, {}}).error().where == "/roles/0/role");
    CHECK(all.middle->apply({"a", "b", {role_of(v221::role::cpo, "NLD", "CPO")}, {}}).error().where ==
          "/roles/0/country_code");
    CHECK(all.middle->members().empty());
}

TEST_CASE("CREDENTIALS_TOKEN_A is good for one registration, of the party that applied") {
    house all;
    party& cpo = all.join_cpo();
    CHECK(all.middle->find("cpo")->standing == standing::active);
    CHECK(all.middle->find("cpo")->status == v221::connection_status::connected);

    all.middle->apply(wish_of("late", "LAT")).value();
    const std::string token = all.middle->approve("late").value();
    party& impostor = all.add("late", {role_of(v221::role::cpo, "NL", "BAD")});
    const auto refused = result_of<void>(
        all.net, [&](auto done) { impostor.register_with("hub", "https://hub.example/ocpi/versions", token, done); });
    CHECK(refused.error().code == ocpi::status_code::invalid_parameters);
    CHECK(all.middle->find("late")->standing == standing::approved);

    party& right = all.add("late", {role_of(v221::role::cpo, "NL", "LAT")});
    CHECK(result_of<void>(
        all.net, [&](auto done) { right.register_with("hub", "https://hub.example/ocpi/versions", token, done); }));
    party& again = all.add("again", {role_of(v221::role::cpo, "NL", "LAT")});
    CHECK(result_of<void>(
              all.net, [&](auto done) { again.register_with("hub", "https://hub.example/ocpi/versions", token, done); })
              .error()
              .code == std::errc::permission_denied);
    CHECK(status_seen_by(all, cpo, "LAT") == "CONNECTED");
}

TEST_CASE("a member without valid payment data cannot register until it has them") {
    house all;
    bool is_paid = false;
    all.ports.payment = [&](const member&) -> expected<void> {
        if (is_paid) return {};
        return error{ocpi::status_code::client_error, "", "no valid payment data"};
    };
    all.open();
    all.middle->apply(wish_of("acme")).value();
    const std::string token = all.middle->approve("acme").value();
    party& cpo = all.add("acme", {role_of(v221::role::cpo, "NL", "CPO")});
    const auto go = [&] {
        return result_of<void>(
            all.net, [&](auto done) { cpo.register_with("hub", "https://hub.example/ocpi/versions", token, done); });
    };
    CHECK(go().error().message == "no valid payment data");
    is_paid = true;
    CHECK(go());
}

TEST_CASE("the standing of members is told to all others when it changes") {
    house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.net.log.clear();
    CHECK(status_seen_by(all, cpo, "MSP") == "CONNECTED");
    REQUIRE(all.middle->suspend("msp", "unpaid"));
    all.run();
    CHECK(status_seen_by(all, cpo, "MSP") == "SUSPENDED");
    bool was_pushed = false;
    for (const auto& each : all.at("cpo"))
        was_pushed |= each.request.method == "PUT" &&
                      each.request.url.path() == "/ocpi/2.2.1/hubclientinfo/receiver/DE/MSP" &&
                      each.request.body.find("SUSPENDED") != std::string::npos && from_of(each.request) == "*";
    CHECK(was_pushed);

    // Shut out, with nothing sent to it and its requests refused; then as before.
    all.net.log.clear();
    party& msp = *all.parties.at("msp");
    const auto asked = result_of<ocpi_client::pull_summary>(all.net, [&](auto done) {
        msp.pull<v221::location>(
            to_everybody(), {}, [](v221::location) {}, done);
    });
    CHECK_FALSE(asked);
    REQUIRE(cpo.own(ocpi_client::location_of("L1")));
    result_of<void>(all.net, [&](auto done) {
        cpo.push(to_everybody(), ocpi_client::location_of("L1"), done);
    }).value();
    all.run();
    CHECK(all.at("msp").empty());
    REQUIRE(all.middle->resume("msp"));
    CHECK(status_seen_by(all, cpo, "MSP") == "CONNECTED");
}

TEST_CASE("who leaves keeps its objects in the store, and nobody is shown them until it is back") {
    house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    result_of<void>(all.net, [&](auto done) {
        cpo.push(to_everybody(), ocpi_client::location_of("L1"), done);
    }).value();
    all.run();
    const auto count = [&] {
        return result_of<ocpi_client::pull_summary>(all.net,
                                                    [&](auto done) {
                                                        msp.pull<v221::location>(
                                                            to_everybody(), {}, [](v221::location) {}, done);
                                                    })
            .value()
            .objects;
    };
    CHECK(count() == 1);
    result_of<void>(all.net, [&](auto done) { cpo.unregister("hub", done); }).value();
    all.run();
    CHECK(all.middle->find("cpo")->standing == standing::left);
    CHECK(count() == 0);
    CHECK(all.objects.find({"locations", "NL*CPO", "L1"}).value().has_value());

    const std::string token = all.middle->approve("cpo").value();
    result_of<void>(all.net, [&](auto done) {
        cpo.register_with("hub", "https://hub.example/ocpi/versions", token, done);
    }).value();
    CHECK(count() == 1);
}

TEST_CASE("a restart changes nothing for the members, and the store has no token that can be read") {
    house all;
    all.ports.fingerprint = [](const std::string& token) { return std::to_string(std::hash<std::string>()(token)); };
    all.ports.seal = [](const std::string& text) { return std::string(text.rbegin(), text.rend()); };
    all.ports.open = [](const std::string& text) {
        return expected<std::string>(std::string(text.rbegin(), text.rend()));
    };
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    all.open();
    CHECK(result_of<void>(all.net, [&](auto done) { cpo.push(to_everybody(), ocpi_client::location_of("L1"), done); }));
    all.run();
    CHECK(all.changes["msp"].back().id == "L1");
    CHECK(result_of<ocpi_client::pull_summary>(all.net,
                                               [&](auto done) {
                                                   msp.pull<v221::location>(
                                                       to_everybody(), {}, [](v221::location) {}, done);
                                               })
              .value()
              .objects == 1);
    store::object_query query;
    query.kind = "hub.connections";
    for (const auto& each : all.objects.list(query).value().objects)
        for (const auto& [name, there] : all.parties) {
            const auto* hub_of = there->find("hub");
            CHECK(each.text.find(hub_of->token_out) == std::string::npos);
            CHECK(each.text.find(hub_of->token_in) == std::string::npos);
        }
    CHECK(result_of<void>(all.net, [&](auto done) { cpo.renew("hub", done); }));
    CHECK(result_of<void>(all.net, [&](auto done) { cpo.push(to_everybody(), ocpi_client::location_of("L2"), done); }));
}
