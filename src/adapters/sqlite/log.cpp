#include "adapters/sqlite/log.hpp"
#include "adapters/sqlite/sql.hpp"

namespace incar::adapters::sqlite {

revision_log::revision_log(const connection& db)
    : add_(db, sql::log_add), drop_(db, sql::log_drop), of_kind_(db, sql::log_of_kind) {}

void revision_log::add(std::int64_t kind, std::int64_t revision, std::int64_t pk) {
    add_.run(kind, revision, pk);
}

void revision_log::supersede(std::int64_t kind, std::int64_t revision) {
    if (stale_.emplace(kind, revision).second) added_.emplace_back(kind, revision);
}

void revision_log::sweep(std::size_t keep) {
    while (stale_.size() > keep) {
        auto next = stale_.upper_bound(swept_);
        if (next == stale_.end()) next = stale_.begin();
        swept_ = *next;
        drop_.run(swept_.first, swept_.second);
        dropped_.push_back(swept_);
        stale_.erase(next);
    }
}

void revision_log::committed() {
    added_.clear();
    dropped_.clear();
}

void revision_log::rolled_back() {
    stale_.insert(dropped_.begin(), dropped_.end());
    for (const entry& each : added_) stale_.erase(each);
    committed();
}

} // namespace incar::adapters::sqlite
