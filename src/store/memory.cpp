#include <incar/core/ci_string.hpp>
#include <incar/store/object_store.hpp>
#include <incar/store/position.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

namespace incar::store {
namespace {

struct less {
    bool operator()(const position& left, const position& right) const {
        return std::tie(left.last_updated, left.number) < std::tie(right.last_updated, right.number);
    }
    bool operator()(const object_key& left, const object_key& right) const {
        if (const int kinds = compare_ignoring_case(left.kind, right.kind)) return kinds < 0;
        if (const int owners = compare_ignoring_case(left.owner, right.owner)) return owners < 0;
        return compare_ignoring_case(left.id, right.id) < 0;
    }
};

struct record {
    std::uint64_t number; // the revision of its first save
    stored_object object;
};

bool is_among(const std::vector<std::string>& texts, const std::string& text) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& each) { return equals_ignoring_case(each, text); });
}

bool matches(const stored_object& object, const object_query& query) {
    return !object.removed && equals_ignoring_case(object.key.kind, query.kind) &&
           (query.owners.empty() || is_among(query.owners, object.key.owner)) &&
           !is_among(query.without_owners, object.key.owner) &&
           (query.audiences.empty() || object.audience.empty() || is_among(query.audiences, object.audience)) &&
           (!query.date_from || object.last_updated >= *query.date_from) &&
           (!query.date_to || object.last_updated < *query.date_to);
}

class memory {
public:
    explicit memory(bool remembers) : remembers_(remembers) {}

    std::optional<stored_object> find(const object_key& key) const {
        const auto found = records_.find(key);
        if (found == records_.end()) return std::nullopt;
        return found->second.object;
    }

    void save(stored_object object) {
        object.revision = ++revision_;
        std::optional<record> before = take(object.key);
        const std::uint64_t number = before ? before->number : revision_;
        remember(object.key, std::move(before));
        put({number, std::move(object)});
    }

    bool erase(const object_key& key) {
        std::optional<record> before = take(key);
        const bool was = before.has_value();
        if (was) remember(key, std::move(before));
        return was;
    }

    expected<object_page> list(const object_query& query) const {
        auto begin = by_place_.begin();
        if (!query.after.empty()) {
            const auto place = parse_position(query.after);
            if (!place) return place.error();
            begin = by_place_.upper_bound(*place);
        }
        object_page page;
        std::size_t to_skip = query.offset;
        position last;
        for (auto at = begin; at != by_place_.end(); ++at) {
            if (!matches(*at->second, query) || (to_skip > 0 && to_skip--)) continue;
            if (page.objects.size() == query.limit) {
                if (query.limit > 0) page.next = format(last);
                break;
            }
            page.objects.push_back(*at->second);
            last = at->first;
        }
        if (query.count)
            for (const auto& [place, object] : by_place_) page.total += matches(*object, query);
        return page;
    }

    object_changes changes(std::uint64_t after, const std::vector<std::string>& kinds, std::size_t limit) const {
        object_changes told;
        for (auto at = by_revision_.upper_bound(after); at != by_revision_.end(); ++at) {
            if (!kinds.empty() && !is_among(kinds, at->second->key.kind)) continue;
            if (told.objects.size() == limit) return told;
            told.objects.push_back(*at->second);
            told.revision = at->first;
        }
        told.revision = std::max(after, revision_);
        return told;
    }

    void commit() { undo_.clear(); }

    void rollback() {
        for (; !undo_.empty(); undo_.pop_back()) {
            take(undo_.back().first);
            if (undo_.back().second) put(std::move(*undo_.back().second));
        }
    }

private:
    std::optional<record> take(const object_key& key) {
        const auto found = records_.find(key);
        if (found == records_.end()) return std::nullopt;
        record taken = std::move(found->second);
        by_place_.erase({taken.object.last_updated, taken.number});
        by_revision_.erase(taken.object.revision);
        records_.erase(found);
        return taken;
    }

    void put(record given) {
        const object_key key = given.object.key;
        record& kept = records_.emplace(key, std::move(given)).first->second;
        by_place_.emplace(position{kept.object.last_updated, kept.number}, &kept.object);
        by_revision_.emplace(kept.object.revision, &kept.object);
    }

    void remember(const object_key& key, std::optional<record> before) {
        if (remembers_) undo_.emplace_back(key, std::move(before));
    }

    bool remembers_;
    std::uint64_t revision_ = 0;
    std::map<object_key, record, less> records_;
    std::map<position, const stored_object*, less> by_place_;
    std::map<std::uint64_t, const stored_object*> by_revision_;
    std::vector<std::pair<object_key, std::optional<record>>> undo_; // what was there before, since the last commit
};

} // namespace

object_store memory_store(commit_mode commits) {
    const bool by_caller = commits == commit_mode::by_caller;
    const auto all = std::make_shared<memory>(by_caller);
    object_store store;
    store.find = [all](const object_key& key) -> expected<std::optional<stored_object>> { return all->find(key); };
    store.save = [all](stored_object object) -> expected<void> {
        all->save(std::move(object));
        return {};
    };
    store.erase = [all](const object_key& key) -> expected<bool> { return all->erase(key); };
    store.list = [all](const object_query& query) { return all->list(query); };
    store.changes = [all](std::uint64_t after, const std::vector<std::string>& kinds,
                          std::size_t limit) -> expected<object_changes> { return all->changes(after, kinds, limit); };
    if (!by_caller) return store;
    store.commit = [all]() -> expected<void> {
        all->commit();
        return {};
    };
    store.rollback = [all]() -> expected<void> {
        all->rollback();
        return {};
    };
    return store;
}

} // namespace incar::store
