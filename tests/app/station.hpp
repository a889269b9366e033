#pragma once

// A CPO with one EVSE, L1/e1, that takes commands and answers as it is told, and two drivers of one EMSP: A and B.

#include "app_house.hpp"

namespace incar::app {

struct station : app_house {
    struct command {
        std::string word, body;
        ocpi_client::callback result;
        ocpi_client::caller who;
    };
    std::vector<command> commands;
    v221::command_response_type says = v221::command_response_type::accepted;
    std::vector<std::string> preferences;
    ocpi::open_enum<v221::charging_preferences_response> preferred = v221::charging_preferences_response::accepted;
    std::vector<std::string> operations; // of CDRs, for the ledger
    party* cpo = nullptr;
    party* msp = nullptr;

    // The store is not asked to commit while the members join.
    explicit station(const store::object_store& where = store::memory_store()) {
        objects = ports.objects = where;
        ports.objects.commit = ports.objects.rollback = nullptr;
        ports.ledger = [this](const hub::record_of_charge& each) {
            operations.push_back(each.operation);
            return expected<void>();
        };
        ocpi_client::handlers tasks;
        tasks.start_session = taker<v221::start_session>("START_SESSION");
        tasks.stop_session = taker<v221::stop_session>("STOP_SESSION");
        tasks.reserve_now = taker<v221::reserve_now>("RESERVE_NOW");
        tasks.cancel_reservation = taker<v221::cancel_reservation>("CANCEL_RESERVATION");
        tasks.unlock_connector = taker<v221::unlock_connector>("UNLOCK_CONNECTOR");
        tasks.set_charging_preferences = [this](const auto&, const std::string& id,
                                                const v221::charging_preferences& wish) {
            preferences.push_back(id + " " + std::string(wish.profile_type.text()));
            return expected<ocpi::open_enum<v221::charging_preferences_response>>(preferred);
        };
        cpo = &join_cpo(std::move(tasks));
        msp = &join_msp();
        push(*cpo, to_everybody(), ocpi_client::location_of("L1"));
        for (const char* uid : {"A", "B"}) push(*msp, to_everybody(), ocpi_client::token_of(uid, "APP_USER"));
        serve();
        net.log.clear();
    }

    template <class T>
    std::function<expected<v221::command_response>(const ocpi_client::caller&, const T&, const ocpi_client::callback&)>
    taker(const char* word) {
        return [this, word](const ocpi_client::caller& who, const T& wish, const ocpi_client::callback& where) {
            commands.push_back({word, ocpi::encode(wish), where, who});
            return expected<v221::command_response>({says, 30, {}, {}});
        };
    }

    // The CPO tells what came of a command; the last one unless another is meant.
    void finish(v221::command_result_type result, std::size_t back = 0) {
        v221::command_result told;
        told.result = result;
        result_of<void>(net, [&](auto done) {
            cpo->send_result(commands.at(commands.size() - 1 - back).result, told, done);
        }).value();
        run();
    }

    void set_status(v221::status status, const char* updated) {
        auto location = ocpi_client::location_of("L1", updated);
        location.evses[0].status = status;
        push(*cpo, to_everybody(), location);
    }

    net::http_response order(const std::string& word, const std::string& uid, const std::string& body,
                             const net::headers& headers = {}) {
        return post("/app/1.0/commands/" + word + "?emsp=DE*MSP&token=" + uid, body, headers);
    }
    json::value state(const net::http_response& ordered, const std::string& uid) {
        return data_of(get("/app/1.0/commands/" + text_at(data_of(ordered), {"id"}) + "?emsp=DE*MSP&token=" + uid));
    }
    json::value last_wish() { return json::parse(commands.back().body).value(); }
};

inline const std::string at_e1 = R"({"location_id":"L1","evse_uid":"e1"})";

} // namespace incar::app
