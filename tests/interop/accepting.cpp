#include "deeds.hpp"

namespace incar::interop {
namespace {

using namespace ocpi_client;

constexpr int seconds_for_a_result = 20;

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

// Says what happened, in words of its own or as an object of OCPI.
struct witness {
    speaker say;

    void tell(const char* event, const caller& who, const json::value& what) const {
        say(members({{"event", event}, {"who", as_json(who)}, {"what", what}}));
    }
    template <class T>
    void tell_object(const char* event, const caller& who, const T& object) const {
        tell(event, who, json::parse(ocpi::encode(object)).value());
    }
    outcome<void> sent() const {
        return [say = say](const expected<void>& done) {
            say(members({{"event", "result sent"}, {"error", done ? json::value() : interop::as_json(done.error())}}));
        };
    }
};

template <class Command>
auto accepting(const std::function<party&()>& self, const witness& sees, const char* event) {
    return [self, sees, event](const caller& who, const Command& wish,
                               const callback& result) -> expected<v221::command_response> {
        sees.tell_object(event, who, wish);
        self().send_result(result, v221::command_result{v221::command_result_type::accepted, {}, {}}, sees.sent());
        return v221::command_response{v221::command_response_type::accepted, seconds_for_a_result, {}, {}};
    };
}

v221::charging_profile_response accepted_profile() {
    return {v221::charging_profile_response_type::accepted, seconds_for_a_result, {}};
}

} // namespace

handlers accept_everything(const std::function<party&()>& party_of, speaker say) {
    const witness sees{std::move(say)};
    handlers all;
    all.cancel_reservation = accepting<v221::cancel_reservation>(party_of, sees, "CANCEL_RESERVATION");
    all.reserve_now = accepting<v221::reserve_now>(party_of, sees, "RESERVE_NOW");
    all.start_session = accepting<v221::start_session>(party_of, sees, "START_SESSION");
    all.stop_session = accepting<v221::stop_session>(party_of, sees, "STOP_SESSION");
    all.unlock_connector = accepting<v221::unlock_connector>(party_of, sees, "UNLOCK_CONNECTOR");
    all.set_charging_profile = [=](const caller& who, const std::string&, const v221::set_charging_profile& wish,
                                   const callback& result) -> expected<v221::charging_profile_response> {
        sees.tell_object("set profile", who, wish);
        party_of().send_result(result, v221::charging_profile_result{v221::charging_profile_result_type::accepted, {}},
                               sees.sent());
        return accepted_profile();
    };
    all.clear_charging_profile = [=](const caller& who, const std::string& session,
                                     const callback& result) -> expected<v221::charging_profile_response> {
        sees.tell("clear profile", who, session);
        party_of().send_result(result, v221::clear_profile_result{v221::charging_profile_result_type::unknown, {}},
                               sees.sent());
        return accepted_profile();
    };
    all.set_charging_preferences = [=](const caller& who, const std::string&, const v221::charging_preferences& wishes)
        -> expected<ocpi::open_enum<v221::charging_preferences_response>> {
        sees.tell_object("preferences", who, wishes);
        return ocpi::open_enum<v221::charging_preferences_response>(v221::charging_preferences_response::accepted);
    };
    all.changed = [=](const caller& who, const change& what) {
        sees.tell("changed", who,
                  members({{"module", what.module}, {"owner", ocpi::format(what.owner)}, {"id", what.id}}));
    };
    return all;
}

} // namespace incar::interop
