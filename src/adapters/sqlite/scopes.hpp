#pragma once

// The sets that objects belong to (see sql.hpp), in memory, with how many objects each has.

#include "adapters/sqlite/database.hpp"

#include <incar/store/object_store.hpp>

#include <map>
#include <unordered_map>
#include <vector>

namespace incar::adapters::sqlite {

struct scope {
    std::int64_t id, kind_id, home_id;
    std::string kind, owner, audience; // as spelt
    std::int64_t live, committed_live; // objects that are not removed
    bool is_changed, is_kept;          // since the last commit; in the file
};

class scopes {
public:
    explicit scopes(const connection& from);

    const scope& operator[](std::int64_t id) const { return *all_.at(id); }
    scope& of(const store::object_key& key, const std::string& audience);         // made if there is none
    std::int64_t home(const store::object_key& key) const;                        // -1: there is none
    std::vector<std::int64_t> kinds(const std::vector<std::string>& named) const; // all, when none are named
    std::vector<const scope*> chosen(const store::object_query& query) const;

    void add(std::int64_t id, int objects);
    std::int64_t live() const { return live_; } // of all scopes
    template <class Keep>                       // Keep: void(const scope&)
    void for_changed(Keep&& keep) const {
        for (const scope* each : changed_) keep(*each);
    }
    void committed();
    void rolled_back();

private:
    struct kind {
        std::int64_t id = 0;
        std::map<std::string, std::int64_t> homes;                          // by owner
        std::map<std::string, std::vector<scope*>> by_audience;             // whoever owns them
        std::multimap<std::pair<std::string, std::string>, scope*> by_both; // audience and owner
    };
    scope& make(scope given);
    void change(scope& each, std::int64_t live);

    std::map<std::string, kind> kinds_; // by name; all names in lower case
    std::unordered_map<std::int64_t, std::unique_ptr<scope>> all_;
    std::unordered_map<std::string, scope*> spelt_;
    std::int64_t last_id_ = 0, live_ = 0;
    std::vector<scope*> changed_;
};

std::string lower(std::string text); // ASCII

} // namespace incar::adapters::sqlite
