#pragma once

#include "adapters/sqlite/leaves.hpp"

#include <unordered_set>
#include <utility>
#include <vector>

namespace incar::adapters::sqlite {

// The lists in the file. Entries of a batch are written together; those that a save made stale stay, known in memory
// and to a journal in the file, until there are so many that dropping them in their order finds many on each page.
class lists {
public:
    explicit lists(const connection& db);

    void add(const entry& given);
    void supersede(const entry& given);
    bool has_unwritten() const { return !added_.empty(); }
    void write(); // before reading

    // Before a commit. `objects`: how many there are.
    void finish(std::int64_t objects);
    void committed();
    void rolled_back();

    // Those behind (place, pk), in this order. Visit: bool(std::int64_t place, std::int64_t pk), false to stop.
    template <class Visit>
    void read(std::int64_t list, std::int64_t place, std::int64_t pk, Visit&& visit) {
        leaves_.read({list, place, pk},
                     [&](const entry& each) { return is_stale(each) || visit(each.place, each.pk); });
    }

    std::optional<entry> last(std::int64_t list) { return leaves_.last(list); } // stale or not
    std::int64_t count(const std::vector<std::int64_t>& of_lists, std::int64_t from, std::int64_t to);

private:
    struct hash {
        std::size_t operator()(const entry& of) const noexcept;
    };
    struct progress {
        std::int64_t oldest = 1, next = 1; // records of the journal: from, and the one to write
        std::int64_t needed = 1;           // from here on
        std::size_t swept = 0;             // of the turn
    };

    void sweep();
    void note(const entry& given, bool is_stale);
    void load(const connection& db);
    bool is_stale(const entry& given) const { return !stale_.empty() && stale_.count(given) > 0; }

    leaves leaves_;
    statement record_, forget_;
    std::vector<entry> added_;                    // not yet written
    std::unordered_set<entry, hash> stale_;       // in the file or added
    std::vector<std::pair<entry, bool>> changes_; // of stale_ since the last commit: came or went
    std::vector<entry> turn_;                     // stale entries in their order, to be dropped one after the other
    std::int64_t turn_records_ = 0;               // the journal's last record when the turn began
    std::size_t owed_ = 0, enough_ = 0;           // entries to drop with the next sweep; for a turn
    progress now_, kept_;
};

} // namespace incar::adapters::sqlite
