#include "core/calendar.hpp"

#include <incar/core/timestamp.hpp>

#include <tuple>

namespace incar {
namespace {

using calendar::milliseconds_per_day;

constexpr std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) {
    return (dividend >= 0 ? dividend : dividend - divisor + 1) / divisor;
}

int days_in_month(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

weekday weekday_from_days(std::int64_t days) {
    constexpr int weekday_of_1970 = static_cast<int>(weekday::thursday);
    const std::int64_t shifted = days + weekday_of_1970;
    return static_cast<weekday>(shifted - floor_divide(shifted, 7) * 7);
}

std::int64_t milliseconds_of(const civil_time& time) {
    const std::int64_t seconds = (time.hour * 60 + time.minute) * 60 + time.second;
    return calendar::days_from_date(time.year, time.month, time.day) * milliseconds_per_day + seconds * 1000 +
           time.millisecond;
}

auto tied(const civil_time& time) {
    return std::tie(time.year, time.month, time.day, time.hour, time.minute, time.second, time.millisecond);
}

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

void put_digits(char* to, int number, int width) {
    for (int digit = width - 1; digit >= 0; --digit, number /= 10) to[digit] = static_cast<char>('0' + number % 10);
}

class reader {
public:
    explicit reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    template <class... Char>
    bool skip(Char... any_of) {
        if (rest_.empty() || !((rest_.front() == any_of) || ...)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool number(int width, int& value) {
        value = 0;
        for (; width > 0; --width) {
            if (rest_.empty() || !is_digit(rest_.front())) return false;
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return true;
    }

    bool fraction(int& milliseconds) {
        if (!skip('.')) return true;
        int digits = 0;
        for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), ++digits)
            if (digits < 3) milliseconds = milliseconds * 10 + (rest_.front() - '0');
        for (int missing = digits; missing < 3; ++missing) milliseconds *= 10;
        return digits > 0;
    }

    bool offset(int& minutes) {
        if (at_end() || skip('Z', 'z')) return true;
        const bool west = rest_.front() == '-';
        int hour = 0, minute = 0;
        if (!skip('+', '-') || !number(2, hour) || !skip(':') || !number(2, minute)) return false;
        minutes = (hour * 60 + minute) * (west ? -1 : 1);
        return hour < 24 && minute < 60;
    }

private:
    std::string_view rest_;
};

error malformed(const char* message) {
    return {errc::malformed, "", message};
}

} // namespace

std::int64_t calendar::days_from_date(std::int64_t year, std::int64_t month, std::int64_t day) noexcept {
    if (month <= 2) --year;
    const std::int64_t era = floor_divide(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

void calendar::date_from_days(std::int64_t days, civil_time& date) noexcept {
    days += 719'468;
    const std::int64_t era = floor_divide(days, 146'097);
    const std::int64_t day_of_era = days - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    date.day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = static_cast<int>(month_from_march + (month_from_march < 10 ? 3 : -9));
    date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
}

expected<void> calendar::check(const civil_time& time, int first_year, int last_year) {
    const auto outside = [](const char* where, const char* message) {
        return error{errc::out_of_range, where, message};
    };
    if (time.year < first_year || time.year > last_year) return outside("/year", "the year lies outside 0000 to 9999");
    if (time.month < 1 || time.month > 12) return outside("/month", "the month must be 1 to 12");
    if (time.day < 1 || time.day > days_in_month(time.year, time.month))
        return outside("/day", "the month has no such day");
    if (time.hour < 0 || time.hour > 23) return outside("/hour", "the hour must be 0 to 23");
    if (time.minute < 0 || time.minute > 59) return outside("/minute", "the minute must be 0 to 59");
    if (time.second < 0 || time.second > 59) return outside("/second", "the second must be 0 to 59");
    if (time.millisecond < 0 || time.millisecond > 999)
        return outside("/millisecond", "the millisecond must be 0 to 999");
    return {};
}

expected<timestamp> timestamp::parse(std::string_view text) {
    reader input(text);
    civil_time time;
    int offset_minutes = 0;
    if (!input.number(4, time.year) || !input.skip('-') || !input.number(2, time.month) || !input.skip('-') ||
        !input.number(2, time.day))
        return malformed("a date YYYY-MM-DD is needed");
    if (!input.skip('T', 't', ' ') || !input.number(2, time.hour) || !input.skip(':') ||
        !input.number(2, time.minute) || !input.skip(':') || !input.number(2, time.second) ||
        !input.fraction(time.millisecond))
        return malformed("a time HH:MM:SS is needed after the date");
    if (!input.offset(offset_minutes)) return malformed("the offset must be Z or like +01:00");
    if (!input.at_end()) return malformed("something follows the date and time");

    const bool leap_second = time.second == 60;
    if (leap_second) time.second = 59;
    if (const auto valid = calendar::check(time, 0, 9999); !valid) return malformed(valid.error().message.c_str());
    std::int64_t milliseconds = milliseconds_of(time) - std::int64_t{offset_minutes} * 60'000;
    if (leap_second) {
        milliseconds += 1000 - time.millisecond;
        if (milliseconds % milliseconds_per_day != 0) return malformed("second 60 exists only as 23:59:60 in UTC");
    }
    if (milliseconds < first || milliseconds > last)
        return error{errc::out_of_range, "", "the instant lies outside the years 0000 to 9999 in UTC"};
    return timestamp(std::chrono::milliseconds(milliseconds));
}

std::string format(timestamp at) {
    const civil_time time = to_civil(at);
    char text[] = "YYYY-MM-DDTHH:MM:SS.mmmZ";
    put_digits(text, time.year, 4);
    put_digits(text + 5, time.month, 2);
    put_digits(text + 8, time.day, 2);
    put_digits(text + 11, time.hour, 2);
    put_digits(text + 14, time.minute, 2);
    put_digits(text + 17, time.second, 2);
    if (time.millisecond == 0) {
        text[19] = 'Z';
        return {text, 20};
    }
    put_digits(text + 20, time.millisecond, 3);
    return text;
}

bool operator==(const civil_time& left, const civil_time& right) noexcept {
    return tied(left) == tied(right);
}

bool operator!=(const civil_time& left, const civil_time& right) noexcept {
    return !(left == right);
}

bool operator<(const civil_time& left, const civil_time& right) noexcept {
    return tied(left) < tied(right);
}

civil_time to_civil(timestamp at) noexcept {
    const std::int64_t milliseconds = at.since_1970().count();
    const std::int64_t days = floor_divide(milliseconds, milliseconds_per_day);
    const int of_day = static_cast<int>(milliseconds - days * milliseconds_per_day);
    civil_time time;
    calendar::date_from_days(days, time);
    time.hour = of_day / 3'600'000;
    time.minute = of_day / 60'000 % 60;
    time.second = of_day / 1000 % 60;
    time.millisecond = of_day % 1000;
    return time;
}

expected<timestamp> from_civil(const civil_time& utc) {
    if (auto valid = calendar::check(utc, 0, 9999); !valid) return valid.error();
    return timestamp(std::chrono::milliseconds(milliseconds_of(utc)));
}

weekday weekday_of(timestamp at) noexcept {
    return weekday_from_days(floor_divide(at.since_1970().count(), milliseconds_per_day));
}

weekday weekday_of(const civil_time& date) noexcept {
    return weekday_from_days(calendar::days_from_date(date.year, date.month, date.day));
}

} // namespace incar
