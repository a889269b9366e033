#include "adapters/sqlite/leaves.hpp"
#include "adapters/sqlite/numbers.hpp"
#include "adapters/sqlite/sql.hpp"

#include <algorithm>

namespace incar::adapters::sqlite {
namespace {

constexpr std::size_t most = 56; // entries of a leaf, for SQLite to have it on one page with others
constexpr std::size_t few = 14;  // from here on down it is joined to the next
constexpr std::size_t bytes_of_one = 16;

} // namespace

leaves::leaves(const connection& db)
    : of_(db, sql::leaf_of), from_(db, sql::leaves_from), behind_(db, sql::leaf_behind), keep_(db, sql::leaf_keep),
      remove_(db, sql::leaf_remove), bytes_(db, sql::leaf_bytes) {}

std::vector<entry> leaves::unpacked(std::int64_t list, const std::string& bytes) {
    std::vector<entry> all;
    all.reserve(bytes.size() / bytes_of_one);
    for (std::size_t at = 0; at + bytes_of_one <= bytes.size(); at += bytes_of_one)
        all.push_back({list, number_at(bytes, at), number_at(bytes, at + 8)});
    return all;
}

std::optional<leaves::leaf> leaves::first_of(std::int64_t list, rows& found) {
    if (!found.next()) return std::nullopt;
    return leaf{{list, found.number(0), found.number(1)}, unpacked(list, found.text(2))};
}

std::optional<leaves::leaf> leaves::of(const entry& given) {
    rows found = of_.with(given.list, given.place, given.pk);
    return first_of(given.list, found);
}

std::optional<leaves::leaf> leaves::behind(const entry& given) {
    rows found = behind_.with(given.list, given.place, given.pk);
    return first_of(given.list, found);
}

void leaves::keep(const entry& key, const entry* first, const entry* last) {
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(last - first) * bytes_of_one);
    for (; first != last; ++first) {
        put(bytes, first->place);
        put(bytes, first->pk);
    }
    keep_.run(key.list, key.place, key.pk, blob{bytes});
}

void leaves::insert(const std::vector<entry>& sorted) {
    for (auto first = sorted.begin(); first != sorted.end();) {
        const auto at = of(*first);
        const auto next = behind(*first);
        const auto last = std::find_if(first, sorted.end(), [&](const entry& each) {
            return each.list != first->list || (next && !(each < next->key));
        });
        std::vector<entry> all;
        if (at) all = at->entries;
        const auto middle = static_cast<std::ptrdiff_t>(all.size());
        all.insert(all.end(), first, last);
        std::inplace_merge(all.begin(), all.begin() + middle, all.end());

        // The end of a list is where it grows: nothing will come into a full leaf before it.
        const std::size_t pieces = (all.size() + most - 1) / most;
        const std::size_t each = next ? (all.size() + pieces - 1) / pieces : most;
        for (std::size_t begin = 0; begin < all.size(); begin += each)
            keep(begin > 0 ? all[begin]
                 : at      ? at->key
                           : least_of(first->list),
                 all.data() + begin, all.data() + std::min(begin + each, all.size()));
        first = last;
    }
}

void leaves::shrunk(leaf& given) {
    if (given.entries.size() <= few) {
        if (const auto next = behind(given.key); next && given.entries.size() + next->entries.size() <= most) {
            given.entries.insert(given.entries.end(), next->entries.begin(), next->entries.end());
            remove_.run(next->key.list, next->key.place, next->key.pk);
        }
    }
    if (given.entries.empty())
        remove_.run(given.key.list, given.key.place, given.key.pk);
    else
        keep(given.key, given.entries.data(), given.entries.data() + given.entries.size());
}

std::optional<entry> leaves::last(std::int64_t list) {
    constexpr auto most_of_all = std::numeric_limits<std::int64_t>::max();
    const auto found = of({list, most_of_all, most_of_all});
    if (!found || found->entries.empty()) return std::nullopt;
    return found->entries.back();
}

std::int64_t leaves::count(std::int64_t list, std::int64_t from, std::int64_t to) {
    if (from >= to) return 0;
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    const auto first = of({list, from, least}), last = of({list, to, least});
    const entry begin = first ? first->key : least_of(list);
    rows bytes = bytes_.with(list, begin.place, begin.pk, to);
    std::int64_t all = bytes.next() ? bytes.number(0) / static_cast<std::int64_t>(bytes_of_one) : 0;
    if (first)
        for (const entry& each : first->entries) all -= each.place < from;
    if (last)
        for (const entry& each : last->entries) all -= each.place >= to;
    return all;
}

} // namespace incar::adapters::sqlite
