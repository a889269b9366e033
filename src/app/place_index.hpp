#pragma once

// Where locations are and what they offer, in memory: what a search looks at before anything is read from the store.

#include <incar/ocpi/party_key.hpp>
#include <incar/ocpi/v221/locations.hpp>
#include <incar/store/object_store.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace incar::app {

namespace v221 = ocpi::v221;

struct outlet {
    std::string standard; // of its connector, as in JSON
    int power_w = 0;
    bool is_free = false;
};
bool operator<(const outlet& left, const outlet& right);
bool operator==(const outlet& left, const outlet& right);

// What there is at a place. Many places have the same, and share it.
struct offer {
    std::vector<outlet> outlets; // sorted, each once
    bool is_published = false;
    bool is_green = false;
    bool is_gone = false; // has EVSEs, and all are removed
};

using allowed_tokens = std::vector<v221::publish_token_type>;

// A location as a search sees it; the rest is read from the store. As there may be millions, it has no more than that.
struct place {
    const std::string* owner = nullptr;
    const offer* what = nullptr;
    double latitude = 0, longitude = 0;
    std::string id;               // of the store's key: "ID", or "ID\tNL*ABC" for one party alone
    mutable std::uint32_t at = 0; // in its cell

    store::object_key key() const { return {"locations", *owner, id}; }
    std::string_view location_id() const { return std::string_view(id).substr(0, id.find('\t')); }
    std::string_view audience() const { // the one party that may see it; "" for all
        const std::size_t tab = id.find('\t');
        return tab == std::string::npos ? std::string_view() : std::string_view(id).substr(tab + 1);
    }
};

// Degrees. `west` may be greater than `east`: then the box crosses 180 degrees.
struct box {
    double west = -180, south = -90, east = 180, north = 90;
};

struct circle {
    double latitude = 0, longitude = 0, radius_m = 0;
};

// Of a connector, in watts: what it says, else what voltage, amperage and phases allow.
int power_of(const v221::connector& of);

double distance_m(double latitude, double longitude, const circle& to);

// What a search may look at of a location, whoever asks.
struct seen_location {
    offer what;
    allowed_tokens allowed; // who may see it when it is not published
    double latitude = 0, longitude = 0;
};
std::optional<seen_location> see_location(const std::string& text);

// Compares without case, as keys do.
struct key_order {
    bool operator()(const store::object_key& left, const store::object_key& right) const;
};

bool is_before(const place& left, const place& right); // by key

class place_index {
public:
    place_index() = default;
    place_index(const place_index&) = delete;
    place_index& operator=(const place_index&) = delete;

    void see(const store::stored_object& location);
    void forget(const store::object_key& key);
    std::size_t size() const { return size_; }

    const place* find(std::string_view owner, std::string_view id) const;
    const allowed_tokens& allowed_at(const place& which) const;

    // Each; in the box, its edges included; in the circle, with its distance in metres. In no order.
    using take = std::function<void(const place&, double distance)>;
    void each(const take& to) const;
    void each_in(const box& where, const take& to) const;
    void each_near(const circle& where, const take& to) const;

private:
    using cell = std::pair<int, int>;
    struct without_case {
        using is_transparent = void;
        bool operator()(std::string_view left, std::string_view right) const;
        bool operator()(const place& left, const place& right) const;
        bool operator()(const place& left, std::string_view right) const;
        bool operator()(std::string_view left, const place& right) const;
    };
    struct offer_order {
        bool operator()(const offer& left, const offer& right) const;
    };

    void forget_copies(const store::object_key& key);
    static cell cell_of(double latitude, double longitude);
    void collect(const box& where, const take& to) const;

    std::map<std::string, std::set<place, without_case>, without_case> places_; // by owner
    std::map<cell, std::vector<const place*>> cells_;
    std::map<offer, std::size_t, offer_order> offers_; // and how many places have it
    std::map<const place*, allowed_tokens> allowed_;   // where there are some
    std::size_t size_ = 0;
};

std::string lower_case(std::string text);

} // namespace incar::app
