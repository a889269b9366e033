// Sessions and CDRs of one driver, and of nobody else (A10 to A14), and what a driver wants from smart charging.

#include "station.hpp"

#include <incar/net/link.hpp>

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace incar;
using namespace incar::app;
using ocpi_client::at;
using ocpi_client::cdr_of;
using ocpi_client::session_of;
using ocpi_client::status_of;

namespace {

using ids = std::set<std::string>;

ids shown(app_house& all, const std::string& target) {
    ids found;
    std::size_t count = 0;
    for (std::string next = target; !next.empty();) {
        const auto page = all.get(next);
        for (const std::string& each : ids_in(page)) found.insert(each), ++count;
        const auto link = net::next_page(page, app_house::request("GET", next).url).value();
        next = link ? link->target() : "";
        if (next.empty()) CHECK(header_of(page, "X-Total-Count") == std::to_string(count));
    }
    CHECK(found.size() == count);
    return found;
}

} // namespace

TEST_CASE("A10 to A14: of interleaved data each driver and each EMSP sees all of its own and none of the others'") {
    app_house all;
    party& cpo = all.join_cpo();
    party& msp = all.join_msp();
    party& other = all.join("other", {role_of(v221::role::emsp, "DE", "OTH")});
    std::mt19937 dice(11);
    std::map<std::string, ids> sessions, cdrs; // by driver and by EMSP
    for (int i = 0; i < 120; ++i) {
        const std::string emsp = dice() % 2 ? "MSP" : "OTH", uid = std::string(1, "ABC"[dice() % 3]);
        const std::string number = std::to_string(i);
        v221::session session = session_of("S" + number, "2026-01-01T00:00:00Z", emsp);
        session.cdr_token.uid = id<v221::token>(uid);
        session.cdr_token.contract_id = ci_string<36>("C-" + uid);
        all.push(cpo, through_hub("DE", emsp.c_str()), session);
        sessions[emsp + uid].insert("S" + number);
        sessions[emsp].insert("S" + number);
        if (dice() % 2) continue;
        v221::cdr record = cdr_of("R" + number, "2026-01-01T00:00:00Z", emsp);
        record.cdr_token = session.cdr_token;
        result_of<std::string>(all.net, [&](auto done) {
            cpo.post(through_hub("DE", emsp.c_str()), record, done);
        }).value();
        all.run();
        cdrs[emsp + uid].insert("R" + number);
        cdrs[emsp].insert("R" + number);
    }
    all.how.page_limit = 7;
    all.serve();
    for (const std::string emsp : {"MSP", "OTH"}) {
        for (const std::string uid : {"A", "B", "C"}) {
            CAPTURE(emsp);
            CAPTURE(uid);
            REQUIRE(sessions[emsp + uid].size() > 1);
            const std::string who = "?emsp=DE*" + emsp;
            CHECK(shown(all, "/app/1.0/sessions" + who + "&token=" + uid) == sessions[emsp + uid]);
            CHECK(shown(all, "/app/1.0/cdrs" + who + "&token=" + uid) == cdrs[emsp + uid]);
            CHECK(shown(all, "/app/1.0/cdrs" + who + "&contract=c-" + uid) == cdrs[emsp + uid]);
        }
        ids pulled;
        result_of<ocpi_client::pull_summary>(all.net, [&](auto done) {
            (emsp == "MSP" ? msp : other)
                .pull<v221::session>(
                    to_everybody(), {}, [&](v221::session each) { pulled.insert(each.id.text()); }, done);
        }).value();
        CHECK(pulled == sessions[emsp]);
    }
    CHECK(shown(all, "/app/1.0/sessions?emsp=DE*MSP&token=D").empty());
    CHECK(shown(all, "/app/1.0/sessions?emsp=DE*MSP&token=A&contract=C-B").empty());
    const std::string others = *sessions["OTHA"].begin();
    CHECK(status_of(all.get("/app/1.0/sessions/" + others + "?emsp=DE*MSP&token=A")).substr(0, 3) == "404");
    CHECK(status_of(all.get("/app/1.0/sessions/" + others + "?emsp=DE*OTH&token=B")).substr(0, 3) == "404");
    CHECK(status_of(all.get("/app/1.0/sessions/" + others + "?emsp=DE*OTH&token=A")) == "200 1000");
    all.middle->suspend("cpo", "unpaid").value();
    CHECK(shown(all, "/app/1.0/cdrs?emsp=DE*MSP&token=A").empty());
}

