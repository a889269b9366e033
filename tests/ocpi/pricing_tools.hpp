#pragma once

// Short words for tests of pricing.

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/pricing.hpp>

#include <doctest/doctest.h>

#include <initializer_list>
#include <ostream>
#include <string>

namespace incar {
inline std::ostream& operator<<(std::ostream& to, const decimal& number) {
    return to << format(number);
}
} // namespace incar

namespace incar::ocpi::pricing {

inline std::ostream& operator<<(std::ostream& to, const amount& money) {
    return to << money.text();
}

inline decimal d(const char* text) {
    return decimal::parse(text).value();
}
inline timestamp t(const char* text) {
    return timestamp::parse(text).value();
}
inline timestamp operator+(const char* text, std::chrono::seconds later) {
    return t(text) + later;
}
constexpr std::chrono::minutes min(int count) {
    return std::chrono::minutes(count);
}

// A tariff from its elements: the JSON of the array.
inline v221::tariff tariff_of(const std::string& elements, const std::string& more = "", const char* id = "T") {
    const std::string text = R"({"country_code":"NL","party_id":"INC","id":")" + std::string(id) +
                             R"(","currency":"EUR","last_updated":"2026-01-01T00:00:00Z","elements":)" + elements +
                             (more.empty() ? "" : "," + more) + "}";
    return decode<v221::tariff>(text).value();
}

// One price component: component("ENERGY", "0.25", 1, "10").
inline std::string component(const std::string& type, const std::string& price, int step = 1,
                             const std::string& vat = "") {
    return R"({"type":")" + type + R"(","price":)" + price + (vat.empty() ? "" : R"(,"vat":)" + vat) +
           R"(,"step_size":)" + std::to_string(step) + "}";
}
inline std::string element(std::initializer_list<std::string> components, const std::string& restrictions = "") {
    std::string list;
    for (const auto& each : components) list += (list.empty() ? "" : ",") + each;
    return R"({"price_components":[)" + list + "]" +
           (restrictions.empty() ? "" : R"(,"restrictions":{)" + restrictions + "}") + "}";
}
inline std::string elements(std::initializer_list<std::string> all) {
    std::string list;
    for (const auto& each : all) list += (list.empty() ? "" : ",") + each;
    return "[" + list + "]";
}

// So many kWh in so many minutes from an instant on, then parked for so many.
inline session charged(const char* from, const char* kwh, int minutes, int parked = 0, const char* current = nullptr) {
    session made;
    made.zone = time_zone::utc();
    const auto amps = current ? std::optional(d(current)) : std::nullopt;
    made.readings.push_back({t(from), decimal(0), vehicle::charging, amps, {}});
    if (minutes > 0) made.readings.push_back({t(from) + min(minutes), d(kwh), vehicle::parked, {}, {}});
    if (parked > 0) made.readings.push_back({t(from) + min(minutes + parked), d(kwh), vehicle::parked, {}, {}});
    return made;
}

inline std::string excl(const expected<bill>& owed) {
    return owed ? owed->total.excl_vat.text() : format(owed.error());
}
inline std::string incl(const expected<bill>& owed) {
    return owed ? owed->total.incl_vat.text() : format(owed.error());
}

} // namespace incar::ocpi::pricing
