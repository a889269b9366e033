#include <incar/core/ci_string.hpp>
#include <incar/store/object_store.hpp>

#include <algorithm>
#include <map>
#include <memory>

namespace incar::store {
namespace {

struct less {
    bool operator()(const object_key& left, const object_key& right) const {
        if (const int kinds = compare_ignoring_case(left.kind, right.kind)) return kinds < 0;
        if (const int owners = compare_ignoring_case(left.owner, right.owner)) return owners < 0;
        return compare_ignoring_case(left.id, right.id) < 0;
    }
};

struct memory {
    std::map<object_key, std::size_t, less> places; // where in `objects`
    std::map<std::size_t, stored_object> objects;   // by order of creation
    std::size_t created = 0;
};

bool among(const std::vector<std::string>& accepted, const std::string& text) {
    return accepted.empty() || std::any_of(accepted.begin(), accepted.end(),
                                           [&](const std::string& each) { return equals_ignoring_case(each, text); });
}

bool matches(const stored_object& object, const object_query& query) {
    return equals_ignoring_case(object.key.kind, query.kind) && among(query.owners, object.key.owner) &&
           (object.audience.empty() || among(query.audiences, object.audience)) &&
           (!query.date_from || object.last_updated >= *query.date_from) &&
           (!query.date_to || object.last_updated < *query.date_to);
}

object_page list(const memory& all, const object_query& query) {
    object_page page;
    for (const auto& [order, object] : all.objects) {
        if (!matches(object, query)) continue;
        if (page.total++ >= query.offset && page.objects.size() < query.limit) page.objects.push_back(object);
    }
    return page;
}

} // namespace

object_store memory_store() {
    const auto all = std::make_shared<memory>();
    object_store store;
    store.find = [all](const object_key& key) -> expected<std::optional<stored_object>> {
        const auto place = all->places.find(key);
        if (place == all->places.end()) return std::optional<stored_object>();
        return std::optional<stored_object>(all->objects.at(place->second));
    };
    store.save = [all](stored_object object) -> expected<void> {
        const auto [place, is_new] = all->places.emplace(object.key, all->created);
        if (is_new) ++all->created;
        all->objects.insert_or_assign(place->second, std::move(object));
        return {};
    };
    store.erase = [all](const object_key& key) -> expected<bool> {
        const auto place = all->places.find(key);
        if (place == all->places.end()) return false;
        all->objects.erase(place->second);
        all->places.erase(place);
        return true;
    };
    store.list = [all](const object_query& query) -> expected<object_page> { return list(*all, query); };
    return store;
}

} // namespace incar::store
