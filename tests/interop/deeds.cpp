#include "deeds.hpp"

#include <incar/ocpi/v221/hub_client_info.hpp>

#include <memory>

namespace incar::interop {
namespace {

using namespace ocpi_client;

std::string text_of(const json::value& wish, const char* name) {
    const json::value* found = wish.find(name);
    return found && found->as_string() ? *found->as_string() : std::string();
}

std::string json_of(const json::value& wish, const char* name) {
    const json::value* found = wish.find(name);
    return found ? json::format(*found) : "null";
}

json::value parsed(const std::string& text) {
    return json::parse(text).value();
}

template <class T>
T object_in(const json::value& wish, const char* name = "object") {
    return ocpi::decode<T>(json_of(wish, name)).value();
}

object_path path_in(const json::value& wish) {
    object_path path;
    path.module = text_of(wish, "module");
    if (const auto owner = ocpi::parse_party_key(text_of(wish, "owner"))) path.owner = *owner;
    path.id = text_of(wish, "id");
    path.evse_uid = text_of(wish, "evse_uid");
    path.connector_id = text_of(wish, "connector_id");
    path.token_type = text_of(wish, "token_type");
    return path;
}

recipient partner_in(const json::value& wish) {
    return text_of(wish, "partner");
}

outcome<void> nothing(finish done) {
    return [done](const expected<void>& result) { result ? done(json::value()) : done(result.error()); };
}

outcome<std::string> words(finish done, bool is_json) {
    return [done, is_json](const expected<std::string>& result) {
        if (!result) return done(result.error());
        done(is_json ? parsed(*result) : json::value(*result));
    };
}

template <class T>
outcome<T> encoded(finish done) {
    return [done](const expected<T>& result) {
        if (!result) return done(result.error());
        done(parsed(ocpi::encode(*result)));
    };
}

// -- words about one kind of object --------------------------------------------------------------------------------

template <class T>
void do_own(const surroundings& with, const json::value& wish, finish done) {
    nothing(done)(with.party.own(object_in<T>(wish)));
}

template <class T>
void do_push(const surroundings& with, const json::value& wish, finish done) {
    with.party.push(partner_in(wish), object_in<T>(wish), nothing(done));
}

template <class T>
void do_pull(const surroundings& with, const json::value& wish, finish done) {
    window wanted;
    if (const json::value* limit = wish.find("limit"))
        wanted.limit = static_cast<std::size_t>(limit->to_double().value());
    if (const json::value* from = wish.find("date_from"))
        wanted.date_from = timestamp::parse(*from->as_string()).value();
    const auto pulled = std::make_shared<json::array>();
    with.party.pull<T>(
        partner_in(wish), wanted, [pulled](const T& each) { pulled->push_back(parsed(ocpi::encode(each))); },
        [pulled, done](const expected<pull_summary>& summary) {
            json::array refused;
            if (summary)
                for (const error& each : summary->refused) refused.push_back(as_json(each));
            done(members({{"objects", *pulled},
                          {"pages", summary ? static_cast<int>(summary->pages) : -1},
                          {"refused", refused},
                          {"error", summary ? json::value() : as_json(summary.error())}}));
        });
}

// What came of an asynchronous request, later and on a line of its own.
template <class Result>
std::function<void(const Result&)> telling(const surroundings& with, const json::value& wish) {
    return [say = with.say, re = *wish.find("re")](const Result& result) {
        say(members({{"event", "result"}, {"re", re}, {"result", parsed(ocpi::encode(result))}}));
    };
}

template <class Result>
outcome<Result> telling_outcome(const surroundings& with, const json::value& wish) {
    return [say = with.say, re = *wish.find("re")](const expected<Result>& result) {
        say(members({{"event", "result"},
                     {"re", re},
                     {"result", result ? parsed(ocpi::encode(*result)) : json::value()},
                     {"error", result ? json::value() : as_json(result.error())}}));
    };
}

template <class Command>
void do_command(const surroundings& with, const json::value& wish, finish done) {
    with.party.command(partner_in(wish), object_in<Command>(wish), encoded<v221::command_response>(done),
                       telling<v221::command_result>(with, wish));
}

// What an object is after we read and wrote it, and what we find wrong with it.
template <class T>
void do_echo(const surroundings&, const json::value& wish, finish done) {
    ocpi::decode_options options;
    options.reading = ocpi::reading::lenient;
    const auto object = ocpi::decode<T>(json_of(wish, "object"), options);
    if (!object) return done(object.error());
    json::array findings;
    for (const ocpi::finding& each : ocpi::validate(*object))
        findings.push_back(members({{"pointer", each.pointer}, {"rule", each.rule}, {"message", each.message}}));
    done(members({{"object", parsed(ocpi::encode(*object))}, {"findings", findings}}));
}

using deed = void (*)(const surroundings&, const json::value&, finish);

struct kind {
    const char* object; // as the specification names it
    deed own, push, pull, command, echo;
};

template <class T>
constexpr kind only_read(const char* name) {
    return {name, nullptr, nullptr, nullptr, nullptr, &do_echo<T>};
}

template <class T>
constexpr kind exchanged(const char* name) {
    return {name, &do_own<T>, &do_push<T>, &do_pull<T>, nullptr, &do_echo<T>};
}

template <class T>
constexpr kind posted(const char* name) {
    return {name, &do_own<T>, nullptr, &do_pull<T>, nullptr, &do_echo<T>};
}

template <class T>
constexpr kind commanded(const char* name) {
    return {name, nullptr, nullptr, nullptr, &do_command<T>, &do_echo<T>};
}

constexpr kind kinds[] = {
    exchanged<v221::location>("Location"),
    exchanged<v221::session>("Session"),
    posted<v221::cdr>("CDR"),
    exchanged<v221::tariff>("Tariff"),
    exchanged<v221::token>("Token"),
    exchanged<v221::client_info>("ClientInfo"),
    commanded<v221::cancel_reservation>("CancelReservation"),
    commanded<v221::reserve_now>("ReserveNow"),
    commanded<v221::start_session>("StartSession"),
    commanded<v221::stop_session>("StopSession"),
    commanded<v221::unlock_connector>("UnlockConnector"),
    only_read<v221::authorization_info>("AuthorizationInfo"),
    only_read<v221::charging_preferences>("ChargingPreferences"),
    only_read<v221::command_response>("CommandResponse"),
    only_read<v221::command_result>("CommandResult"),
    only_read<v221::charging_profile_response>("ChargingProfileResponse"),
    only_read<v221::active_charging_profile_result>("ActiveChargingProfileResult"),
    only_read<v221::charging_profile_result>("ChargingProfileResult"),
    only_read<v221::clear_profile_result>("ClearProfileResult"),
    only_read<v221::set_charging_profile>("SetChargingProfile"),
    only_read<v221::version>("Version"),
    only_read<v221::version_details>("VersionDetails"),
    only_read<v221::credentials>("Credentials"),
};

template <deed kind::*Word>
void of_kind(const surroundings& with, const json::value& wish, finish done) {
    const std::string name = text_of(wish, "kind");
    for (const kind& each : kinds)
        if (name == each.object && each.*Word) return (each.*Word)(with, wish, std::move(done));
    done(error{errc::not_found, "/kind", "there is no such object, or not for this"});
}

// -- the others ----------------------------------------------------------------------------------------------------

void do_invite(const surroundings& with, const json::value& wish, finish done) {
    words(done, false)(with.party.invite(text_of(wish, "partner")));
}

void do_register(const surroundings& with, const json::value& wish, finish done) {
    partner_habits habits;
    habits.wants_trailing_slash = wish.find("wants_trailing_slash") != nullptr;
    with.party.register_with(text_of(wish, "partner"), text_of(wish, "url"), text_of(wish, "token"), nothing(done),
                             habits);
}

void do_renew(const surroundings& with, const json::value& wish, finish done) {
    with.party.renew(text_of(wish, "partner"), nothing(done));
}

void do_unregister(const surroundings& with, const json::value& wish, finish done) {
    with.party.unregister(text_of(wish, "partner"), nothing(done));
}

void do_find(const surroundings& with, const json::value& wish, finish done) {
    const partner* found = with.party.find(text_of(wish, "partner"));
    if (!found) return done(json::value());
    json::array roles, endpoints;
    for (const auto& each : found->roles) roles.push_back(parsed(ocpi::encode(each)));
    for (const auto& each : found->endpoints) endpoints.push_back(parsed(ocpi::encode(each)));
    done(members({{"registered", found->state == partner_state::registered},
                  {"token_in", found->token_in},
                  {"token_out", found->token_out},
                  {"versions_url", found->versions_url},
                  {"roles", roles},
                  {"endpoints", endpoints}}));
}

void do_stored(const surroundings& with, const json::value& wish, finish done) {
    store::object_query query;
    query.kind = text_of(wish, "module");
    json::array all;
    for (const store::stored_object& each : with.objects.list(query).value().objects) all.push_back(parsed(each.text));
    done(all);
}

void do_patch(const surroundings& with, const json::value& wish, finish done) {
    with.party.patch(partner_in(wish), path_in(wish), json_of(wish, "changes"), nothing(done));
}

void do_remove(const surroundings& with, const json::value& wish, finish done) {
    with.party.remove(partner_in(wish), path_in(wish), nothing(done));
}

void do_post(const surroundings& with, const json::value& wish, finish done) {
    with.party.post(partner_in(wish), object_in<v221::cdr>(wish), words(done, false));
}

void do_push_evse(const surroundings& with, const json::value& wish, finish done) {
    with.party.push(partner_in(wish), path_in(wish), object_in<v221::evse>(wish), nothing(done));
}

void do_get(const surroundings& with, const json::value& wish, finish done) {
    with.party.get(partner_in(wish), path_in(wish), words(done, true));
}

void do_get_pushed(const surroundings& with, const json::value& wish, finish done) {
    with.party.get_pushed(partner_in(wish), path_in(wish), words(done, true));
}

void do_authorize(const surroundings& with, const json::value& wish, finish done) {
    std::optional<v221::location_references> where;
    if (wish.find("where")) where = object_in<v221::location_references>(wish, "where");
    with.party.authorize(partner_in(wish), text_of(wish, "uid"), v221::token_type::rfid, where,
                         encoded<v221::authorization_info>(done));
}

void do_prefer(const surroundings& with, const json::value& wish, finish done) {
    with.party.set_charging_preferences(partner_in(wish), text_of(wish, "session"),
                                        object_in<v221::charging_preferences>(wish), [done](const auto& answer) {
                                            if (!answer) return done(answer.error());
                                            done(json::value(std::string(answer->text())));
                                        });
}

void do_get_profile(const surroundings& with, const json::value& wish, finish done) {
    with.party.get_active_profile(partner_in(wish), text_of(wish, "session"), 900,
                                  encoded<v221::charging_profile_response>(done),
                                  telling_outcome<v221::active_charging_profile_result>(with, wish));
}

void do_set_profile(const surroundings& with, const json::value& wish, finish done) {
    with.party.set_charging_profile(partner_in(wish), text_of(wish, "session"), object_in<v221::charging_profile>(wish),
                                    encoded<v221::charging_profile_response>(done),
                                    telling_outcome<v221::charging_profile_result>(with, wish));
}

void do_clear_profile(const surroundings& with, const json::value& wish, finish done) {
    with.party.clear_charging_profile(partner_in(wish), text_of(wish, "session"),
                                      encoded<v221::charging_profile_response>(done),
                                      telling_outcome<v221::clear_profile_result>(with, wish));
}

struct word {
    const char* name;
    deed act;
};

constexpr word words_known[] = {
    {"own", &of_kind<&kind::own>},    {"push", &of_kind<&kind::push>},
    {"pull", &of_kind<&kind::pull>},  {"command", &of_kind<&kind::command>},
    {"echo", &of_kind<&kind::echo>},  {"invite", &do_invite},
    {"register", &do_register},       {"renew", &do_renew},
    {"unregister", &do_unregister},   {"find", &do_find},
    {"stored", &do_stored},           {"patch", &do_patch},
    {"remove", &do_remove},           {"post", &do_post},
    {"push_evse", &do_push_evse},     {"get", &do_get},
    {"get_pushed", &do_get_pushed},   {"authorize", &do_authorize},
    {"prefer", &do_prefer},           {"get_profile", &do_get_profile},
    {"set_profile", &do_set_profile}, {"clear_profile", &do_clear_profile},
};

} // namespace

void perform(const surroundings& with, const json::value& wish, finish done) {
    const std::string name = text_of(wish, "do");
    for (const word& each : words_known)
        if (name == each.name) return each.act(with, wish, std::move(done));
    done(error{errc::not_found, "/do", "there is no such word"});
}

json::value as_json(const error& failure) {
    return members({{"category", failure.code.category().name()},
                    {"code", failure.code.value()},
                    {"name", failure.code.message()},
                    {"where", failure.where},
                    {"message", failure.message}});
}

json::value members(std::vector<json::member> list) {
    return json::object(std::move(list));
}

} // namespace incar::interop
