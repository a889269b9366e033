// What a smart charging service provider has of a hub: sessions and wishes of the EVSEs in its contexts come to it, its
// profiles go to the CPO (D3.3 section 3.2.11; D4.3 section 4.1.2; tests B1 to B3 and B5 of D4.3 section 5.2).

#include "house.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::hub;
using ocpi_client::session_of;

TEST_CASE("sessions of an EVSE in an optimisation context go to its provider too, in order") {
    house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    all.join("smac", {role_of(v221::role::scsp, "ES", "SMC")});
    REQUIRE(push(all, cpo, through_hub("ES", "SMC"), ocpi_client::optimisation_of("O1")));
    all.changes["smac"].clear();
    v221::session session = session_of("S1");
    session.evse_uid = id<v221::evse>("e1");
    for (int i = 0; i < 3; ++i) {
        session.last_updated = timestamp::parse("2026-01-01T0" + std::to_string(i) + ":00:00Z").value();
        session.status = i == 2 ? v221::session_status::completed : v221::session_status::active;
        REQUIRE(push(all, cpo, through_hub("DE", "MSP"), session));
    }
    REQUIRE(push(all, cpo, through_hub("DE", "MSP"), session_of("S2"))); // another EVSE
    REQUIRE(all.changes["smac"].size() == 3);
    CHECK(all.changes["smac"][2].text.find("COMPLETED") != std::string::npos);
    std::size_t sessions = 0;
    for (const auto& each : all.changes["msp"]) sessions += each.module == "sessions";
    CHECK(sessions == 4);
}

namespace {

// A CPO with an EVSE in a context of the provider, and a session of DE*MSP at it.
struct steered {
    house all;
    std::vector<std::string> at_cpo, at_smac; // wishes, by whom they reached
    std::vector<ocpi_client::callback> asked;
    std::vector<std::string> profiles; // limits that the CPO was given
    v221::charging_preferences_response answer = v221::charging_preferences_response::accepted;
    party* cpo = nullptr;
    party* msp = nullptr;
    party* smac = nullptr;

    steered() {
        handlers of_cpo;
        of_cpo.set_charging_preferences = [this](const auto&, const std::string& session, const auto&) {
            at_cpo.push_back(session);
            return ocpi::open_enum<v221::charging_preferences_response>(
                v221::charging_preferences_response::not_possible);
        };
        of_cpo.set_charging_profile = [this](const auto&, const std::string& session,
                                             const v221::set_charging_profile& wish, const auto& where) {
            asked.push_back(where);
            for (const auto& each : wish.charging_profile.charging_profile_period)
                profiles.push_back(session + " " + format(each.limit));
            return v221::charging_profile_response{v221::charging_profile_response_type::accepted, 30, {}};
        };
        of_cpo.get_active_profile = [this](const auto&, const std::string&, int, const auto& where) {
            asked.push_back(where);
            return v221::charging_profile_response{v221::charging_profile_response_type::accepted, 30, {}};
        };
        of_cpo.clear_charging_profile = [this](const auto&, const std::string&, const auto& where) {
            asked.push_back(where);
            return v221::charging_profile_response{v221::charging_profile_response_type::accepted, 30, {}};
        };
        handlers of_smac;
        of_smac.set_charging_preferences = [this](const auto&, const std::string& session,
                                                  const v221::charging_preferences& wishes) {
            at_smac.push_back(session + " " + std::string(wishes.profile_type.text()));
            return ocpi::open_enum<v221::charging_preferences_response>(answer);
        };
        cpo = &all.join_cpo(std::move(of_cpo));
        msp = &all.join_msp();
        auto offered = ocpi_client::usual_modules(v221::role::scsp);
        offered.push_back({"sessions", v221::interface_role::sender});
        smac = &all.join("smac", {role_of(v221::role::scsp, "ES", "SMC")}, std::move(of_smac), offered);
        push(all, *cpo, through_hub("ES", "SMC"), ocpi_client::optimisation_of("O1")).value();
        v221::session session = session_of("S1");
        session.evse_uid = id<v221::evse>("e1");
        push(all, *cpo, through_hub("DE", "MSP"), session).value();
        v221::session other = session_of("S2");
        other.evse_uid = id<v221::evse>("e9");
        push(all, *cpo, through_hub("DE", "MSP"), other).value();
        all.net.log.clear();
    }

    std::string wish_for(const std::string& session, party& from) {
        v221::charging_preferences wishes;
        wishes.profile_type = v221::profile_type::cheap;
        wishes.energy_need = decimal::parse("12.5").value();
        wishes.target_soc = decimal::parse("80").value();
        const auto said = result_of<ocpi::open_enum<v221::charging_preferences_response>>(all.net, [&](auto done) {
            from.set_charging_preferences(through_hub("NL", "CPO"), session, wishes, done);
        });
        return said ? std::string(said->text()) : format(said.error());
    }
};

} // namespace

