#pragma once

#include "adapters/sqlite/database.hpp"

#include <set>
#include <utility>
#include <vector>

namespace incar::adapters::sqlite {

// The order of revisions. Entries that a later save made stale are gathered in memory and dropped in their order, so
// that many of them share a page. Whoever reads the log passes over those that are left; after a crash it is the reader
// who finds them again.
class revision_log {
public:
    explicit revision_log(const connection& db);

    void add(std::int64_t kind, std::int64_t revision, std::int64_t pk);
    void supersede(std::int64_t kind, std::int64_t revision);

    void sweep(std::size_t keep); // drops what is stale until so many are left, before a commit
    void committed();
    void rolled_back();

    // Visit: bool(std::int64_t revision, std::int64_t pk), false to stop.
    template <class Visit>
    void read(std::int64_t kind, std::int64_t after, Visit&& visit) {
        for (rows each = of_kind_.with(kind, after); each.next();) {
            if (each.number(2) != 0)
                stale_.emplace(kind, each.number(0));
            else if (!visit(each.number(0), each.number(1)))
                return;
        }
    }

    static constexpr std::size_t enough = 16'384; // stale entries, for a page to have many of them

private:
    using entry = std::pair<std::int64_t, std::int64_t>; // kind, revision
    statement add_, drop_, of_kind_;
    std::set<entry> stale_;
    entry swept_;                        // up to here, in this turn
    std::vector<entry> added_, dropped_; // since the last commit
};

} // namespace incar::adapters::sqlite
