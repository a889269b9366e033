#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/tariff_rules.hpp"
#include "ocpi/v221/shapes.hpp"

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

using dimension = v221::tariff_dimension_type;

// -- what could not be read

// Members whose absence changes a price; all others may be missing.
bool prices_something(std::string_view record, std::string_view member) {
    constexpr std::pair<std::string_view, std::string_view> table[] = {
        {"Tariff", "currency"},     {"Tariff", "elements"},      {"TariffElement", "price_components"},
        {"PriceComponent", "type"}, {"PriceComponent", "price"}, {"PriceComponent", "step_size"},
        {"Price", "excl_vat"}};
    return std::find(std::begin(table), std::end(table), std::pair(record, member)) != std::end(table);
}

// The first member that was not read and matters; its place is relative to the object.
std::optional<error> find_unread(const json::shape& type, const void* object, bool ignore_unknown) {
    const auto inside = [&](const json::shape& shape, const void* member, auto name) -> std::optional<error> {
        auto found = find_unread(shape, member, ignore_unknown);
        if (found) found->where = (json::pointer() / name).text() + found->where;
        return found;
    };
    if (type.kind == json::kind::list) {
        const json::shape& element = type.element();
        if (element.kind != json::kind::record) return std::nullopt;
        for (std::size_t i = 0; i < type.size(object); ++i)
            if (auto found = inside(element, type.at(object, i), i)) return found;
        return std::nullopt;
    }
    for (const auto& entry : type.extra_of(object).entries()) {
        const std::string place = (json::pointer() / entry.name).text();
        if (entry.reason == json::extra::reason::unread)
            return error{errc::malformed, place, "this could not be read, so it cannot be priced"};
        if (entry.reason == json::extra::reason::absent && prices_something(type.name, entry.name))
            return error{errc::missing, place, "this is needed for a price"};
        if (entry.reason == json::extra::reason::unknown && type.name == "TariffRestrictions" && !ignore_unknown)
            return error{errc::unknown_member, place, "a restriction that nobody knows cannot be priced"};
    }
    for (std::size_t i = 0; i < type.field_count; ++i) {
        const json::field& field = type.fields[i];
        const json::shape& shape = field.type();
        if (shape.kind != json::kind::record && shape.kind != json::kind::list) continue;
        if (const void* member = field.find(object))
            if (auto found = inside(shape, member, field.name)) return found;
    }
    return std::nullopt;
}

// -- texts

// The number in digits of a fixed width; -1 for anything else.
int number_in(std::string_view text, std::size_t at, std::size_t width) {
    int number = 0;
    for (const char each : text.substr(at, width)) {
        if (each < '0' || each > '9') return -1;
        number = number * 10 + (each - '0');
    }
    return number;
}

expected<std::int64_t> time_of_day(const std::string& text, const json::pointer& where) {
    const int hour = text.size() == 5 ? number_in(text, 0, 2) : -1;
    const int minute = text.size() == 5 ? number_in(text, 3, 2) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[2] != ':')
        return error{errc::malformed, where.text(), "a time of day is needed, 00:00 to 23:59"};
    return (hour * 60 + minute) * std::int64_t{60'000};
}

expected<std::int64_t> date(const std::string& text, const json::pointer& where) {
    const error failure{errc::malformed, where.text(), "a date is needed, such as 2026-01-31"};
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return failure;
    civil_time day;
    day.year = number_in(text, 0, 4);
    day.month = number_in(text, 5, 2);
    day.day = number_in(text, 8, 2);
    const auto midnight = from_civil(day);
    if (!midnight) return failure;
    return midnight->since_1970().count() / day_length;
}

expected<void> read_time_of_day(const v221::tariff_restrictions& from, restriction& to, const json::pointer& where) {
    if (!from.start_time && !from.end_time) return {};
    range<std::int64_t> times{0, day_length};
    if (from.start_time) {
        const auto start = time_of_day(*from.start_time, where / "start_time");
        if (!start) return start.error();
        times.from = *start;
    }
    if (from.end_time) {
        const auto end = time_of_day(*from.end_time, where / "end_time");
        if (!end) return end.error();
        if (*end != 0) times.until = *end;
    }
    if (*times.from == *times.until)
        return error{errc::inconsistent, (where / "end_time").text(),
                     "an end at the start means neither the whole day nor nothing"};
    to.time_of_day = times;
    return {};
}

// -- an element

struct limit {
    const std::optional<decimal>& value;
    std::string_view name;
};

expected<void> read_power(const limit& from, std::optional<decimal>& to, const json::pointer& where) {
    if (!from.value) return {};
    if (from.value->without_trailing_zeros().scale() > 6)
        return error{errc::out_of_range, (where / from.name).text(), "more than six decimals cannot be told apart"};
    to = *from.value;
    return {};
}

