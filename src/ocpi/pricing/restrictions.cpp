#include "ocpi/pricing/exact.hpp"
#include "ocpi/pricing/restrictions.hpp"

#include <limits>

namespace incar::ocpi::pricing {
namespace {

// The number in digits of a fixed width; -1 for anything else.
int number_in(std::string_view text, std::size_t at, std::size_t width) {
    int number = 0;
    for (const char each : text.substr(at, width)) {
        if (each < '0' || each > '9') return -1;
        number = number * 10 + (each - '0');
    }
    return number;
}

expected<std::int64_t> time_of_day(const std::string& text) {
    const int hour = text.size() == 5 ? number_in(text, 0, 2) : -1;
    const int minute = text.size() == 5 ? number_in(text, 3, 2) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[2] != ':')
        return error{errc::malformed, "", "a time of day is needed, 00:00 to 23:59"};
    return (hour * 60 + minute) * std::int64_t{60'000};
}

expected<std::int64_t> date(const std::string& text) {
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        civil_time day;
        day.year = number_in(text, 0, 4);
        day.month = number_in(text, 5, 2);
        day.day = number_in(text, 8, 2);
        if (const auto midnight = from_civil(day)) return midnight->since_1970().count() / day_length;
    }
    return error{errc::malformed, "", "a date is needed, such as 2026-01-31"};
}

expected<void> read_times_of_day(const v221::tariff_restrictions& from, restriction& to) {
    if (!from.start_time && !from.end_time) return {};
    range<std::int64_t> times{0, day_length};
    if (from.start_time) {
        const auto start = time_of_day(*from.start_time);
        if (!start) return at("/start_time", start.error());
        times.from = *start;
    }
    if (from.end_time) {
        const auto end = time_of_day(*from.end_time);
        if (!end) return at("/end_time", end.error());
        if (*end != 0) times.until = *end;
    }
    if (*times.from == *times.until)
        return error{errc::inconsistent, "/end_time", "an end at the start means neither the whole day nor nothing"};
    to.time_of_day = times;
    return {};
}

expected<void> read_days(const v221::tariff_restrictions& from, restriction& to) {
    if (from.start_date) {
        const auto day = date(*from.start_date);
        if (!day) return at("/start_date", day.error());
        to.days.from = *day;
    }
    if (from.end_date) {
        const auto day = date(*from.end_date);
        if (!day) return at("/end_date", day.error());
        to.days.until = *day;
    }
    if (from.day_of_week.empty()) return {};
    to.weekdays = 0;
    for (std::size_t i = 0; i < from.day_of_week.size(); ++i) {
        const auto day = from.day_of_week[i].known();
        if (!day) return error{errc::out_of_range, "/day_of_week/" + std::to_string(i), "there is no such day"};
        to.weekdays |= 1u << static_cast<unsigned>(*day);
    }
    return {};
}

expected<void> read_power(const std::optional<decimal>& from, std::optional<decimal>& to, const char* where) {
    if (!from) return {};
    if (from->without_trailing_zeros().scale() > 6)
        return error{errc::out_of_range, where, "more than six decimals cannot be told apart"};
    to = *from;
    return {};
}

expected<void> read_energy(const std::optional<decimal>& from, int scale, std::optional<std::int64_t>& to,
                           const char* where) {
    if (!from) return {};
    const auto number = whole(*from, scale);
    if (!number) return at(where, number.error());
    to = *number;
    return {};
}

} // namespace

expected<restriction> read(const v221::tariff_restrictions& from, int energy_scale) {
    restriction to;
    if (from.reservation) {
        to.reservation = from.reservation->known();
        if (!to.reservation)
            return error{errc::out_of_range, "/reservation", "RESERVATION or RESERVATION_EXPIRES is needed"};
    }
    if (from.min_duration) to.duration.from = *from.min_duration * std::int64_t{1000};
    if (from.max_duration) to.duration.until = *from.max_duration * std::int64_t{1000};
    for (const auto& done : {read_times_of_day(from, to), read_days(from, to),
                             read_energy(from.min_kwh, energy_scale, to.energy.from, "/min_kwh"),
                             read_energy(from.max_kwh, energy_scale, to.energy.until, "/max_kwh"),
                             read_power(from.min_power, to.power.from, "/min_power"),
                             read_power(from.max_power, to.power.until, "/max_power"),
                             read_power(from.min_current, to.current.from, "/min_current"),
                             read_power(from.max_current, to.current.until, "/max_current")})
        if (!done) return done.error();
    return to;
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

error at(const char* where, error failure) {
    failure.where.insert(0, where);
    return failure;
}

error at(const json::pointer& where, error failure) {
    return at(where.text().c_str(), std::move(failure));
}

} // namespace incar::ocpi::pricing
