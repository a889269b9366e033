// What is taken although the specification has it otherwise, whoever the partner is.

#include "objects.hpp"
#include "two_parties.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::ocpi_client;

namespace {

template <class T>
struct flawed {
    T object;
    std::vector<std::string> places; // of what is wrong
};

template <class T>
std::vector<flawed<T>> pull_leniently(two_parties& both, expected<pull_summary>& summary) {
    std::vector<flawed<T>> all;
    summary = result_of<pull_summary>(both.net, [&](auto done) {
        both.msp->pull_leniently<T>(
            "cpo", {},
            [&](T each, const std::vector<ocpi::finding>& wrong) {
                all.push_back({std::move(each), {}});
                for (const ocpi::finding& one : wrong) all.back().places.push_back(one.pointer);
            },
            done);
    });
    return all;
}

// The CPO answers a list of these texts.
void serve(two_parties& both, const std::vector<std::string>& objects) {
    std::string list;
    for (const std::string& each : objects) list += (list.empty() ? "" : ",") + each;
    both.net.fault = [list](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != "cpo.example") return std::nullopt;
        return net::http_response{200, {}, R"({"status_code":1000,"data":[)" + list + "]}"};
    };
}

std::string with(std::string text, const std::string& part, const std::string& instead) {
    return text.replace(text.find(part), part.size(), instead);
}

} // namespace

TEST_CASE("partners may put every single object and word into a list of one") {
    handlers of_cpo;
    of_cpo.start_session = [](const caller&, const v221::start_session&, const callback&) {
        return expected<v221::command_response>({v221::command_response_type::accepted, 30, {}, {}});
    };
    of_cpo.set_charging_preferences = [](const caller&, const std::string&, const v221::charging_preferences&) {
        return expected<ocpi::open_enum<v221::charging_preferences_response>>(
            v221::charging_preferences_response::accepted);
    };
    two_parties both(of_cpo);
    std::size_t copies = 1;
    const auto listed = [&](const net::http_request&, net::http_response response) {
        auto body = ocpi::decode_envelope(response.body).value();
        if (body.data && body.data->front() != '[')
            body.data = "[" + *body.data + (copies == 2 ? "," + *body.data : "") + "]";
        response.body = ocpi::encode(body);
        return response;
    };
    both.net.attach("cpo.example", *both.cpo, listed);
    both.net.attach("msp.example", *both.msp, listed);
    REQUIRE(both.connect()); // details and credentials, both ways
    REQUIRE(both.cpo->own(location_of("L1")));
    REQUIRE(both.msp->own(token_of("A")));
    REQUIRE(result_of<void>(both.net, [&](auto done) { both.cpo->push("msp", location_of("L1"), done); }));

    const object_path path{"locations", {ci_string<2>("NL"), ci_string<3>("CPO")}, "L1", "", "", ""};
    const auto get = [&] {
        return result_of<std::string>(both.net, [&](auto done) { both.msp->get("cpo", path, done); });
    };
    CHECK(ocpi::decode<v221::location>(get().value())->id.text() == "L1");
    const auto pushed = result_of<std::string>(both.net, [&](auto done) { both.cpo->get_pushed("msp", path, done); });
    CHECK(ocpi::decode<v221::location>(pushed.value())->id.text() == "L1");
    CHECK(result_of<v221::authorization_info>(both.net, [&](auto done) {
              both.cpo->authorize("msp", "A", v221::token_type::rfid, {}, done);
          })->token.uid.text() == "A");
    CHECK(*result_of<ocpi::open_enum<v221::charging_preferences_response>>(both.net, [&](auto done) {
        both.msp->set_charging_preferences("cpo", "S1", {}, done);
    }) == v221::charging_preferences_response::accepted);
    v221::start_session wish;
    wish.token = token_of("A");
    wish.location_id = id<v221::location>("L1");
    CHECK(result_of<v221::command_response>(both.net, [&](auto done) {
              both.msp->command("cpo", wish, done, [](const v221::command_result&) {});
          })->timeout == 30);

    copies = 2; // which of the two is not ours to guess
    CHECK(result_of<v221::authorization_info>(
              both.net, [&](auto done) { both.cpo->authorize("msp", "A", v221::token_type::rfid, {}, done); })
              .error()
              .code == errc::wrong_type);
}

TEST_CASE("when the plain token fails too, the refusal of the first one is told") {
    const expected<net::http_response> second[] = {
        net::http_response{500, {}, "oops"}, net::http_response{200, {}, "<html>"},
        error{net::errc::connection_lost, "", "as the test wants"},
        net::http_response{200, {}, R"({"status_code":3000,"timestamp":"2026-01-01T00:00:00Z"})"}};
    for (const auto& answer : second) {
        two_parties both;
        int asked = 0;
        both.net.fault = [&](const net::http_request&) -> std::optional<expected<net::http_response>> {
            return ++asked == 1 ? expected<net::http_response>(net::http_response{401, {}, ""}) : answer;
        };
        const auto outcome = result_of<void>(both.net, [&](auto done) {
            both.msp->register_with("cpo", "https://cpo.example/ocpi/versions", "wrong", done);
        });
        CHECK(asked == 2);
        CHECK(outcome.error().code == std::errc::permission_denied);
    }
}