TEST_CASE("A10: the latest comes first, in spans of time and with the totals of the CDR") {
    app_house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    for (const auto& [name, start, updated] : {std::tuple("middle", "2026-01-02T00:00:00Z", "2026-01-05T00:00:00Z"),
                                               std::tuple("first", "2026-01-01T00:00:00Z", "2026-01-07T00:00:00Z"),
                                               std::tuple("last", "2026-01-03T00:00:00Z", "2026-01-06T00:00:00Z")}) {
        v221::cdr record = cdr_of(name, updated);
        record.start_date_time = at(start);
        record.end_date_time = at(start) + std::chrono::hours(1);
        result_of<std::string>(all.net, [&](auto done) { cpo.post(through_hub("DE", "MSP"), record, done); }).value();
        all.run();
    }
    const std::string mine = "/app/1.0/cdrs?emsp=DE*MSP&token=A";
    const auto list = all.get(mine);
    CHECK(ids_in(list) == std::vector<std::string>{"last", "middle", "first"});
    CHECK(ids_in(list, "total_energy") == std::vector<std::string>{"1.50", "1.50", "1.50"});
    CHECK(text_at((*data_of(list).as_array())[0], {"total_cost", "excl_vat"}) == "0.38");
    CHECK(ids_in(all.get(mine + "&date_from=2026-01-06T00:00:00Z")) == std::vector<std::string>{"last", "first"});
    CHECK(ids_in(all.get(mine + "&date_to=2026-01-06T00:00:00Z")) == std::vector<std::string>{"middle"});
    CHECK(ids_in(all.get(mine + "&cpo=NL*CPO")).size() == 3);
    CHECK(ids_in(all.get(mine + "&cpo=NL*XXX")).empty());
    CHECK(text_at(data_of(all.get("/app/1.0/cdrs/last?emsp=DE*MSP&token=A")), {"id"}) == "last");
}

TEST_CASE("the driver's wishes go to the CPO of the session, and its answer comes back") {
    station all;
    all.push(*all.cpo, through_hub("DE", "MSP"), session_of("S1"));
    const auto put = [&](const std::string& uid, const std::string& body) {
        return all.ask(
            app_house::request("PUT", "/app/1.0/sessions/S1/charging_preferences?emsp=DE*MSP&token=" + uid, body));
    };
    using response = v221::charging_preferences_response;
    for (const auto& [says, word] :
         {std::pair(response::accepted, "ACCEPTED"), std::pair(response::departure_required, "DEPARTURE_REQUIRED"),
          std::pair(response::energy_need_required, "ENERGY_NEED_REQUIRED"),
          std::pair(response::not_possible, "NOT_POSSIBLE"),
          std::pair(response::profile_type_not_supported, "PROFILE_TYPE_NOT_SUPPORTED")}) {
        all.preferred = says;
        const auto answer = put("A", R"({"profile_type":"GREEN"})");
        CHECK(status_of(answer) == "200 1000");
        CHECK(*data_of(answer).as_string() == word);
        CHECK(all.preferences.back() == "S1 GREEN");
    }
    CHECK(all.preferences.size() == 5);
    CHECK(status_of(put("B", R"({"profile_type":"GREEN"})")).substr(0, 3) == "404");
    CHECK(text_at(data_of(put("A", "{}")), {"parameter"}) == "/profile_type");
    CHECK(all.preferences.size() == 5);
}
