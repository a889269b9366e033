#include "price_json.hpp"

#include <incar/ocpi/codec.hpp>

#include <algorithm>
#include <initializer_list>

namespace incar::program {
namespace {

using namespace ocpi::pricing;
namespace v221 = ocpi::v221;

// The members of one object, each asked for by name; a member that nobody asks for is an error.
class members {
public:
    members(const json::value& from, json::pointer where, std::initializer_list<std::string_view> known)
        : from_(from), where_(std::move(where)) {
        if (!from.as_object()) {
            fail(where_, errc::wrong_type, "an object is needed");
            return;
        }
        for (const auto& each : *from.as_object())
            if (std::find(known.begin(), known.end(), each.name) == known.end())
                fail(where_ / each.name, errc::unknown_member, "nobody reads this member");
    }

    const std::optional<error>& failure() const { return failure_; }
    json::pointer place(std::string_view name) const { return where_ / name; }
    const json::value* find(std::string_view name) const { return failure_ ? nullptr : from_.find(name); }

    template <class T>
    void required(std::string_view name, T& to) {
        std::optional<T> value;
        optional(name, value);
        if (value)
            to = *value;
        else
            fail(place(name), errc::missing, "this member is required");
    }

    template <class T>
    void optional(std::string_view name, std::optional<T>& to) {
        const json::value* value = find(name);
        if (!value) return;
        auto read = parse(*value, static_cast<T*>(nullptr));
        if (!read) return fail(place(name), read.error().code, read.error().message);
        to = std::move(*read);
    }

    void fail(const json::pointer& where, std::error_code code, std::string message) {
        if (!failure_) failure_ = error{code, where.text(), std::move(message)};
    }

private:
    static expected<std::string> parse(const json::value& from, std::string*) {
        if (from.as_string()) return *from.as_string();
        return error{errc::wrong_type, "", "a text is needed"};
    }
    static expected<timestamp> parse(const json::value& from, timestamp*) {
        if (from.as_string()) return timestamp::parse(*from.as_string());
        return error{errc::wrong_type, "", "a date and time is needed"};
    }
    static expected<decimal> parse(const json::value& from, decimal*) {
        if (from.as_number()) return decimal::parse(from.as_number()->text);
        return error{errc::wrong_type, "", "a number is needed"};
    }
    static expected<json::array> parse(const json::value& from, json::array*) {
        if (from.as_array()) return *from.as_array();
        return error{errc::wrong_type, "", "an array is needed"};
    }

