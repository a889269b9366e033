#include "app/core.hpp"

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/v221/commands.hpp>

#include <algorithm>

namespace incar::app {
namespace {

using json::object;
using json::value;

std::string text_of(const object& in, std::string_view name) {
    for (const json::member& each : in)
        if (each.name == name && each.value.as_string()) return *each.value.as_string();
    return {};
}

void set(object& in, const char* name, value content) {
    for (json::member& each : in)
        if (each.name == name) return void(each.value = std::move(content));
    in.push_back({name, std::move(content)});
}

// What the driver is told without anybody being asked.
reply told(v221::command_response_type what, const char* why) {
    v221::command_response response;
    response.result = what;
    response.message.push_back({"en", why, {}});
    return success(ocpi::encode(response));
}

template <class Command>
expected<void> check_as(const std::string& body) {
    const auto read = ocpi::decode<Command>(body);
    return read ? expected<void>() : expected<void>(read.error());
}

struct rule {
    std::string_view word;
    bool has_token; // names a token and a place
    bool has_place;
    expected<void> (*check)(const std::string& body);
};

constexpr rule rules[] = {
    {"CANCEL_RESERVATION", false, false, &check_as<v221::cancel_reservation>},
    {"RESERVE_NOW", true, true, &check_as<v221::reserve_now>},
    {"START_SESSION", true, true, &check_as<v221::start_session>},
    {"STOP_SESSION", false, false, &check_as<v221::stop_session>},
    {"UNLOCK_CONNECTOR", false, true, &check_as<v221::unlock_connector>},
};

constexpr const char* other_driver = "this EVSE is reserved for another driver";

} // namespace

bool core::is_emsp(const party_key& party) const {
    for (const hub::member& each : middle.members())
        if (each.standing == hub::standing::active)
            for (const v221::credentials_role& role : each.roles)
                if (role.role == v221::role::emsp && party_key{role.country_code, role.party_id} == party) return true;
    return false;
}

// An app knows the uid of its driver's token; the EMSP told the hub the rest of it.
expected<void> core::put_token(object& body, const driver& who, const asked& in, order& made) const {
    const value* given = nullptr;
    for (const json::member& each : body)
        if (each.name == "token") given = &each.value;
    const auto type = in.choice("token_type");
    if (!type) return type.error();
    const std::string wanted = type->value_or(given ? text_in(*given, "type") : "");
    const auto known = find_token(who, wanted, made.cpo ? format(*made.cpo) : "");
    if (given && !text_in(*given, "contract_id").empty() && !known) {
        auto own = ocpi::decode<v221::token>(json::format(*given));
        if (!own) return error{own.error().code, "/token" + own.error().where, own.error().message};
        if (party_key{own->country_code, own->party_id} != who.emsp)
            return error{errc::inconsistent, "/token/party_id", "the token is of another EMSP"};
        return {};
    }
    if (!known) return error{ocpi::status_code::unknown_token, "token", "its EMSP has not told of this token"};
    if (!known->valid) made.instead = told(v221::command_response_type::rejected, "this token is not valid");
    set(body, "token", json::parse(ocpi::encode(*known)).value_or(value()));
    return {};
}

// START_SESSION, RESERVE_NOW and UNLOCK_CONNECTOR.
expected<void> core::order_at_place(object& body, const driver& who, order& made) const {
    command_record& about = made.about;
    about.location_id = text_of(body, "location_id");
    about.evse_uid = text_of(body, "evse_uid");
    if (about.location_id.empty()) return error{errc::missing, "/location_id", "a location has to be named"};
    if (!made.cpo) {
        const viewer driver_of{who.emsp, find_token(who, "", "")};
        for (const std::string& owner : owners()) {
            if (!find_place(owner, about.location_id, driver_of)) continue;
            if (made.cpo) return error{errc::missing, "cpo", "several CPOs have a location of this id"};
            made.cpo = ocpi::parse_party_key(owner).value();
        }
        if (!made.cpo) return error{errc::not_found, "", "there is no such location"};
    }
    about.cpo = format(*made.cpo);
    const command_record* kept = reservation_of(about.cpo, about.location_id, about.evse_uid);
    const bool is_theirs =
        kept && equals_ignoring_case(kept->emsp, about.emsp) && equals_ignoring_case(kept->uid, about.uid);
    if (kept && !is_theirs && about.word != "UNLOCK_CONNECTOR")
        made.instead = told(v221::command_response_type::rejected, other_driver);
    return {};
}

// A session is found by its driver, wherever the request was addressed to.
expected<void> core::order_stop(const object& body, const driver& who, order& made) const {
    const std::string id = text_of(body, "session_id");
    auto found = find_record("sessions", who, made.cpo, id);
    if (found && !*found && made.cpo) found = find_record("sessions", who, std::nullopt, id);
    if (!found) return found.error();
    if (*found)
        made.cpo = ocpi::parse_party_key((*found)->key.owner).value();
    else
        made.instead = told(v221::command_response_type::unknown_session, "this driver has no such session");
    return {};
}

void core::order_cancellation(const object& body, const driver& who, order& made) const {
    const std::string id = text_of(body, "reservation_id");
    for (const auto& [name, each] : commands) {
        if (each.word != "RESERVE_NOW" || !equals_ignoring_case(each.reservation_id, id)) continue;
        const bool is_theirs = equals_ignoring_case(each.emsp, format(who.emsp)) &&
                               (who.uid.empty() || equals_ignoring_case(each.uid, who.uid));
        if (!is_theirs) continue;
        made.cpo = ocpi::parse_party_key(each.cpo).value();
        made.about.location_id = each.location_id;
        made.about.evse_uid = each.evse_uid;
        made.about.reservation_id = each.reservation_id;
        return;
    }
    made.instead = told(v221::command_response_type::rejected, "this driver has no such reservation");
}

// Errors: with the parameter's name, or the pointer of the body's member.
expected<order> core::order_of(const asked& in) {
    order made;
    const std::string word = *in.find("command");
    const auto found =
        std::find_if(std::begin(rules), std::end(rules), [&](const rule& each) { return each.word == word; });
    if (found == std::end(rules)) return error{errc::not_found, "", "there is no such command"};
    const rule& how = *found;
    const auto read = json::parse(in.request.body, json::limits{in.request.body.size(), 64});
    if (!read) return read.error();
    if (!read->as_object()) return error{errc::wrong_type, "", "the body is to be an object"};
    object body = *read->as_object();
    const value* token = read->find("token");

    driver who;
    const auto emsp = in.emsp(), cpo = in.cpo();
    if (!emsp) return emsp.error();
    if (!cpo) return cpo.error();
    if (!*emsp) return error{errc::missing, "emsp", "the driver's EMSP is needed"};
    who.emsp = **emsp;
    made.cpo = *cpo;
    // D3.3's own example of CANCEL_RESERVATION has sender and receiver exchanged.
    if (in.what->is_of_seed && made.cpo && !is_emsp(who.emsp) && is_emsp(*made.cpo)) std::swap(who.emsp, *made.cpo);
    if (!is_emsp(who.emsp)) return error{errc::not_found, "", "this EMSP takes no part at present"};
    who.uid = in.find("token").value_or(token ? text_in(*token, "uid") : "");
    if (token && !equals_ignoring_case(text_in(*token, "uid"), who.uid))
        return error{errc::inconsistent, "/token/uid", "this is not the token that the request is for"};
    // The requests of D3.3 that name no place name no token either.
    if (who.uid.empty() && (how.has_token || !in.what->is_of_seed))
        return error{errc::missing, "token", "the uid of the driver's token is needed"};

    command_record& about = made.about;
    about.id = random_token(ports.random, 16);
    about.word = word;
    about.emsp = format(who.emsp);
    about.uid = who.uid;
    about.request_id = in.find("X-Request-ID").value_or("");
    about.wish = in.request.body;
    about.asked_at = ports.clock();
    about.response_url = text_of(body, "response_url");
    if (!about.response_url.empty() && !net::url::parse(about.response_url))
        return error{errc::malformed, "/response_url", "this is no URL"};
    set(body, "response_url", options.base_url.append({"app", "1.0", "commands", about.id}).value().text());

    if (how.has_place)
        if (auto done = order_at_place(body, who, made); !done) return done.error();
    if (how.has_token)
        if (auto done = put_token(body, who, in, made); !done) return done.error();
    // Session and CDR name it, so that they and the payment hold find this command.
    if (how.has_token && text_of(body, "authorization_reference").empty())
        set(body, "authorization_reference", about.id);
    if (about.word == "RESERVE_NOW") {
        if (text_of(body, "reservation_id").empty()) set(body, "reservation_id", about.id);
        if (text_of(body, "expiry_date").empty())
            set(body, "expiry_date", format(about.asked_at + options.reservation));
        about.reservation_id = text_of(body, "reservation_id");
        const auto expiry = timestamp::parse(text_of(body, "expiry_date"));
        if (!expiry) return error{errc::malformed, "/expiry_date", "a time such as 2026-01-31T12:00:00Z is needed"};
        if (*expiry <= about.asked_at) return error{errc::out_of_range, "/expiry_date", "this is past"};
        about.expiry = *expiry;
    }
    made.body = json::format(value(body));
    if (auto good = how.check(made.body); !good) return good.error();
    if (about.word == "STOP_SESSION")
        if (auto done = order_stop(body, who, made); !done) return done.error();
    if (about.word == "CANCEL_RESERVATION") order_cancellation(body, who, made);
    if (made.cpo) about.cpo = format(*made.cpo);
    return made;
}

} // namespace incar::app
