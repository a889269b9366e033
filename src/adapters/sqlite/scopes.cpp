#include "adapters/sqlite/scopes.hpp"
#include "adapters/sqlite/sql.hpp"

#include <algorithm>
#include <set>

namespace incar::adapters::sqlite {
namespace {

std::string joined(const std::string& kind, const std::string& owner, const std::string& audience) {
    std::string all = std::to_string(kind.size());
    return all.append(",").append(std::to_string(owner.size())).append(",").append(kind).append(owner).append(audience);
}

std::set<std::string> lower(const std::vector<std::string>& texts) {
    std::set<std::string> all;
    for (const std::string& each : texts) all.insert(sqlite::lower(each));
    return all;
}

} // namespace

std::string lower(std::string text) {
    for (char& each : text)
        if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    return text;
}

scopes::scopes(const connection& from) {
    statement select(from, sql::scopes);
    for (rows each = select.with(); each.next();) {
        const std::int64_t live = each.number(4);
        live_ += live;
        make({each.number(0), 0, 0, each.text(1), each.text(2), each.text(3), live, live, false, true});
    }
}

scope& scopes::make(scope given) {
    last_id_ = given.id;
    kind& of = kinds_[lower(given.kind)];
    if (of.id == 0) of.id = given.id;
    given.kind_id = of.id;
    given.home_id = of.homes.emplace(lower(given.owner), given.id).first->second;
    auto& made = all_[given.id] = std::make_unique<scope>(std::move(given));
    const std::string audience = lower(made->audience);
    of.by_audience[audience].push_back(made.get());
    of.by_both.emplace(std::pair(audience, lower(made->owner)), made.get());
    spelt_.emplace(joined(made->kind, made->owner, made->audience), made.get());
    return *made;
}

scope& scopes::of(const store::object_key& key, const std::string& audience) {
    const auto found = spelt_.find(joined(key.kind, key.owner, audience));
    if (found != spelt_.end()) return *found->second;
    scope& made = make({last_id_ + 1, 0, 0, key.kind, key.owner, audience, 0, 0, false, false});
    change(made, 0);
    return made;
}

std::int64_t scopes::home(const store::object_key& key) const {
    const auto of = kinds_.find(lower(key.kind));
    if (of == kinds_.end()) return -1;
    const auto home = of->second.homes.find(lower(key.owner));
    return home == of->second.homes.end() ? -1 : home->second;
}

std::vector<std::int64_t> scopes::kinds(const std::vector<std::string>& named) const {
    std::vector<std::int64_t> ids;
    if (named.empty())
        for (const auto& [name, each] : kinds_) ids.push_back(each.id);
    for (const std::string& name : lower(named))
        if (const auto each = kinds_.find(name); each != kinds_.end()) ids.push_back(each->second.id);
    return ids;
}

std::vector<const scope*> scopes::chosen(const store::object_query& query) const {
    std::vector<const scope*> all;
    const auto found = kinds_.find(lower(query.kind));
    if (found == kinds_.end()) return all;
    const kind& of = found->second;
    std::set<std::string> audiences = lower(query.audiences);
    if (audiences.empty())
        for (const auto& [audience, scopes_of_it] : of.by_audience) audiences.insert(audience);
    audiences.insert("");
    const std::set<std::string> owners = lower(query.owners), without = lower(query.without_owners);
    for (const std::string& audience : audiences) {
        for (const std::string& owner : owners)
            for (auto [at, end] = of.by_both.equal_range({audience, owner}); at != end; ++at) all.push_back(at->second);
        if (const auto seen = of.by_audience.find(audience); owners.empty() && seen != of.by_audience.end())
            all.insert(all.end(), seen->second.begin(), seen->second.end());
    }
    if (!without.empty())
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [&](const scope* each) { return without.count(lower(each->owner)) > 0; }),
                  all.end());
    return all;
}

void scopes::change(scope& each, std::int64_t live) {
    live_ += live - each.live;
    each.live = live;
    if (!each.is_changed) changed_.push_back(&each);
    each.is_changed = true;
}

void scopes::add(std::int64_t id, int objects) {
    scope& each = *all_.at(id);
    change(each, each.live + objects);
}

void scopes::committed() {
    for (scope* each : changed_) {
        each->committed_live = each->live;
        each->is_changed = false;
        each->is_kept = true;
    }
    changed_.clear();
}

// A scope that was made stays, for it may name a set; it is kept with the next commit.
void scopes::rolled_back() {
    std::vector<scope*> unkept;
    for (scope* each : changed_) {
        change(*each, each->committed_live);
        each->is_changed = !each->is_kept;
        if (!each->is_kept) unkept.push_back(each);
    }
    changed_ = std::move(unkept);
}

} // namespace incar::adapters::sqlite