    const json::value& from_;
    json::pointer where_;
    std::optional<error> failure_;
};

expected<meter_reading> parse_reading(const json::value& from, const json::pointer& where) {
    members in(from, where, {"at", "kwh", "vehicle", "current", "power"});
    meter_reading made;
    in.required("at", made.at);
    in.required("kwh", made.energy_kwh);
    in.optional("current", made.current_a);
    in.optional("power", made.power_kw);
    std::optional<std::string> does;
    in.optional("vehicle", does);
    if (does == "parked")
        made.vehicle = vehicle::parked;
    else if (does && does != "charging")
        in.fail(in.place("vehicle"), errc::out_of_range, "charging or parked is needed");
    if (in.failure()) return *in.failure();
    return made;
}

expected<reservation> parse_reservation(const json::value& from, const json::pointer& where) {
    members in(from, where, {"start", "expired_at"});
    reservation made;
    in.required("start", made.start);
    in.optional("expired_at", made.expired_at);
    if (in.failure()) return *in.failure();
    return made;
}

expected<tariff_change> parse_change(const json::value& from, const json::pointer& where) {
    members in(from, where, {"at", "tariff_id"});
    tariff_change made;
    std::string id;
    in.required("at", made.at);
    in.required("tariff_id", id);
    if (in.failure()) return *in.failure();
    made.tariff_id = incar::id<v221::tariff>(id);
    return made;
}

template <class T, class F>
expected<void> parse_all(const std::optional<json::array>& from, const json::pointer& where, F&& parse,
                         std::vector<T>& to) {
    for (std::size_t i = 0; from && i < from->size(); ++i) {
        auto each = parse((*from)[i], where / i);
        if (!each) return each.error();
        to.push_back(std::move(*each));
    }
    return {};
}

expected<session_file> parse_readings(const json::value& from) {
    members in(from, json::pointer(), {"time_zone", "readings", "reservation", "tariff_changes"});
    ocpi::pricing::session made;
    std::optional<std::string> zone;
    std::optional<json::array> readings, changes;
    in.optional("time_zone", zone);
    in.optional("readings", readings);
    in.optional("tariff_changes", changes);
    if (in.failure()) return *in.failure();
    if (zone) {
        const auto found = time_zone::find(*zone);
        if (!found) return error{found.error().code, "/time_zone", found.error().message};
        made.zone = *found;
    }
    if (const json::value* reserved = in.find("reservation")) {
        const auto read = parse_reservation(*reserved, in.place("reservation"));
        if (!read) return read.error();
        made.reservation = *read;
    }
    if (auto done = parse_all(readings, in.place("readings"), parse_reading, made.readings); !done) return done.error();
    if (auto done = parse_all(changes, in.place("tariff_changes"), parse_change, made.tariff_changes); !done)
        return done.error();
    return session_file{std::move(made)};
}

template <class T>
expected<T> lenient(std::string_view text) {
    ocpi::decode_options options;
    options.reading = ocpi::reading::lenient; // what matters for a price is refused by the pricing
    return ocpi::decode<T>(text, options);
}

expected<session_file> recorded(const std::vector<v221::charging_period>& periods, timestamp start, timestamp end) {
    recorded_session made;
    made.start = start;
    made.end = end;
    made.periods = periods;
    return session_file{std::move(made)};
}

// A member that was read leniently, though nothing works without it.
expected<void> must_be_read(const json::extra& extra, std::initializer_list<std::string_view> names) {
    using reason = json::extra::reason;
    for (const auto& entry : extra.entries())
        if ((entry.reason == reason::unread || entry.reason == reason::absent) &&
            std::find(names.begin(), names.end(), entry.name) != names.end())
            return error{entry.reason == reason::absent ? errc::missing : errc::malformed, "/" + entry.name,
                         "nothing can be priced without this"};
    return {};
}

} // namespace

expected<session_file> parse_session(std::string_view text) {
    const auto read = json::parse(text);
    if (!read) return read.error();
    if (read->find("readings") || read->find("reservation")) return parse_readings(*read);
    if (read->find("total_cost") && read->find("cdr_location")) {
        const auto cdr = lenient<v221::cdr>(text);
        if (!cdr) return cdr.error();
        if (auto done = must_be_read(cdr->extra, {"start_date_time", "end_date_time", "charging_periods"}); !done)
            return done.error();
        return recorded(cdr->charging_periods, cdr->start_date_time, cdr->end_date_time);
    }
    if (!read->find("charging_periods"))
        return error{errc::missing, "/charging_periods", "an OCPI Session or CDR is needed, or \"readings\""};
    const auto session = lenient<v221::session>(text);
    if (!session) return session.error();
    if (auto done =
            must_be_read(session->extra, {"start_date_time", "end_date_time", "charging_periods", "last_updated"});
        !done)
        return done.error();
    return recorded(session->charging_periods, session->start_date_time,
                    session->end_date_time.value_or(session->last_updated));
}

expected<std::vector<v221::tariff>> parse_tariffs(std::string_view text) {
    std::vector<v221::tariff> made;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    std::vector<std::string_view> each{text};
    if (first != std::string_view::npos && text[first] == '[') {
        auto parts = ocpi::elements_of(text);
        if (!parts) return parts.error();
        each = std::move(*parts);
    }
    for (const std::string_view part : each) {
        auto tariff = lenient<v221::tariff>(part);
        if (!tariff) return tariff.error();
        made.push_back(std::move(*tariff));
    }
    return made;
}

} // namespace incar::program
