#include "adapters/sqlite/lists.hpp"
#include "adapters/sqlite/numbers.hpp"
#include "adapters/sqlite/sql.hpp"

#include <algorithm>

namespace incar::adapters::sqlite {
namespace {

constexpr std::size_t least_sweep = 64;                    // entries, so that small batches do not touch further pages
constexpr std::size_t least_turn = 16, most_turn = 32'768; // entries

constexpr std::size_t bytes_of_a_change = 1 + 3 * 8;

} // namespace

std::size_t lists::hash::operator()(const entry& of) const noexcept {
    std::uint64_t mixed = static_cast<std::uint64_t>(of.list);
    for (const std::int64_t each : {of.place, of.pk})
        mixed = (mixed ^ mixed >> 29 ^ static_cast<std::uint64_t>(each)) * 0x9E3779B97F4A7C15u;
    return static_cast<std::size_t>(mixed ^ mixed >> 32);
}

lists::lists(const connection& db) : leaves_(db), record_(db, sql::stale_record), forget_(db, sql::stale_forget) {
    load(db);
}

void lists::load(const connection& db) {
    statement records(db, sql::stale_records);
    for (rows each = records.with(); each.next();) {
        const std::string bytes = each.text(1);
        for (std::size_t at = 0; at + bytes_of_a_change <= bytes.size(); at += bytes_of_a_change) {
            const entry given{number_at(bytes, at + 1), number_at(bytes, at + 9), number_at(bytes, at + 17)};
            if (bytes[at] != 0)
                stale_.insert(given);
            else
                stale_.erase(given);
        }
        if (now_.next == 1) now_.oldest = now_.needed = each.number(0);
        now_.next = each.number(0) + 1;
    }
    kept_ = now_;
}

void lists::note(const entry& given, bool is_stale) {
    const bool is_change = is_stale ? stale_.insert(given).second : stale_.erase(given) > 0;
    if (is_change) changes_.emplace_back(given, is_stale);
}

void lists::add(const entry& given) {
    if (is_stale(given))
        note(given, false); // it is there still
    else
        added_.push_back(given);
}

void lists::supersede(const entry& given) {
    note(given, true);
    ++owed_;
}

void lists::write() {
    if (added_.empty()) return;
    std::sort(added_.begin(), added_.end());
    leaves_.insert(added_);
    added_.clear();
}

void lists::sweep() {
    if (owed_ < least_sweep || now_.swept == turn_.size()) return;
    for (; owed_ > 0 && now_.swept < turn_.size(); ++now_.swept) {
        if (!is_stale(turn_[now_.swept])) continue;
        leaves_.drop(turn_[now_.swept], [&](const entry& each) {
            if (!is_stale(each)) return false;
            note(each, false);
            owed_ -= owed_ > 0;
            return true;
        });
    }
    if (now_.swept == turn_.size()) now_.needed = turn_records_ + 1;
}

void lists::finish(std::int64_t objects) {
    write();
    sweep();
    enough_ = std::clamp(static_cast<std::size_t>(objects) / 2, least_turn, most_turn);
    if (changes_.empty()) return;
    if (const std::int64_t many = static_cast<std::int64_t>(least_sweep); now_.needed - now_.oldest >= many) {
        forget_.run(now_.oldest, now_.oldest + many - 1);
        now_.oldest += many;
    }
    std::string bytes;
    bytes.reserve(changes_.size() * bytes_of_a_change);
    for (const auto& [given, is_stale] : changes_) {
        bytes += static_cast<char>(is_stale);
        for (const std::int64_t each : {given.list, given.place, given.pk}) put(bytes, each);
    }
    record_.run(now_.next++, blob{bytes});
}

void lists::committed() {
    changes_.clear();
    kept_ = now_;
    if (now_.swept < turn_.size()) return;
    owed_ = 0;
    turn_.clear();
    if (stale_.size() >= enough_) {
        turn_.assign(stale_.begin(), stale_.end());
        std::sort(turn_.begin(), turn_.end());
        turn_records_ = now_.next - 1;
    }
    now_.swept = kept_.swept = 0;
}

void lists::rolled_back() {
    added_.clear();
    for (; !changes_.empty(); changes_.pop_back()) {
        const auto& [given, was_added] = changes_.back();
        if (was_added)
            stale_.erase(given);
        else
            stale_.insert(given);
    }
    now_ = kept_;
}

std::int64_t lists::count(const std::vector<std::int64_t>& of_lists, std::int64_t from, std::int64_t to) {
    std::int64_t all = 0;
    for (const std::int64_t each : of_lists) all += leaves_.count(each, from, to);
    const std::unordered_set<std::int64_t> chosen(of_lists.begin(), of_lists.end());
    for (const entry& each : stale_)
        if (each.place >= from && each.place < to && chosen.count(each.list) > 0) --all;
    return all;
}

} // namespace incar::adapters::sqlite
