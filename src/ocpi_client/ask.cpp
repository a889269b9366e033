#include "ocpi_client/core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

template <class Command>
constexpr const char* word_of = nullptr;
template <>
constexpr const char* word_of<v221::cancel_reservation> = "CANCEL_RESERVATION";
template <>
constexpr const char* word_of<v221::reserve_now> = "RESERVE_NOW";
template <>
constexpr const char* word_of<v221::start_session> = "START_SESSION";
template <>
constexpr const char* word_of<v221::stop_session> = "STOP_SESSION";
template <>
constexpr const char* word_of<v221::unlock_connector> = "UNLOCK_CONNECTOR";

std::optional<timestamp> expiry_of(const v221::reserve_now& wish) {
    return wish.expiry_date;
}
template <class Command>
std::optional<timestamp> expiry_of(const Command&) {
    return std::nullopt;
}

// A question whose result comes later to a URL of ours.
template <class Response, class Result>
struct question {
    std::function<call(const std::string& key)> make; // the request, given the key of the response URL
    outcome<Response> responded;
    std::function<void(const Result&)> finished;
    std::function<void()> expired;
    std::function<bool(const Result&)> counts_again = nullptr; // also after it was finished
    std::optional<timestamp> keep_until = std::nullopt;
};

// Seconds to wait for a result when the partner does not say.
constexpr int usual_timeout = 30;

template <class Core, class Response, class Result>
void ask(Core& core, const recipient& to, question<Response, Result> what) {
    const auto key = std::make_shared<std::string>();
    waiting result;
    result.partner = to.partner;
    result.keep_until = what.keep_until;
    result.expire = what.expired;
    result.take = [&core, key, what](const std::string& body) -> expected<void> {
        const auto decoded = ocpi::decode<Result>(body);
        if (!decoded) return decoded.error();
        waiting& mine = core.results.at(*key);
        const bool counts_again = mine.keep_until && what.counts_again && what.counts_again(*decoded);
        if (mine.finished && !counts_again) {
            core.note(log_level::info, "a result came after it was told or given up, and is dropped");
            return {};
        }
        if (counts_again) mine.keep_until.reset(); // that was the last word
        mine.finished = true;
        what.finished(*decoded);
        return {};
    };
    *key = core.wait_for_result(std::move(result));

    core.send(to, what.make(*key), decoding<Response>([&core, key, what](expected<Response> response) {
                  const auto waits = core.results.find(*key);
                  if (waits != core.results.end()) {
                      const int seconds = response && response->timeout > 0 ? response->timeout : usual_timeout;
                      if (response && response->result.text() == "ACCEPTED")
                          waits->second.deadline = core.ports.clock() + std::chrono::seconds(seconds);
                      else
                          core.results.erase(waits); // nothing will come
                  }
                  what.responded(std::move(response));
              }),
              wrapping::optional);
}

error no_result() {
    return {net::errc::timed_out, "", "the result did not come in time"};
}

// GET, PUT and DELETE of a charging profile.
call about_profile(const char* method, const std::string& session_id) {
    call request;
    request.method = method;
    request.module = "chargingprofiles";
    request.side = interface_role::receiver;
    request.segments = {session_id};
    return request;
}

template <class Result>
question<v221::charging_profile_response, Result> profile_question(std::function<call(const std::string&)> make,
                                                                   outcome<v221::charging_profile_response> responded,
                                                                   outcome<Result> finished) {
    return {std::move(make), std::move(responded), [finished](const Result& result) { finished(result); },
            [finished] { finished(no_result()); }};
}

} // namespace