TEST_CASE("a result that was asked for is taken where the receiving module is not announced, and nothing else is") {
    std::optional<callback> where;
    handlers of_cpo;
    of_cpo.start_session = [&](const caller&, const v221::start_session&, const callback& result) {
        where = result;
        return expected<v221::command_response>({v221::command_response_type::accepted, 30, {}, {}});
    };
    of_cpo.clear_charging_profile = [&](const caller&, const std::string&, const callback& result) {
        where = result;
        return expected<v221::charging_profile_response>({v221::charging_profile_response_type::accepted, 30, {}});
    };
    two_parties both(of_cpo, {}, [](party_options&, party_options& msp) {
        msp.offered = {{"locations", v221::interface_role::receiver}};
    });
    REQUIRE(both.connect());
    for (const char* module : {"commands", "chargingprofiles"})
        REQUIRE_FALSE(find_endpoint(*both.cpo->find("msp"), module, v221::interface_role::sender));
    std::vector<std::string> told;
    v221::start_session wish;
    wish.token = token_of("A");
    wish.location_id = id<v221::location>("L1");
    both.msp->command(
        "cpo", wish, [](const auto&) {},
        [&](const v221::command_result& result) { told.emplace_back(result.result.text()); });
    both.net.run();
    CHECK(result_of<void>(both.net, [&](auto done) {
        both.cpo->send_result(*where, v221::command_result{v221::command_result_type::failed, {}, {}}, done);
    }));
    both.msp->clear_charging_profile(
        "cpo", "S1", [](const auto&) {},
        [&](expected<v221::clear_profile_result> result) { told.emplace_back(result->result.text()); });
    both.net.run();
    const v221::clear_profile_result cleared{v221::charging_profile_result_type::unknown, {}};
    CHECK(result_of<void>(both.net, [&](auto done) { both.cpo->send_result(*where, cleared, done); }));
    CHECK(told == std::vector<std::string>{"FAILED", "UNKNOWN"});

    const std::string token = both.cpo->find("msp")->token_out, msp_url = "https://msp.example/ocpi/2.2.1/";
    for (const char* path : {"commands/sender/START_SESSION/nokey", "chargingprofiles/sender/results/nokey"})
        CHECK(status_of(*both.msp, make_request("POST", msp_url + path, token, "{}")) == "404 2000");
    CHECK(status_of(*both.msp, make_request("PUT", msp_url + "chargingprofiles/sender/S1", token, "{}")) == "404 2000");
}

TEST_CASE("a lenient pull hands over objects with gaps and says what is wrong with each") {
    two_parties both;
    REQUIRE(both.connect());
    const std::string whole = ocpi::encode(cdr_of("C1"));
    const std::string gap = with(ocpi::encode(cdr_of("C2")), R"("evse_uid":"e1",)", "");
    const std::string broken = with(ocpi::encode(cdr_of("C3")), R"("end_date_time":"2026-01-01T01:00:00Z")",
                                    R"("end_date_time":"one o'clock")");
    serve(both, {whole, gap, "17", broken, R"({"id":"x","id":"y"})"});
    expected<pull_summary> summary = pull_summary();
    const auto all = pull_leniently<v221::cdr>(both, summary);
    REQUIRE(summary);
    REQUIRE(all.size() == 3);
    CHECK(all[0].places.empty());
    CHECK(all[1].object.id.text() == "C2");
    CHECK(all[1].object.total_energy == decimal::parse("1.50").value());
    CHECK(all[1].places == std::vector<std::string>{"/cdr_location/evse_uid"});
    CHECK(all[2].places == std::vector<std::string>{"/end_date_time"});
    CHECK(ocpi::encode(all[2].object).find("one o'clock") != std::string::npos); // nothing is lost
    CHECK(summary->objects == 3);
    REQUIRE(summary->refused.size() == 2);
    CHECK(summary->refused[0].where.rfind("/0/2", 0) == 0);
    CHECK(summary->refused[1].where.rfind("/0/4", 0) == 0);

    // Keeping is as strict as a push; what lacks nothing can be kept.
    CHECK(both.msp->keep("cpo", all[0].object));
    const auto kept = both.msp->keep("cpo", all[1].object);
    CHECK(kept.error().code == ocpi::status_code::invalid_parameters);
    CHECK(kept.error().where == "/cdr_location/evse_uid");
    store::object_query kept_records;
    kept_records.kind = "cdrs";
    CHECK(both.msp_store.list(kept_records).value().total == 1);
}

TEST_CASE("a lenient pull of a strict party lists formats that are broken, too") {
    for (const bool is_strict : {false, true}) {
        two_parties both({}, {}, [&](party_options&, party_options& msp) {
            if (is_strict) msp.strictness = ocpi::strictness::specified;
        });
        REQUIRE(both.connect());
        serve(both, {with(ocpi::encode(location_of("L1")), R"("NLD")", R"("Holland")")});
        expected<pull_summary> summary = pull_summary();
        const auto all = pull_leniently<v221::location>(both, summary);
        REQUIRE(all.size() == 1);
        CHECK(all[0].places.empty() == !is_strict);
        for (const std::string& each : all[0].places) CHECK(each == "/country");
        CHECK(both.msp->keep("cpo", all[0].object).has_value() == !is_strict);
    }
}