expected<void> read_energy(const limit& from, int scale, std::optional<std::int64_t>& to, const json::pointer& where) {
    if (!from.value) return {};
    const auto number = whole(*from.value, scale);
    if (!number) return at(where / from.name, number.error());
    to = *number;
    return {};
}

expected<void> read_days(const v221::tariff_restrictions& from, restriction& to, const json::pointer& where) {
    if (from.start_date) {
        const auto day = date(*from.start_date, where / "start_date");
        if (!day) return day.error();
        to.days.from = *day;
    }
    if (from.end_date) {
        const auto day = date(*from.end_date, where / "end_date");
        if (!day) return day.error();
        to.days.until = *day;
    }
    if (from.day_of_week.empty()) return {};
    to.weekdays = 0;
    for (std::size_t i = 0; i < from.day_of_week.size(); ++i) {
        const auto day = from.day_of_week[i].known();
        if (!day) return error{errc::out_of_range, (where / "day_of_week" / i).text(), "there is no such day"};
        to.weekdays |= 1u << static_cast<unsigned>(*day);
    }
    return {};
}

expected<restriction> read(const v221::tariff_restrictions& from, int energy_scale, const json::pointer& where) {
    restriction to;
    if (from.reservation) {
        to.reservation = from.reservation->known();
        if (!to.reservation)
            return error{errc::out_of_range, (where / "reservation").text(),
                         "RESERVATION or RESERVATION_EXPIRES is "
                         "needed"};
    }
    if (from.min_duration) to.duration.from = *from.min_duration * std::int64_t{1000};
    if (from.max_duration) to.duration.until = *from.max_duration * std::int64_t{1000};
    for (const auto& done : {read_time_of_day(from, to, where), read_days(from, to, where),
                             read_energy({from.min_kwh, "min_kwh"}, energy_scale, to.energy.from, where),
                             read_energy({from.max_kwh, "max_kwh"}, energy_scale, to.energy.until, where),
                             read_power({from.min_power, "min_power"}, to.power.from, where),
                             read_power({from.max_power, "max_power"}, to.power.until, where),
                             read_power({from.min_current, "min_current"}, to.current.from, where),
                             read_power({from.max_current, "max_current"}, to.current.until, where)})
        if (!done) return done.error();
    return to;
}

expected<void> read_components(const v221::tariff_element& element, std::size_t index, const json::pointer& where,
                               tariff_rules& to) {
    if (element.price_components.empty())
        return error{errc::missing, where.text(), "an element needs at least one price component"};
    for (std::size_t i = 0; i < element.price_components.size(); ++i) {
        const v221::price_component& each = element.price_components[i];
        const auto type = each.type.known();
        if (!type) return error{errc::out_of_range, (where / i / "type").text(), "this dimension cannot be priced"};
        if (each.step_size < 0)
            return error{errc::out_of_range, (where / i / "step_size").text(), "0 or more is needed"};
        if (each.vat && *each.vat < 0)
            return error{errc::out_of_range, (where / i / "vat").text(), "0 or more is needed"};
        auto& list = to.components[static_cast<std::size_t>(*type)];
        if (!list.empty() && list.back().element == index)
            return error{errc::duplicate, (where / i / "type").text(), "the element prices this dimension twice"};
        list.push_back({index, i, &each});
    }
    return {};
}

// -- where answers change

template <class T>
void sort_unique(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

void note_events(const restriction& from, tariff_rules& to) {
    const auto note = [](auto& list, const auto& bounds) {
        if (bounds.from) list.push_back(*bounds.from);
        if (bounds.until) list.push_back(*bounds.until);
    };
    if (from.time_of_day) note(to.times_of_day, *from.time_of_day);
    note(to.energies, from.energy);
    note(to.durations, from.duration);
    note(to.powers, from.power);
    note(to.currents, from.current);
    to.uses_local_time |= from.time_of_day || from.days.from || from.days.until || from.weekdays != 0x7f;
}

expected<void> check_limits(const v221::tariff& from, const json::pointer& where) {
    if (!from.min_price || !from.max_price) return {};
    const auto& [low, high] = std::pair(*from.min_price, *from.max_price);
    if (high.excl_vat < low.excl_vat || (low.incl_vat && high.incl_vat && *high.incl_vat < *low.incl_vat))
        return error{errc::inconsistent, (where / "max_price").text(), "it lies below min_price"};
    return {};
}

bool holds(const restriction& rule, const conditions& now, std::int64_t duration) {
    if (!rule.duration.holds(duration)) return false;
    if (rule.time_of_day) {
        const std::int64_t from = *rule.time_of_day->from, until = *rule.time_of_day->until, at = now.milliseconds;
        if (from < until ? at < from || at >= until : at < from && at >= until) return false;
    }
    if (!rule.days.holds(now.day)) return false;
    if (rule.weekdays != 0x7f) {
        const std::int64_t weekday = ((now.day + 3) % 7 + 7) % 7; // 1970-01-01 was a Thursday
        if (!(rule.weekdays >> weekday & 1)) return false;
    }
    const auto reached = [&](std::int64_t level) {
        return now.energy > level || (now.energy == level && !now.falling);
    };
    if (rule.energy.from && !reached(*rule.energy.from)) return false;
    if (rule.energy.until && reached(*rule.energy.until)) return false;
    if ((rule.power.from || rule.power.until) && (!now.power || !rule.power.holds(*now.power))) return false;
    if ((rule.current.from || rule.current.until) && (!now.current || !rule.current.holds(*now.current))) return false;
    return true;
}

} // namespace

