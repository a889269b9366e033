#include "app/place_index.hpp"

#include <incar/core/ci_string.hpp>
#include <incar/core/decimal.hpp>
#include <incar/ocpi/codec.hpp>

#include <algorithm>
#include <cmath>

namespace incar::app {
namespace {

constexpr double cells_per_degree = 10;
constexpr double earth_radius_m = 6'371'008.8;
constexpr double radians_per_degree = 3.14159265358979323846 / 180;

int phases_of(const v221::connector& of) {
    if (of.power_type == v221::power_type::ac_3_phase) return 3;
    const bool is_two =
        of.power_type == v221::power_type::ac_2_phase || of.power_type == v221::power_type::ac_2_phase_split;
    return is_two ? 2 : 1;
}

std::optional<place> place_of(const store::stored_object& object) {
    const auto read = ocpi::decode<v221::location>(object.text, {ocpi::reading::lenient, {}});
    if (!read) return std::nullopt;
    const auto latitude = decimal::parse(read->coordinates.latitude);
    const auto longitude = decimal::parse(read->coordinates.longitude);
    if (!latitude || !longitude) return std::nullopt;
    place made;
    made.key = object.key;
    made.id = read->id.text();
    made.audience = object.audience;
    made.latitude = latitude->to_double();
    made.longitude = longitude->to_double();
    made.is_published = read->publish;
    made.allowed = read->publish_allowed_to;
    made.is_green = read->energy_mix && read->energy_mix->is_green_energy;
    made.is_gone = !read->evses.empty();
    for (const v221::evse& each : read->evses) {
        if (each.status == v221::status::removed) continue;
        made.is_gone = false;
        for (const v221::connector& plug : each.connectors)
            made.outlets.push_back(
                {std::string(plug.standard.text()), power_of(plug), each.status == v221::status::available});
    }
    return made;
}

bool is_in(const place& each, const box& where) {
    if (each.latitude < where.south || each.latitude > where.north) return false;
    const bool is_east = each.longitude >= where.west, is_west = each.longitude <= where.east;
    return where.west <= where.east ? is_east && is_west : is_east || is_west;
}

bool is_before(const place* left, const place* right) {
    return key_order()(left->key, right->key);
}

} // namespace

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

int power_of(const v221::connector& of) {
    if (of.max_electric_power) return *of.max_electric_power;
    const double power = static_cast<double>(of.max_voltage) * of.max_amperage * phases_of(of);
    return static_cast<int>(std::clamp(power, 0.0, 2e9));
}

double distance_m(double latitude, double longitude, const circle& to) {
    const double north = std::sin((latitude - to.latitude) * radians_per_degree / 2);
    const double east = std::sin((longitude - to.longitude) * radians_per_degree / 2);
    const double part = north * north + std::cos(latitude * radians_per_degree) *
                                            std::cos(to.latitude * radians_per_degree) * east * east;
    return 2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(part)));
}

bool key_order::operator()(const store::object_key& left, const store::object_key& right) const {
    if (const int order = compare_ignoring_case(left.owner, right.owner)) return order < 0;
    return compare_ignoring_case(left.id, right.id) < 0;
}

place_index::cell place_index::cell_of(double latitude, double longitude) {
    return {static_cast<int>(std::floor(latitude * cells_per_degree)),
            static_cast<int>(std::floor(longitude * cells_per_degree))};
}

void place_index::forget(const store::object_key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    const place* gone = &found->second;
    auto& there = cells_[cell_of(gone->latitude, gone->longitude)];
    there.erase(std::remove(there.begin(), there.end(), gone), there.end());
    by_id_[lower_case(gone->id)].erase(gone);
    places_.erase(found);
}

void place_index::see(const store::stored_object& location) {
    forget(location.key);
    if (location.removed) return;
    auto made = place_of(location);
    if (!made) return;
    const place* kept = &places_.emplace(location.key, std::move(*made)).first->second;
    cells_[cell_of(kept->latitude, kept->longitude)].push_back(kept);
    by_id_[lower_case(kept->id)].insert(kept);
}

void place_index::clear() {
    cells_.clear();
    by_id_.clear();
    places_.clear();
}

const place* place_index::find(const store::object_key& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &found->second;
}

std::vector<const place*> place_index::with_id(const std::string& id) const {
    const auto found = by_id_.find(lower_case(id));
    if (found == by_id_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

std::vector<const place*> place_index::all() const {
    std::vector<const place*> found;
    for (const auto& each : places_) found.push_back(&each.second);
    return found;
}

// The cells of the box row by row; west is not greater than east here.
void place_index::collect(const box& where, std::vector<const place*>& into) const {
    const cell low = cell_of(where.south, where.west), high = cell_of(where.north, where.east);
    for (auto row = cells_.lower_bound({low.first, low.second});
         row != cells_.end() && row->first.first <= high.first;) {
        if (row->first.second < low.second) {
            row = cells_.lower_bound({row->first.first, low.second});
        } else if (row->first.second > high.second) {
            row = cells_.lower_bound({row->first.first + 1, low.second});
        } else {
            for (const place* each : row->second)
                if (is_in(*each, where)) into.push_back(each);
            ++row;
        }
    }
}

std::vector<const place*> place_index::cells_in(const box& where) const {
    std::vector<const place*> found;
    if (where.west <= where.east) {
        collect(where, found);
    } else {
        collect({where.west, where.south, 180, where.north}, found);
        collect({-180, where.south, where.east, where.north}, found);
    }
    return found;
}

std::vector<const place*> place_index::in(const box& where) const {
    std::vector<const place*> found = cells_in(where);
    if (found.size() > places_.size() / 16) { // all in order is sooner than many to be ordered
        found = all();
        found.erase(std::remove_if(found.begin(), found.end(), [&](const place* each) { return !is_in(*each, where); }),
                    found.end());
        return found;
    }
    std::sort(found.begin(), found.end(), is_before);
    return found;
}

std::vector<const place*> place_index::near(const circle& where) const {
    constexpr double margin = 1e-6; // degrees, for what is rounded
    const double angle = where.radius_m / earth_radius_m / radians_per_degree + margin;
    box around;
    around.south = where.latitude - angle;
    around.north = where.latitude + angle;
    if (around.south > -90 && around.north < 90) {
        const double width = std::sin(angle * radians_per_degree) / std::cos(where.latitude * radians_per_degree);
        if (width < 1) {
            const double half = std::asin(width) / radians_per_degree + margin;
            around.west = where.longitude - half;
            around.east = where.longitude + half;
            if (around.west < -180 && around.east <= 180) around.west += 360;
            if (around.east > 180 && around.west >= -180) around.east -= 360;
            if (half >= 180) around.west = -180, around.east = 180;
        }
    }
    std::vector<std::pair<double, const place*>> found;
    for (const place* each : cells_in(around))
        if (const double far = distance_m(each->latitude, each->longitude, where); far <= where.radius_m)
            found.emplace_back(far, each);
    std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
        return left.first != right.first ? left.first < right.first : is_before(left.second, right.second);
    });
    std::vector<const place*> by_distance;
    for (const auto& each : found) by_distance.push_back(each.second);
    return by_distance;
}

} // namespace incar::app
