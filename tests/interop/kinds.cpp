#include "wishes.hpp"

#include <incar/ocpi/v221/hub_client_info.hpp>
#include <incar/ocpi/v221/sc_optimisations.hpp>

#include <memory>

namespace incar::interop {
namespace {

using namespace ocpi_client;
using interop::as_json;

template <class T>
void do_own(const surroundings& with, const json::value& wish, finish done) {
    nothing(done)(with.party.own(object_in<T>(wish)));
}

template <class T>
void do_push(const surroundings& with, const json::value& wish, finish done) {
    with.party.push(partner_in(wish), object_in<T>(wish), nothing(done));
}

json::value as_json(const std::vector<ocpi::finding>& findings) {
    json::array all;
    for (const ocpi::finding& each : findings)
        all.push_back(members({{"pointer", each.pointer}, {"rule", each.rule}, {"message", each.message}}));
    return all;
}

template <class T>
void do_pull(const surroundings& with, const json::value& wish, finish done) {
    window wanted;
    if (const json::value* limit = wish.find("limit"))
        wanted.limit = static_cast<std::size_t>(limit->to_double().value());
    if (const json::value* from = wish.find("date_from"))
        wanted.date_from = timestamp::parse(*from->as_string()).value();
    const auto pulled = std::make_shared<json::array>(), wrong = std::make_shared<json::array>();
    const auto told = [pulled, wrong, done](const expected<pull_summary>& summary) {
        json::array refused;
        if (summary)
            for (const error& each : summary->refused) refused.push_back(as_json(each));
        done(members({{"objects", *pulled},
                      {"findings", *wrong},
                      {"pages", summary ? static_cast<int>(summary->pages) : -1},
                      {"refused", refused},
                      {"error", summary ? json::value() : as_json(summary.error())}}));
    };
    if (!wish.find("leniently"))
        return with.party.pull<T>(
            partner_in(wish), wanted, [pulled](const T& each) { pulled->push_back(parsed(ocpi::encode(each))); }, told);
    const auto take = [pulled, wrong](const T& each, const std::vector<ocpi::finding>& findings) {
        pulled->push_back(parsed(ocpi::encode(each)));
        wrong->push_back(as_json(findings));
    };
    with.party.pull_leniently<T>(partner_in(wish), wanted, take, told);
}

// What came of an asynchronous request, later and on a line of its own.
template <class Result>
std::function<void(const Result&)> telling(const surroundings& with, const json::value& wish) {
    return [say = with.say, re = *wish.find("re")](const Result& result) {
        say(members({{"event", "result"}, {"re", re}, {"result", parsed(ocpi::encode(result))}}));
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
    done(members({{"object", parsed(ocpi::encode(*object))}, {"findings", as_json(ocpi::validate(*object))}}));
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
    exchanged<v221::sc_optimisation>("SCOptimisation"),
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

struct word {
    const char* name;
    deed kind::*act;
};

constexpr word words_known[] = {
    {"own", &kind::own},         {"push", &kind::push}, {"pull", &kind::pull},
    {"command", &kind::command}, {"echo", &kind::echo},
};

} // namespace

void perform_on_kind(const surroundings& with, const json::value& wish, finish done) {
    const std::string name = text_of(wish, "do"), object = text_of(wish, "kind");
    for (const word& each : words_known)
        for (const kind& about : kinds)
            if (name == each.name && object == about.object && about.*each.act)
                return (about.*each.act)(with, wish, std::move(done));
    done(error{errc::not_found, "/kind", "there is no such object, or not for this"});
}

} // namespace incar::interop
