#include "app/place_index.hpp"

#include <incar/core/ci_string.hpp>
#include <incar/core/decimal.hpp>
#include <incar/ocpi/codec.hpp>

#include <cmath>
#include <tuple>

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

bool is_in(const place& each, const box& where) {
    if (each.latitude < where.south || each.latitude > where.north) return false;
    const bool is_east = each.longitude >= where.west, is_west = each.longitude <= where.east;
    return where.west <= where.east ? is_east && is_west : is_east || is_west;
}

} // namespace

bool operator<(const outlet& left, const outlet& right) {
    return std::tie(left.standard, left.power_w, left.is_free) < std::tie(right.standard, right.power_w, right.is_free);
}

bool operator==(const outlet& left, const outlet& right) {
    return !(left < right) && !(right < left);
}

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

bool is_before(const place& left, const place& right) {
    if (left.owner != right.owner)
        if (const int order = compare_ignoring_case(*left.owner, *right.owner)) return order < 0;
    return compare_ignoring_case(left.id, right.id) < 0;
}

std::optional<seen_location> see_location(const std::string& text) {
    auto read = ocpi::decode<v221::location>(text, {ocpi::reading::lenient, {}});
    if (!read) return std::nullopt;
    const auto latitude = decimal::parse(read->coordinates.latitude);
    const auto longitude = decimal::parse(read->coordinates.longitude);
    if (!latitude || !longitude) return std::nullopt;
    seen_location made;
    made.latitude = latitude->to_double();
    made.longitude = longitude->to_double();
    made.allowed = std::move(read->publish_allowed_to);
    offer& what = made.what;
    what.is_published = read->publish;
    what.is_green = read->energy_mix && read->energy_mix->is_green_energy;
    what.is_gone = !read->evses.empty();
    for (const v221::evse& each : read->evses) {
        if (each.status == v221::status::removed) continue;
        what.is_gone = false;
        for (const v221::connector& plug : each.connectors)
            what.outlets.push_back(
                {std::string(plug.standard.text()), power_of(plug), each.status == v221::status::available});
    }
    std::sort(what.outlets.begin(), what.outlets.end());
    what.outlets.erase(std::unique(what.outlets.begin(), what.outlets.end()), what.outlets.end());
    return made;
}

bool place_index::without_case::operator()(std::string_view left, std::string_view right) const {
    return compare_ignoring_case(left, right) < 0;
}
bool place_index::without_case::operator()(const place& left, const place& right) const {
    return compare_ignoring_case(left.id, right.id) < 0;
}
bool place_index::without_case::operator()(const place& left, std::string_view right) const {
    return compare_ignoring_case(left.id, right) < 0;
}
bool place_index::without_case::operator()(std::string_view left, const place& right) const {
    return compare_ignoring_case(left, right.id) < 0;
}

bool place_index::offer_order::operator()(const offer& left, const offer& right) const {
    const auto flags = [](const offer& of) { return std::tie(of.is_published, of.is_green, of.is_gone); };
    if (flags(left) != flags(right)) return flags(left) < flags(right);
    return left.outlets < right.outlets;
}

place_index::cell place_index::cell_of(double latitude, double longitude) {
    const auto row = [](double degrees) {
        return static_cast<int>(std::floor(std::clamp(degrees, -1e3, 1e3) * cells_per_degree));
    };
    return {row(latitude), row(longitude)};
}

void place_index::forget(const store::object_key& key) {
    const auto theirs = places_.find(key.owner);
    if (theirs == places_.end()) return;
    const auto gone = theirs->second.find(key.id);
    if (gone == theirs->second.end()) return;
    const auto there = cells_.find(cell_of(gone->latitude, gone->longitude));
    there->second.back()->at = gone->at;
    there->second[gone->at] = there->second.back();
    there->second.pop_back();
    if (there->second.empty()) cells_.erase(there);
    if (const auto shared = offers_.find(*gone->what); --shared->second == 0) offers_.erase(shared);
    allowed_.erase(&*gone);
    theirs->second.erase(gone);
    --size_;
}

// Those for one party alone: the one for all took their place, and the hub erased them.
void place_index::forget_copies(const store::object_key& key) {
    const auto theirs = places_.find(key.owner);
    if (theirs == places_.end()) return;
    const std::string start = key.id + '\t';
    while (true) {
        const auto copy = theirs->second.lower_bound(start);
        if (copy == theirs->second.end() || !equals_ignoring_case(copy->id.substr(0, start.size()), start)) return;
        forget({key.kind, key.owner, std::string(copy->id)});
    }
}

void place_index::see(const store::stored_object& location) {
    forget(location.key);
    if (location.key.id.find('\t') == std::string::npos) forget_copies(location.key);
    if (location.removed) return;
    auto seen = see_location(location.text);
    if (!seen) return;
    const auto theirs = places_.try_emplace(location.key.owner).first;
    const auto shared = offers_.try_emplace(std::move(seen->what), 0).first;
    ++shared->second;
    place made;
    made.owner = &theirs->first;
    made.what = &shared->first;
    made.latitude = seen->latitude;
    made.longitude = seen->longitude;
    made.id = location.key.id;
    auto& there = cells_[cell_of(made.latitude, made.longitude)];
    made.at = static_cast<std::uint32_t>(there.size());
    const place* kept = &*theirs->second.insert(std::move(made)).first;
    there.push_back(kept);
    if (!seen->allowed.empty()) allowed_[kept] = std::move(seen->allowed);
    ++size_;
}

const place* place_index::find(std::string_view owner, std::string_view id) const {
    const auto theirs = places_.find(owner);
    if (theirs == places_.end()) return nullptr;
    const auto found = theirs->second.find(id);
    return found == theirs->second.end() ? nullptr : &*found;
}

const allowed_tokens& place_index::allowed_at(const place& which) const {
    static const allowed_tokens nobody;
    const auto found = allowed_.find(&which);
    return found == allowed_.end() ? nobody : found->second;
}

void place_index::each(const take& to) const {
    for (const auto& [owner, theirs] : places_)
        for (const place& each : theirs) to(each, 0);
}

// The cells of the box row by row; west is not greater than east here.
void place_index::collect(const box& where, const take& to) const {
    const cell low = cell_of(where.south, where.west), high = cell_of(where.north, where.east);
    for (auto row = cells_.lower_bound({low.first, low.second});
         row != cells_.end() && row->first.first <= high.first;) {
        if (row->first.second < low.second) {
            row = cells_.lower_bound({row->first.first, low.second});
        } else if (row->first.second > high.second) {
            row = cells_.lower_bound({row->first.first + 1, low.second});
        } else {
            for (const place* each : row->second)
                if (is_in(*each, where)) to(*each, 0);
            ++row;
        }
    }
}

void place_index::each_in(const box& where, const take& to) const {
    if (where.west <= where.east) return collect(where, to);
    collect({where.west, where.south, 180, where.north}, to);
    collect({-180, where.south, where.east, where.north}, to);
}

void place_index::each_near(const circle& where, const take& to) const {
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
    each_in(around, [&](const place& each, double) {
        if (const double far = distance_m(each.latitude, each.longitude, where); far <= where.radius_m) to(each, far);
    });
}

} // namespace incar::app
