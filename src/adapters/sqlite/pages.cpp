#include "adapters/sqlite/pages.hpp"
#include "adapters/sqlite/sql.hpp"

#include <incar/store/position.hpp>

#include <algorithm>
#include <limits>
#include <tuple>

namespace incar::adapters::sqlite {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

struct spot { // of an object, in the order of last_updated or of revision
    std::int64_t order, pk;
};

bool operator<(const spot& left, const spot& right) {
    return std::tie(left.order, left.pk) < std::tie(right.order, right.pk);
}

// The first spots of several groups in one order.
class merger {
public:
    explicit merger(std::size_t wanted) : wanted_(wanted) {}

    // The next of the group; false when no later one can be among the first.
    bool offer(spot next) {
        if (group_.size() == wanted_ || (best_.size() == wanted_ && !(next < best_.back()))) return false;
        group_.push_back(next);
        return true;
    }

    void end_group() {
        if (group_.empty()) return;
        const auto middle = static_cast<std::ptrdiff_t>(best_.size());
        best_.insert(best_.end(), group_.begin(), group_.end());
        if (middle > 0) std::inplace_merge(best_.begin(), best_.begin() + middle, best_.end(), operator<);
        if (best_.size() > wanted_) best_.resize(wanted_);
        group_.clear();
    }

    std::vector<spot> take() { return std::move(best_); }

private:
    std::size_t wanted_;
    std::vector<spot> best_, group_;
};

std::int64_t milliseconds(timestamp at) {
    return at.since_1970().count();
}

} // namespace

pages::pages(const connection& db, const scopes& all, lists& entries)
    : scopes_(all), lists_(entries), object_(db, sql::object) {}

store::stored_object pages::object(std::int64_t pk) {
    rows found = object_.with(pk);
    if (!found.next()) throw failure{error{errc::unavailable, "", "the file is damaged: an index names no object"}};
    const scope& in = scopes_[found.number(0)];
    store::stored_object object;
    object.key = {in.kind, in.owner, found.text(found.is_null(2) ? 1 : 2)};
    object.last_updated = timestamp(std::chrono::milliseconds(found.number(3)));
    object.revision = static_cast<std::uint64_t>(found.number(4));
    object.removed = found.number(5) != 0;
    object.text = found.text(6);
    object.audience = in.audience;
    return object;
}

expected<store::object_page> pages::list(const store::object_query& query) {
    const std::int64_t from = query.date_from ? milliseconds(*query.date_from) : least;
    const std::int64_t to = query.date_to ? milliseconds(*query.date_to) : most;
    spot begin{from, -1};
    if (!query.after.empty()) {
        const auto place = store::parse_position(query.after);
        if (!place) return place.error();
        begin = std::max(begin, {milliseconds(place->last_updated), static_cast<std::int64_t>(place->number)});
    }
    const std::vector<const scope*> chosen = scopes_.chosen(query);
    store::object_page page;
    if (query.count && (query.date_from || query.date_to)) {
        std::vector<std::int64_t> ids;
        for (const scope* each : chosen) ids.push_back(each->id);
        page.total = static_cast<std::size_t>(lists_.count(ids, from, to));
    } else if (query.count) {
        for (const scope* each : chosen) page.total += static_cast<std::size_t>(each->live);
    }
    if (query.limit == 0) return page;

    // One more than the page has room for, to know whether anything follows.
    constexpr std::size_t all_there_can_be = std::size_t{1} << 62;
    const std::size_t offset = std::min(query.offset, all_there_can_be);
    const std::size_t end = offset + std::min(query.limit, all_there_can_be);
    merger first(end + 1);
    for (const scope* each : chosen) {
        lists_.read(each->id, begin.order, begin.pk, [&](std::int64_t last_updated, std::int64_t pk) {
            return last_updated < to && first.offer({last_updated, pk});
        });
        first.end_group();
    }
    const std::vector<spot> spots = first.take();
    page.objects.reserve(spots.size() - std::min(spots.size(), offset));
    for (std::size_t i = offset; i < std::min(spots.size(), end); ++i) page.objects.push_back(object(spots[i].pk));
    if (spots.size() > end)
        page.next =
            format(store::position{page.objects.back().last_updated, static_cast<std::uint64_t>(spots[end - 1].pk)});
    return page;
}

store::object_changes pages::changes(std::uint64_t after, const std::vector<std::string>& kinds, std::size_t limit,
                                     std::uint64_t latest) {
    const auto begin = static_cast<std::int64_t>(std::min<std::uint64_t>(after, static_cast<std::uint64_t>(most)));
    merger first(limit);
    for (const std::int64_t kind : scopes_.kinds(kinds)) {
        lists_.read(-kind, begin, most, [&](std::int64_t revision, std::int64_t pk) {
            return first.offer({revision, pk});
        });
        first.end_group();
    }
    store::object_changes told;
    for (const spot& each : first.take()) told.objects.push_back(object(each.pk));
    told.revision = told.objects.size() < limit ? std::max(after, latest) : after;
    if (told.objects.size() == limit && limit > 0) told.revision = told.objects.back().revision;
    return told;
}

} // namespace incar::adapters::sqlite