error at(const json::pointer& where, error failure) {
    failure.where = where.text();
    return failure;
}

expected<std::int64_t> whole(const decimal& number, int scale) {
    const decimal plain = number.scale() > scale ? number.without_trailing_zeros() : number;
    if (plain.scale() > scale) return error{errc::out_of_range, "", "it has too many decimals"};
    const auto count = scaled(plain.coefficient(), scale - plain.scale());
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 8;
    if (!count || *count > most || *count < -most)
        return error{errc::overflow, "", "it has too many digits to compute with exactly"};
    return static_cast<std::int64_t>(*count);
}

int energy_decimals(const v221::tariff& from) {
    int decimals = 0;
    for (const auto& element : from.elements)
        if (element.restrictions)
            for (const auto* each : {&element.restrictions->min_kwh, &element.restrictions->max_kwh})
                if (*each) decimals = std::max(decimals, (*each)->without_trailing_zeros().scale());
    return decimals;
}

expected<tariff_rules> compile(const v221::tariff& from, const json::pointer& where, int energy_scale,
                               const policy& rules) {
    if (auto unread = find_unread(shape_of<v221::tariff>(), &from, rules.ignore_unknown_restrictions)) {
        unread->where = where.text() + unread->where;
        return *unread;
    }
    if (auto done = check_limits(from, where); !done) return done.error();
    if (from.elements.empty()) return error{errc::missing, (where / "elements").text(), "a tariff needs elements"};
    if (from.elements.size() > max_elements)
        return error{errc::limit_exceeded, (where / "elements").text(), "so many elements are no tariff"};
    tariff_rules to;
    to.source = &from;
    for (std::size_t i = 0; i < from.elements.size(); ++i) {
        const auto place = where / "elements" / i;
        if (auto done = read_components(from.elements[i], i, place / "price_components", to); !done)
            return done.error();
        restriction rule;
        if (from.elements[i].restrictions) {
            auto given = read(*from.elements[i].restrictions, energy_scale, place / "restrictions");
            if (!given) return given.error();
            rule = *given;
        }
        note_events(rule, to);
        to.restrictions.push_back(rule);
    }
    if (to.uses_local_time) to.times_of_day.push_back(0);
    for (auto* list : {&to.times_of_day, &to.energies, &to.durations}) sort_unique(*list);
    for (auto* list : {&to.powers, &to.currents}) sort_unique(*list);
    to.uses_power = !to.powers.empty();
    to.uses_current = !to.currents.empty();
    return to;
}

choice tariff_rules::choose(const conditions& now, const policy& policies) const {
    using of = v221::reservation_restriction_type;
    const auto first = [&](std::size_t type, std::optional<of> reservation) {
        std::int64_t duration = now.duration;
        if (policies.duration == duration_rule::same_kind && now.phase == phase::session) {
            if (type == static_cast<std::size_t>(dimension::time)) duration = now.charged;
            if (type == static_cast<std::size_t>(dimension::parking_time)) duration = now.parked;
        }
        for (std::size_t i = 0; i < components[type].size(); ++i) {
            const restriction& rule = restrictions[components[type][i].element];
            if (rule.reservation == reservation && holds(rule, now, duration)) return i;
        }
        return none;
    };
    choice chosen = no_choice;
    for (std::size_t i = 0; i < dimension_count; ++i) {
        if (now.phase == phase::session) {
            chosen[i] = first(i, std::nullopt);
            continue;
        }
        const std::size_t used = first(i, of::reservation);
        const std::size_t expired = now.phase == phase::expired_reservation ? first(i, of::reservation_expires) : none;
        chosen[i] = expired != none ? expired : used;
        const bool both = i == static_cast<std::size_t>(dimension::flat) && expired != none && used != none;
        if (both && policies.expired_flat == expired_flat_rule::added) chosen.back() = used;
    }
    return chosen;
}

} // namespace incar::ocpi::pricing