TEST_CASE("a wish about a steered session reaches the provider, whose answer comes back as the CPO's") {
    steered garage;
    for (const auto each :
         {v221::charging_preferences_response::accepted, v221::charging_preferences_response::departure_required,
          v221::charging_preferences_response::energy_need_required, v221::charging_preferences_response::not_possible,
          v221::charging_preferences_response::profile_type_not_supported}) {
        garage.answer = each;
        CHECK(garage.wish_for("S1", *garage.msp) == ocpi::open_enum<v221::charging_preferences_response>(each).text());
    }
    CHECK(garage.at_smac == std::vector<std::string>(5, "S1 CHEAP"));
    CHECK(garage.at_cpo.empty());
    const auto last = garage.all.at("smac").back().request;
    CHECK(to_of(last) == "ES*SMC");
    CHECK(from_of(last) == "DE*MSP");
    CHECK(last.body.find("\"target_soc\":80") != std::string::npos);
    for (const auto& each : garage.all.net.log)
        if (each.request.url.host() == "hub.example") {
            CHECK(*each.response->headers.find("OCPI-from-party-id") == "CPO");
        }
}

TEST_CASE("a wish about any other session, or of somebody whose session it is not, stays the CPO's business") {
    steered garage;
    CHECK(garage.wish_for("S2", *garage.msp) == "NOT_POSSIBLE");
    party& stranger = garage.all.join("msx", {role_of(v221::role::emsp, "FR", "MSX")});
    CHECK(garage.wish_for("S1", stranger) == "NOT_POSSIBLE");
    CHECK(garage.at_cpo == std::vector<std::string>{"S2", "S1"});
    CHECK(garage.at_smac.empty());
}

TEST_CASE("profiles of the provider reach the CPO and their results come back") {
    steered garage;
    v221::charging_profile profile;
    profile.charging_rate_unit = v221::charging_rate_unit::w;
    for (int i = 0; i < 3; ++i)
        profile.charging_profile_period.push_back({i * 900, decimal::parse(std::to_string(11000 - i)).value(), {}});
    std::vector<std::string> told;
    garage.smac->set_charging_profile(
        through_hub("NL", "CPO"), "S1", profile,
        [&](auto said) { told.push_back(said ? std::string(said->result.text()) : format(said.error())); },
        [&](auto came) { told.push_back(came ? std::string(came->result.text()) : format(came.error())); });
    garage.all.run();
    CHECK(told == std::vector<std::string>{"ACCEPTED"});
    CHECK(garage.profiles == std::vector<std::string>{"S1 11000", "S1 10999", "S1 10998"});
    REQUIRE(garage.asked.size() == 1);
    CHECK(garage.asked[0].response_url.rfind("https://hub.example/ocpi/2.2.1/chargingprofiles/sender/results/", 0) ==
          0);
    const auto finish = [&](auto result) {
        const auto done = result_of<void>(
            garage.all.net, [&](auto sent) { garage.cpo->send_result(garage.asked.back(), result, sent); });
        garage.all.run();
        return done.has_value();
    };
    CHECK(finish(v221::charging_profile_result{v221::charging_profile_result_type::accepted, {}}));
    CHECK(told == std::vector<std::string>{"ACCEPTED", "ACCEPTED"});

    SUBCASE("what is followed can be asked for") {
        std::optional<v221::active_charging_profile_result> followed;
        garage.smac->get_active_profile(
            through_hub("NL", "CPO"), "S1", 3600, [](auto) {}, [&](auto came) { followed = came.value(); });
        garage.all.run();
        v221::active_charging_profile_result now;
        now.result = v221::charging_profile_result_type::accepted;
        now.profile = v221::active_charging_profile{garage.all.time.now(), profile, {}};
        CHECK(finish(now));
        REQUIRE(followed);
        CHECK(followed->profile->charging_profile.charging_profile_period.size() == 3);
    }
    SUBCASE("it can be cleared") {
        std::string cleared;
        garage.smac->clear_charging_profile(
            through_hub("NL", "CPO"), "S1", [](auto) {}, [&](auto came) { cleared = came.value().result.text(); });
        garage.all.run();
        CHECK(finish(v221::clear_profile_result{v221::charging_profile_result_type::accepted, {}}));
        CHECK(cleared == "ACCEPTED");
    }
    SUBCASE("a result that never comes is the provider's own to notice: the hub has no word for it") {
        garage.all.net.log.clear();
        garage.smac->set_charging_profile(
            through_hub("NL", "CPO"), "S1", profile, [](auto) {}, [](auto) {});
        garage.all.run();
        garage.all.net.log.clear();
        garage.all.pass(std::chrono::minutes(2));
        CHECK(garage.all.at("smac").empty());
        CHECK(finish(v221::charging_profile_result{v221::charging_profile_result_type::accepted, {}})); // late
        CHECK(garage.all.at("smac").empty());
    }
}
