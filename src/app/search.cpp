#include "app/core.hpp"

#include <incar/ocpi/codec.hpp>

#include <algorithm>

namespace incar::app {
namespace {

using json::object;
using json::value;

std::string array_of(const std::vector<std::string>& texts) {
    std::string data = "[";
    for (const std::string& each : texts) {
        if (data.size() > 1) data += ',';
        data += each;
    }
    return data + "]";
}

// What a search is for, beside the place.
struct filter {
    std::vector<std::string> connectors;
    std::vector<std::string> cpos;
    double min_power_w = 0;
    bool is_green = false;
    bool is_free = false;
};

bool fits(const outlet& each, const filter& wanted) {
    const bool is_right = wanted.connectors.empty() || std::find(wanted.connectors.begin(), wanted.connectors.end(),
                                                                 each.standard) != wanted.connectors.end();
    return is_right && each.power_w >= wanted.min_power_w && (each.is_free || !wanted.is_free);
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& each) { return equals_ignoring_case(each, name); });
}

// One of its connectors has all that is wanted of connectors.
bool fits(const place& each, const filter& wanted) {
    if (wanted.is_green && !each.what->is_green) return false;
    if (!wanted.cpos.empty() && !is_among(wanted.cpos, *each.owner)) return false;
    const bool is_any = wanted.connectors.empty() && wanted.min_power_w <= 0 && !wanted.is_free;
    const auto& outlets = each.what->outlets;
    return is_any ||
           std::any_of(outlets.begin(), outlets.end(), [&](const outlet& plug) { return fits(plug, wanted); });
}

expected<filter> filter_in(const asked& in) {
    filter made;
    made.connectors = in.words("connector");
    const auto cpos = in.cpos();
    if (!cpos) return cpos.error();
    for (const party_key& each : *cpos) made.cpos.push_back(format(each));
    const auto power = in.number("min_power_w", 0, 1e9);
    if (!power) return power.error();
    made.min_power_w = power->value_or(0);
    const auto energy = in.choice("energy");
    if (!energy) return energy.error();
    made.is_green = energy->has_value();
    const auto free_now = in.flag("free_now");
    if (!free_now) return free_now.error();
    made.is_free = *free_now;
    for (const std::string& each : made.connectors)
        if (!ocpi::open_enum<v221::connector_type>(each).known())
            return error{errc::malformed, "connector", "there is no such standard"};
    return made;
}

bool is_latitude(double degrees) {
    return degrees >= -90 && degrees <= 90;
}

bool is_longitude(double degrees) {
    return degrees >= -180 && degrees <= 180;
}

// Where a search looks.
struct area {
    std::optional<box> in;
    std::optional<circle> near;
};

expected<area> area_in(const asked& in) {
    const auto edges = in.numbers("bbox", 4), point = in.numbers("near", 2);
    if (!edges) return edges.error();
    if (!point) return point.error();
    const auto radius = in.number("radius_m", 0, 500'000);
    if (!radius) return radius.error();
    if (*radius && point->empty()) return error{errc::inconsistent, "radius_m", "it goes with near only"};
    if (!edges->empty() && !point->empty()) return error{errc::inconsistent, "near", "bbox or near, not both"};
    area made;
    if (!edges->empty()) {
        const auto& edge = *edges;
        if (!is_longitude(edge[0]) || !is_latitude(edge[1]) || !is_longitude(edge[2]) || !is_latitude(edge[3]))
            return error{errc::out_of_range, "bbox", "these are no degrees"};
        if (edge[1] > edge[3]) return error{errc::inconsistent, "bbox", "the south is north of the north"};
        made.in = box{edge[0], edge[1], edge[2], edge[3]};
    }
    if (!point->empty()) {
        if (!is_latitude(point->at(0)) || !is_longitude(point->at(1)))
            return error{errc::out_of_range, "near", "these are no degrees"};
        made.near = circle{point->at(0), point->at(1), radius->value_or(5'000)};
    }
    return made;
}

struct hit {
    double distance;
    const place* what;
};

bool is_sooner(const hit& left, const hit& right) {
    return left.distance != right.distance ? left.distance < right.distance : is_before(*left.what, *right.what);
}

} // namespace

void core::list_emsps(const asked&, answer_with done) {
    std::vector<std::string> found;
    for (const hub::member& each : middle.members()) {
        if (each.standing != hub::standing::active) continue;
        for (const v221::credentials_role& role : each.roles) {
            if (role.role != v221::role::emsp) continue;
            object identity,
                told = {
                    {"country_code", role.country_code.text()},
                    {"party_id", role.party_id.text()},
                    {"business_details", json::parse(ocpi::encode(role.business_details)).value_or(value())},
                };
            // The names of D3.3 beside ours.
            const std::tuple<const char*, const char*, const std::string&> about[] = {
                {"issuer", "keycloakUrl", each.identity.issuer},
                {"realm", "keycloakRealm", each.identity.realm},
                {"client", "keycloakClient", each.identity.client}};
            for (const auto& [name, seed_name, text] : about) {
                if (text.empty()) continue;
                identity.push_back({name, text});
                told.push_back({seed_name, text});
            }
            if (!identity.empty()) told.push_back({"identity_provider", std::move(identity)});
            found.push_back(json::format(value(std::move(told))));
        }
    }
    done(success(array_of(found)));
}

void core::search_locations(const asked& in, answer_with done) {
    const auto page = page_in(in);
    if (!page) return done(refusal(page.error()));
    const auto wanted = filter_in(in);
    if (!wanted) return done(refusal(wanted.error()));
    const auto who = viewer_of(in);
    if (!who) return done(refusal(who.error()));
    const auto where = area_in(in);
    if (!where) return done(refusal(where.error()));
    if (auto ready = is_ready(of_locations); !ready) return done(later(ready.error()));

    const auto hidden = middle.view().hidden_owners;
    std::vector<hit> found;
    const auto take = [&](const place& each, double distance) {
        if (fits(each, *wanted) && may_see(each, *who) && !is_among(hidden, *each.owner))
            found.push_back({distance, &each});
    };
    if (where->in)
        places.each_in(*where->in, take);
    else if (where->near)
        places.each_near(*where->near, take);
    else
        places.each(take);

    const std::size_t begin = std::min(page->first, found.size()), end = std::min(begin + page->second, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(end), found.end(), is_sooner);
    std::vector<std::string> texts;
    for (std::size_t i = begin; i < end; ++i) {
        auto text = find_text(found[i].what->key());
        if (!text) return done(refusal({errc::unavailable, "", "the store cannot serve at present"}));
        texts.push_back(std::move(*text));
    }
    reply out = success(array_of(texts));
    add_page(out, in, page->first, page->second, texts.size(), found.size());
    done(std::move(out));
}

} // namespace incar::app