template <class Command>
void party::command(const recipient& to, Command wish, outcome<v221::command_response> responded,
                    std::function<void(const v221::command_result&)> finished) {
    question<v221::command_response, v221::command_result> what;
    what.keep_until = expiry_of(wish);
    what.make = [core = core_.get(), wish = std::move(wish)](const std::string& key) mutable {
        wish.response_url = core->our_url({spoken_version, "commands", "sender", word_of<Command>, key}).text();
        call request;
        request.method = "POST";
        request.module = "commands";
        request.segments = {word_of<Command>};
        request.body = ocpi::encode(wish);
        return request;
    };
    what.responded = std::move(responded);
    what.finished = finished;
    what.expired = [finished] { finished({v221::command_result_type::timeout, {}, {}}); };
    what.counts_again = [](const v221::command_result& result) {
        return result.result == v221::command_result_type::canceled_reservation;
    };
    ask(*core_, to, std::move(what));
}

void party::get_active_profile(const recipient& to, const std::string& session_id, int duration_s,
                               outcome<v221::charging_profile_response> responded,
                               outcome<v221::active_charging_profile_result> finished) {
    const auto make = [core = core_.get(), session_id, duration_s](const std::string& key) {
        call request = about_profile("GET", session_id);
        request.parameters = {
            {"duration", std::to_string(duration_s)},
            {"response_url", core->our_url({spoken_version, "chargingprofiles", "sender", "results", key}).text()}};
        return request;
    };
    ask(*core_, to, profile_question(make, std::move(responded), std::move(finished)));
}

void party::set_charging_profile(const recipient& to, const std::string& session_id, v221::charging_profile profile,
                                 outcome<v221::charging_profile_response> responded,
                                 outcome<v221::charging_profile_result> finished) {
    const auto make = [core = core_.get(), session_id, profile = std::move(profile)](const std::string& key) {
        v221::set_charging_profile body;
        body.charging_profile = profile;
        body.response_url = core->our_url({spoken_version, "chargingprofiles", "sender", "results", key}).text();
        call request = about_profile("PUT", session_id);
        request.body = ocpi::encode(body);
        return request;
    };
    ask(*core_, to, profile_question(make, std::move(responded), std::move(finished)));
}

void party::clear_charging_profile(const recipient& to, const std::string& session_id,
                                   outcome<v221::charging_profile_response> responded,
                                   outcome<v221::clear_profile_result> finished) {
    const auto make = [core = core_.get(), session_id](const std::string& key) {
        call request = about_profile("DELETE", session_id);
        request.parameters = {
            {"response_url", core->our_url({spoken_version, "chargingprofiles", "sender", "results", key}).text()}};
        return request;
    };
    ask(*core_, to, profile_question(make, std::move(responded), std::move(finished)));
}

void party::push_active_profile(const recipient& to, const std::string& session_id,
                                const v221::active_charging_profile& profile, outcome<void> done) {
    call request = about_profile("PUT", session_id);
    request.side = interface_role::sender;
    request.body = ocpi::encode(profile);
    core_->send(to, request, ignoring_data(std::move(done)));
}

void party::send_result(const callback& where, const v221::command_result& result, outcome<void> done) {
    core_->send_result(where, ocpi::encode(result), std::move(done));
}
void party::send_result(const callback& where, const v221::active_charging_profile_result& result, outcome<void> done) {
    core_->send_result(where, ocpi::encode(result), std::move(done));
}
void party::send_result(const callback& where, const v221::charging_profile_result& result, outcome<void> done) {
    core_->send_result(where, ocpi::encode(result), std::move(done));
}
void party::send_result(const callback& where, const v221::clear_profile_result& result, outcome<void> done) {
    core_->send_result(where, ocpi::encode(result), std::move(done));
}

#define INCAR_COMMAND(type)                                                                                            \
    template INCAR_OCPI_CLIENT_EXPORT void party::command(const recipient&, v221::type,                                \
                                                          outcome<v221::command_response>,                             \
                                                          std::function<void(const v221::command_result&)>);
INCAR_COMMAND(cancel_reservation)
INCAR_COMMAND(reserve_now)
INCAR_COMMAND(start_session)
INCAR_COMMAND(stop_session)
INCAR_COMMAND(unlock_connector)

} // namespace incar::ocpi_client
