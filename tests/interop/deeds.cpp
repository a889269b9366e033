#include "wishes.hpp"

namespace incar::interop {
namespace {

using namespace ocpi_client;

// What came of an asynchronous request, later and on a line of its own.
template <class Result>
outcome<Result> telling_outcome(const surroundings& with, const json::value& wish) {
    return [say = with.say, re = *wish.find("re")](const expected<Result>& result) {
        say(members({{"event", "result"},
                     {"re", re},
                     {"result", result ? parsed(ocpi::encode(*result)) : json::value()},
                     {"error", result ? json::value() : as_json(result.error())}}));
    };
}

// The habits that a wish names.
partner_habits habits_in(const json::value& wish) {
    partner_habits habits;
    for (const auto& [name, habit] : {std::pair("appends_without_slash", &partner_habits::appends_without_slash),
                                      std::pair("breaks_links", &partner_habits::breaks_links),
                                      std::pair("wants_trailing_slash", &partner_habits::wants_trailing_slash),
                                      std::pair("knows_other_modules", &partner_habits::knows_other_modules)})
        habits.*habit = wish.find(name) != nullptr;
    return habits;
}

void do_invite(const surroundings& with, const json::value& wish, finish done) {
    words(done, false)(with.party.invite(text_of(wish, "partner"), habits_in(wish)));
}

void do_register(const surroundings& with, const json::value& wish, finish done) {
    with.party.register_with(text_of(wish, "partner"), text_of(wish, "url"), text_of(wish, "token"), nothing(done),
                             habits_in(wish));
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
    query.limit = 1'000'000;
    json::array all;
    const store::object_page page = with.objects.list(query).value();
    for (const store::stored_object& each : page.objects) all.push_back(parsed(each.text));
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

// The result of the last command, now or once more.
void do_finish(const surroundings& with, const json::value& wish, finish done) {
    with.party.send_result(
        with.how.asked.back(),
        v221::command_result{ocpi::open_enum<v221::command_result_type>(text_of(wish, "result")), {}, {}},
        nothing(done));
}

// Members of `manners` by their names.
void do_behave(const surroundings& with, const json::value& wish, finish done) {
    for (const auto& [name, text] : {std::pair("response", &manners::response), std::pair("result", &manners::result),
                                     std::pair("preferences", &manners::preferences)})
        if (wish.find(name)) with.how.*text = text_of(wish, name);
    for (const auto& [name, flag] :
         {std::pair("sends_results", &manners::sends_results), std::pair("answers", &manners::answers)})
        if (const json::value* given = wish.find(name)) with.how.*flag = *given->as_bool();
    for (const auto& [name, number] :
         {std::pair("timeout", &manners::timeout), std::pair("bare_status", &manners::bare_status)})
        if (const json::value* given = wish.find(name)) with.how.*number = static_cast<int>(given->to_double().value());
    done(json::value());
}

void do_leave(const surroundings& with, const json::value&, finish done) {
    with.listen(false);
    done(json::value());
}

void do_return(const surroundings& with, const json::value&, finish done) {
    with.listen(true);
    done(json::value());
}

struct word {
    const char* name;
    void (*act)(const surroundings&, const json::value&, finish);
};

constexpr word words_known[] = {
    {"own", &perform_on_kind},
    {"push", &perform_on_kind},
    {"pull", &perform_on_kind},
    {"command", &perform_on_kind},
    {"echo", &perform_on_kind},
    {"invite", &do_invite},
    {"register", &do_register},
    {"renew", &do_renew},
    {"unregister", &do_unregister},
    {"find", &do_find},
    {"stored", &do_stored},
    {"patch", &do_patch},
    {"remove", &do_remove},
    {"post", &do_post},
    {"push_evse", &do_push_evse},
    {"get", &do_get},
    {"get_pushed", &do_get_pushed},
    {"authorize", &do_authorize},
    {"prefer", &do_prefer},
    {"get_profile", &do_get_profile},
    {"set_profile", &do_set_profile},
    {"clear_profile", &do_clear_profile},
    {"finish", &do_finish},
    {"behave", &do_behave},
    {"leave", &do_leave},
    {"return", &do_return},
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
