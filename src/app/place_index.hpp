#pragma once

// Where locations are and what they offer, in memory: what a search looks at before anything is read from the store.

#include <incar/ocpi/party_key.hpp>
#include <incar/ocpi/v221/locations.hpp>
#include <incar/store/object_store.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace incar::app {

namespace v221 = ocpi::v221;

struct outlet {
    std::string standard; // of its connector, as in JSON
    int power_w = 0;
    bool is_free = false;
};

struct place {
    store::object_key key;
    std::string id;       // of the location; the key's may say for whom it is
    std::string audience; // the one party that may see it; "" for all
    double latitude = 0, longitude = 0;
    bool is_published = false;
    std::vector<v221::publish_token_type> allowed; // who may see it when it is not published
    bool is_green = false;
    bool is_gone = false; // has EVSEs, and all are removed
    std::vector<outlet> outlets;
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

// Compares without case, as keys do.
struct key_order {
    bool operator()(const store::object_key& left, const store::object_key& right) const;
};

class place_index {
public:
    void see(const store::stored_object& location);
    void clear();
    const place* find(const store::object_key& key) const;
    std::size_t size() const { return places_.size(); }

    // By key. Those in the box, its edges included.
    std::vector<const place*> in(const box& where) const;
    std::vector<const place*> all() const;
    // By distance.
    std::vector<const place*> near(const circle& where) const;
    // Of several owners, perhaps.
    std::vector<const place*> with_id(const std::string& id) const;

private:
    using cell = std::pair<int, int>;
    static cell cell_of(double latitude, double longitude);
    void forget(const store::object_key& key);
    void collect(const box& where, std::vector<const place*>& into) const;
    std::vector<const place*> cells_in(const box& where) const; // in no order

    std::map<store::object_key, place, key_order> places_;
    std::map<cell, std::vector<const place*>> cells_;
    std::map<std::string, std::set<const place*>> by_id_; // in lower case
};

std::string lower_case(std::string text);

} // namespace incar::app
