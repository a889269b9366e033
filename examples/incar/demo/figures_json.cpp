#include "figures.hpp"

#include <incar/core/json.hpp>

#include <algorithm>

namespace incar::demo {
namespace {

// Members of one JSON object, read one after the other; the first failure is kept and ends the reading.
class reader {
public:
    reader(const json::value& object, json::pointer where, expected<void>& outcome)
        : object_(object), where_(std::move(where)), outcome_(outcome) {
        if (!object.as_object()) fail(where_, errc::wrong_type, "an object is needed");
    }

    void read(const char* name, std::string& to) const {
        if (const json::value* found = member(name)) take(*found, where_ / name, to);
    }
    void read(const char* name, double& to) const {
        if (const json::value* found = member(name)) take(*found, where_ / name, to);
    }
    void read(const char* name, timestamp& to) const {
        std::string text;
        read(name, text);
        const auto instant = timestamp::parse(text);
        if (!instant) return fail(where_ / name, instant.error().code, instant.error().message);
        to = *instant;
    }
    template <class T>
    void read(const char* name, std::vector<T>& to) const {
        const json::value* found = member(name);
        if (!found) return;
        if (!found->as_array()) return fail(where_ / name, errc::wrong_type, "an array is needed");
        for (std::size_t i = 0; i < found->as_array()->size(); ++i)
            take((*found->as_array())[i], where_ / name / i, to.emplace_back());
    }
    void read(const char* name, std::vector<double>& to, std::size_t length) const {
        read(name, to);
        if (to.size() != length)
            fail(where_ / name, errc::wrong_length, std::to_string(length) + " numbers are needed");
    }

private:
    void fail(const json::pointer& where, std::error_code code, std::string message) const {
        if (outcome_) outcome_ = error{code, where.text(), std::move(message)};
    }
    const json::value* member(const char* name) const {
        const json::value* found = object_.find(name);
        if (!found) fail(where_ / name, errc::missing, "this member is required");
        return found;
    }
    void take(const json::value& from, const json::pointer& where, std::string& to) const {
        if (!from.as_string()) return fail(where, errc::wrong_type, "a text is needed");
        to = *from.as_string();
    }
    void take(const json::value& from, const json::pointer& where, double& to) const {
        const auto number = from.to_double();
        if (!number) return fail(where, number.error().code, number.error().message);
        to = *number;
    }
    void take(const json::value& from, const json::pointer& where, session& to) const {
        const reader members(from, where, outcome_);
        members.read("id", to.id);
        members.read("arrival", to.arrival);
        members.read("departure", to.departure);
        members.read("energy_kwh", to.energy_kwh);
        members.read("max_power_kw", to.max_power_kw);
        if (to.departure < to.arrival) fail(where / "departure", errc::inconsistent, "is before the arrival");
        if (to.energy_kwh < 0) fail(where / "energy_kwh", errc::out_of_range, "is negative");
        if (to.max_power_kw < 0) fail(where / "max_power_kw", errc::out_of_range, "is negative");
    }
    void take(const json::value& from, const json::pointer& where, source& to) const {
        const reader members(from, where, outcome_);
        members.read("what", to.what);
        members.read("origin", to.origin);
        members.read("licence", to.licence);
    }

    const json::value& object_;
    json::pointer where_;
    expected<void>& outcome_;
};

template <class T, class Write>
json::array list(const std::vector<T>& items, Write write) {
    json::array result;
    for (const T& each : items) result.push_back(write(each));
    return result;
}

json::value text(const std::string& content) {
    return content;
}

} // namespace

expected<figures> figures_from_json(std::string_view content) {
    const auto read = json::parse(content);
    if (!read) return read.error();
    figures day;
    expected<void> outcome;
    const reader members(*read, json::pointer(), outcome);
    members.read("date", day.date);
    members.read("sources", day.sources);
    members.read("remarks", day.remarks);
    members.read("price_date", day.price_date);
    members.read("price_eur_per_mwh", day.price_eur_per_mwh, 24);
    members.read("house_date", day.house_date);
    members.read("load_w", day.load_w, 48);
    members.read("pv_w", day.pv_w, 48);
    members.read("sessions", day.sessions);
    if (!outcome) return outcome.error();
    if (const auto date = parse_date(day.date); !date) return error{errc::malformed, "/date", date.error().message};
    return day;
}

std::string to_json(const figures& day) {
    const json::object root{
        {"date", day.date},
        {"sources",
         list(day.sources,
              [](const source& each) {
                  return json::object{{"what", each.what}, {"origin", each.origin}, {"licence", each.licence}};
              })},
        {"remarks", list(day.remarks, text)},
        {"price_date", day.price_date},
        {"price_eur_per_mwh", day.price_eur_per_mwh},
        {"house_date", day.house_date},
        {"load_w", day.load_w},
        {"pv_w", day.pv_w},
        {"sessions", list(day.sessions,
                          [](const session& each) {
                              return json::object{{"id", each.id},
                                                  {"arrival", format(each.arrival)},
                                                  {"departure", format(each.departure)},
                                                  {"energy_kwh", each.energy_kwh},
                                                  {"max_power_kw", each.max_power_kw}};
                          })},
    };
    return json::format(root, json::layout::indented) + "\n";
}

} // namespace incar::demo
