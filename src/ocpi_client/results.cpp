#include "ocpi_client/core.hpp"

namespace incar::ocpi_client {
namespace {

constexpr auto response_url_missing = "/response_url";

// -- commands

// Decodes the body, asks the handler, encodes its answer.
template <class Command, auto Handler>
reply answer_command(const handlers& ours, ocpi::strictness how, const exchange& in) {
    const auto wish = read<Command>(in.request.body, how);
    if (!wish) return failure(wish.error());
    if (wish->response_url.empty())
        return failure(error{errc::missing, response_url_missing, "a command needs a URL for its result"});
    if (!(ours.*Handler))
        return success(ocpi::encode(v221::command_response{v221::command_response_type::not_supported, 0, {}, {}}));
    const auto response = (ours.*Handler)(in.who, *wish, callback{in.who, wish->response_url});
    if (response) return success(ocpi::encode(*response));
    reply out = failure(response.error());
    if (out.http_status == 200) // an unknown location, for example, is also a rejected command
        out.data = ocpi::encode(v221::command_response{v221::command_response_type::rejected, 0, {}, {}});
    return out;
}

struct server {
    const char* word;
    reply (*answer)(const handlers&, ocpi::strictness, const exchange&);
};

constexpr server commands[] = {
    {"CANCEL_RESERVATION", &answer_command<v221::cancel_reservation, &handlers::cancel_reservation>},
    {"RESERVE_NOW", &answer_command<v221::reserve_now, &handlers::reserve_now>},
    {"START_SESSION", &answer_command<v221::start_session, &handlers::start_session>},
    {"STOP_SESSION", &answer_command<v221::stop_session, &handlers::stop_session>},
    {"UNLOCK_CONNECTOR", &answer_command<v221::unlock_connector, &handlers::unlock_connector>},
};

// Results come bare; some partners wrap them like a response (ocpi/ocpi#437).
std::string unwrapped(const std::string& body) {
    const auto wrapped = ocpi::decode_envelope(body);
    return wrapped && wrapped->data ? *wrapped->data : body;
}

reply profile_answer(const expected<v221::charging_profile_response>& response) {
    return response ? success(ocpi::encode(*response)) : failure(response.error());
}

reply profile_not_supported() {
    return success(
        ocpi::encode(v221::charging_profile_response{v221::charging_profile_response_type::not_supported, 0, {}}));
}

} // namespace

// -- what others ask of us

reply party::core::serve_command(exchange& in) {
    if (in.segments.size() != 1) return not_there();
    if (in.method() != "POST") return wrong_method(in.method());
    for (const server& each : commands)
        if (in.segments[0] == each.word) return each.answer(ours, options.strictness, in);
    return not_there();
}

reply party::core::serve_profile(exchange& in) {
    if (in.segments.size() != 1) return not_there();
    const std::string& session = in.segments[0];
    const std::string url = in.request.url.find_parameter("response_url").value_or("");
    const auto url_missing = [] {
        return failure(error{errc::missing, "?response_url", "a URL for the result is needed"});
    };
    if (in.method() == "GET") {
        if (url.empty()) return url_missing();
        const auto asked = json::parse(in.request.url.find_parameter("duration").value_or("null"));
        const auto seconds = asked ? asked->to_double() : expected<double>(asked.error());
        if (!seconds || *seconds < 1 || *seconds > 1e9)
            return failure(error{errc::out_of_range, "?duration", "a number of seconds is needed"});
        if (!ours.get_active_profile) return profile_not_supported();
        return profile_answer(
            ours.get_active_profile(in.who, session, static_cast<int>(*seconds), callback{in.who, url}));
    }
    if (in.method() == "PUT") {
        const auto wish = read<v221::set_charging_profile>(in.request.body, options.strictness);
        if (!wish) return failure(wish.error());
        if (wish->response_url.empty())
            return failure(error{errc::missing, response_url_missing, "a URL for the result is needed"});
        if (!ours.set_charging_profile) return profile_not_supported();
        return profile_answer(ours.set_charging_profile(in.who, session, *wish, callback{in.who, wish->response_url}));
    }
    if (in.method() == "DELETE") {
        if (url.empty()) return url_missing();
        if (!ours.clear_charging_profile) return profile_not_supported();
        return profile_answer(ours.clear_charging_profile(in.who, session, callback{in.who, url}));
    }
    return wrong_method(in.method());
}

reply party::core::serve_preferences(exchange& in) {
    if (in.method() != "PUT") return wrong_method(in.method());
    const auto wishes = read<v221::charging_preferences>(in.request.body, options.strictness);
    if (!wishes) return failure(wishes.error());
    if (!ours.set_charging_preferences)
        return failure(404, ocpi::status_code::invalid_parameters, "this EVSE takes no charging preferences");
    const auto answer = ours.set_charging_preferences(in.who, in.segments[0], *wishes);
    return answer ? success(json::format(json::value(std::string(answer->text())))) : failure(answer.error());
}

// -- what comes back to us

// POST .../commands/sender/COMMAND/KEY or .../chargingprofiles/sender/results/KEY
reply party::core::take_result(exchange& in) {
    const auto found = in.segments.size() == 2 ? results.find(in.segments[1]) : results.end();
    if (found == results.end() || found->second.partner != in.who.partner) return not_there();
    if (in.method() != "POST") return wrong_method(in.method());
    const auto take = found->second.take; // what it tells may end this very wait
    const auto taken = take(unwrapped(in.request.body));
    return taken ? success() : failure(taken.error());
}

reply party::core::take_active_profile(exchange& in) {
    if (in.segments.size() == 2) return take_result(in);
    if (in.segments.size() != 1) return not_there();
    if (in.method() != "PUT") return wrong_method(in.method());
    const auto profile = read<v221::active_charging_profile>(in.request.body, options.strictness);
    if (!profile) return failure(profile.error());
    if (!ours.active_profile_changed) return success();
    const auto taken = ours.active_profile_changed(in.who, in.segments[0], *profile);
    return taken ? success() : failure(taken.error());
}

std::string party::core::wait_for_result(waiting result) {
    const std::string key = random_token(ports.random, 16);
    results[key] = std::move(result);
    return key;
}

timestamp forgotten_at(const waiting& result) {
    constexpr auto late = std::chrono::minutes(15);
    const timestamp ended = *result.deadline + late;
    return result.keep_until && *result.keep_until > ended ? *result.keep_until : ended;
}

void party::core::tick() {
    const auto alive = shared_from_this();
    const timestamp now = ports.clock();
    std::vector<std::function<void()>> expired;
    for (auto each = results.begin(); each != results.end();) {
        waiting& result = each->second;
        if (result.deadline && !result.finished && now >= *result.deadline) {
            result.finished = true;
            expired.push_back(result.expire);
        }
        const bool is_over = result.deadline && result.finished && now >= forgotten_at(result);
        each = is_over ? results.erase(each) : std::next(each);
    }
    for (const auto& tell : expired)
        if (!closed) tell();
}

} // namespace incar::ocpi_client
