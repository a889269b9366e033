#pragma once

#include "adapters/sqlite/database.hpp"

#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace incar::adapters::sqlite {

// Where an object stands in a list: in that of its scope by last_updated, in that of its kind by revision (see
// sql.hpp).
struct entry {
    std::int64_t list, place, pk;
};

inline auto tied(const entry& given) {
    return std::tie(given.list, given.place, given.pk);
}
inline bool operator==(const entry& left, const entry& right) {
    return tied(left) == tied(right);
}
inline bool operator<(const entry& left, const entry& right) {
    return tied(left) < tied(right);
}

// The lists in the file, many entries to a row: SQLite takes as long for a row of one as for a row of fifty.
class leaves {
public:
    explicit leaves(const connection& db);

    void insert(const std::vector<entry>& sorted);

    // Those behind `after`, in their order. Visit: bool(const entry&), false to stop.
    template <class Visit>
    void read(const entry& after, Visit&& visit) {
        const auto first = of(after);
        const entry from = first ? first->key : least_of(after.list);
        for (rows each = from_.with(from.list, from.place, from.pk); each.next();)
            for (const entry& one : unpacked(from.list, each.text(2)))
                if (after < one && !visit(one)) return;
    }

    std::optional<entry> last(std::int64_t list);

    // How many of the list have a place from `from` on and before `to`.
    std::int64_t count(std::int64_t list, std::int64_t from, std::int64_t to);

    // Drops this entry and those beside it which `is_to_go`: bool(const entry&).
    template <class Choice>
    void drop(const entry& given, Choice&& is_to_go) {
        auto at = of(given);
        if (!at) return;
        std::vector<entry> left;
        for (const entry& each : at->entries)
            if (!is_to_go(each)) left.push_back(each);
        at->entries = std::move(left);
        shrunk(*at);
    }

private:
    struct leaf {
        entry key; // no entry is before it
        std::vector<entry> entries;
    };
    static entry least_of(std::int64_t list) {
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        return {list, least, least};
    }
    static std::vector<entry> unpacked(std::int64_t list, const std::string& bytes);
    std::optional<leaf> of(const entry& given);
    std::optional<leaf> behind(const entry& given);
    static std::optional<leaf> first_of(std::int64_t list, rows& found);
    void keep(const entry& key, const entry* first, const entry* last);
    void shrunk(leaf& given);

    statement of_, from_, behind_, keep_, remove_, bytes_;
};

} // namespace incar::adapters::sqlite
