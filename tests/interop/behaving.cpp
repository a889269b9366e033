#include "deeds.hpp"

namespace incar::interop {
namespace {

using namespace ocpi_client;

json::value as_json(const caller& who) {
    const auto key = [](const std::optional<ocpi::party_key>& of) {
        return of ? json::value(ocpi::format(*of)) : json::value();
    };
    return members({{"partner", who.partner},
                    {"from", key(who.from)},
                    {"to", key(who.to)},
                    {"request_id", who.request_id},
                    {"correlation_id", who.correlation_id}});
}

// Says what happened, in words of its own or as an object of OCPI; answers and sends results.
struct witness {
    std::function<party&()> self;
    manners& how;
    speaker say;

    void tell(const char* event, const caller& who, const json::value& what) const {
        say(members({{"event", event}, {"who", as_json(who)}, {"what", what}}));
    }
    template <class T>
    void tell_object(const char* event, const caller& who, const T& object) const {
        tell(event, who, json::parse(ocpi::encode(object)).value());
    }
    template <class Result>
    void send(const callback& where, const Result& result) const {
        if (how.response != "ACCEPTED" || !how.sends_results) return;
        self().send_result(where, result, [say = say](const expected<void>& done) {
            say(members({{"event", "result sent"}, {"error", done ? json::value() : interop::as_json(done.error())}}));
        });
    }
    v221::charging_profile_response about_profile() const {
        return {ocpi::open_enum<v221::charging_profile_response_type>(how.response), how.timeout, {}};
    }
    ocpi::open_enum<v221::charging_profile_result_type> profile_result() const {
        return ocpi::open_enum<v221::charging_profile_result_type>(how.result);
    }
};

template <class Command>
auto answering(const witness& sees, const char* event) {
    return [sees, event](const caller& who, const Command& wish,
                         const callback& result) -> expected<v221::command_response> {
        sees.tell_object(event, who, wish);
        sees.how.asked.push_back(result);
        sees.send(result, v221::command_result{ocpi::open_enum<v221::command_result_type>(sees.how.result), {}, {}});
        return v221::command_response{
            ocpi::open_enum<v221::command_response_type>(sees.how.response), sees.how.timeout, {}, {}};
    };
}

} // namespace

handlers well_behaved(const std::function<party&()>& party_of, manners& how, speaker say) {
    const witness sees{party_of, how, std::move(say)};
    handlers all;
    all.cancel_reservation = answering<v221::cancel_reservation>(sees, "CANCEL_RESERVATION");
    all.reserve_now = answering<v221::reserve_now>(sees, "RESERVE_NOW");
    all.start_session = answering<v221::start_session>(sees, "START_SESSION");
    all.stop_session = answering<v221::stop_session>(sees, "STOP_SESSION");
    all.unlock_connector = answering<v221::unlock_connector>(sees, "UNLOCK_CONNECTOR");
    all.set_charging_profile = [sees](const caller& who, const std::string& session,
                                      const v221::set_charging_profile& wish,
                                      const callback& where) -> expected<v221::charging_profile_response> {
        sees.tell_object("set profile", who, wish);
        sees.how.profile[session] = wish.charging_profile;
        sees.send(where, v221::charging_profile_result{sees.profile_result(), {}});
        return sees.about_profile();
    };
    all.get_active_profile = [sees](const caller& who, const std::string& session, int,
                                    const callback& where) -> expected<v221::charging_profile_response> {
        sees.tell("get profile", who, session);
        v221::active_charging_profile_result result{v221::charging_profile_result_type::unknown, {}, {}};
        if (const auto kept = sees.how.profile.find(session); kept != sees.how.profile.end()) {
            result.result = v221::charging_profile_result_type::accepted;
            result.profile = v221::active_charging_profile{
                kept->second.start_date_time.value_or(timestamp::parse("2026-01-01T00:00:00Z").value()),
                kept->second,
                {}};
        }
        sees.send(where, result);
        return sees.about_profile();
    };
    all.clear_charging_profile = [sees](const caller& who, const std::string& session,
                                        const callback& where) -> expected<v221::charging_profile_response> {
        sees.tell("clear profile", who, session);
        sees.how.profile.erase(session);
        sees.send(where, v221::clear_profile_result{v221::charging_profile_result_type::unknown, {}});
        return sees.about_profile();
    };
    all.set_charging_preferences = [sees](const caller& who, const std::string&,
                                          const v221::charging_preferences& wishes)
        -> expected<ocpi::open_enum<v221::charging_preferences_response>> {
        sees.tell_object("preferences", who, wishes);
        return ocpi::open_enum<v221::charging_preferences_response>(sees.how.preferences);
    };
    all.changed = [sees](const caller& who, const change& what) {
        sees.tell("changed", who,
                  members({{"module", what.module}, {"owner", ocpi::format(what.owner)}, {"id", what.id}}));
    };
    return all;
}

} // namespace incar::interop
