#pragma once

// Many locations, and lists of them read to their end.

#include "app_house.hpp"

#include <incar/net/link.hpp>

#include <doctest/doctest.h>

namespace incar::app {

using strings = std::vector<std::string>;

inline std::string padded(int number) {
    return std::to_string(1000 + number);
}

inline std::string degrees(double value) {
    return format(decimal::from_double(value, 6, rounding::half_up).value());
}

inline v221::location somewhere(const std::string& id, double latitude, double longitude) {
    v221::location made = ocpi_client::location_of(id);
    made.coordinates.latitude = degrees(latitude);
    made.coordinates.longitude = degrees(longitude);
    return made;
}

// What the CPO has broadcast, without the way over the wires: thousands of them are wanted.
inline void keep(app_house& all, const v221::location& location, const std::string& audience = "") {
    store::stored_object object;
    object.key = {"locations", location.country_code.text() + "*" + location.party_id.text(), location.id.text()};
    if (!audience.empty()) object.key.id += "\t" + audience;
    object.last_updated = location.last_updated;
    object.text = ocpi::encode(location);
    object.audience = audience;
    all.objects.save(object).value();
}

// All of a list, page by page.
inline strings all_ids(app_house& all, const std::string& target) {
    strings found;
    for (std::string next = target; !next.empty();) {
        const auto page = all.get(next);
        const auto shown = ids_in(page);
        found.insert(found.end(), shown.begin(), shown.end());
        const auto link = net::next_page(page, app_house::request("GET", next).url).value();
        next = link ? link->target() : "";
        CHECK(header_of(page, "X-Total-Count") != "");
    }
    return found;
}

} // namespace incar::app
