#include "core/utf8.hpp"
#include "ocpi/codes.hpp"
#include "ocpi/formats.hpp"

#include <incar/core/time_zone.hpp>

#include <algorithm>
#include <charconv>

namespace incar::ocpi {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_letter(char c) {
    return is_upper(c) || is_lower(c);
}
bool all(std::string_view text, bool (*is)(char)) {
    return std::all_of(text.begin(), text.end(), is);
}

const char* printable_ascii(std::string_view text) {
    return is_printable_ascii(text) ? nullptr : "only printable ASCII is allowed";
}

const char* printable_text(std::string_view text) {
    if (is_printable_ascii(text)) return nullptr;
    const characters found = characters_of(text);
    if (!found.valid) return "this is no UTF-8";
    return found.printable ? nullptr : "control characters are not allowed";
}

const char* no_spaces(std::string_view text) {
    return text.find(' ') == text.npos ? nullptr : "identifiers with spaces get lost in URLs and logs";
}

const char* web_address(std::string_view text) {
    constexpr const char* complaint = "an absolute URL with http or https is needed";
    const std::size_t scheme = text.find("://");
    if (scheme == text.npos) return complaint;
    if (!equals_ignoring_case(text.substr(0, scheme), "http") && !equals_ignoring_case(text.substr(0, scheme), "https"))
        return complaint;
    const std::string_view rest = text.substr(scheme + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const std::string_view host = authority.substr(authority.rfind('@') + 1); // npos + 1 is 0
    if (host.empty() || host[0] == ':') return "the URL names no host";
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '<' || c == '>' || c == '"')
            return "the URL has a character that must be percent-encoded";
    return nullptr;
}

const char* two_letters(std::string_view text) {
    return text.size() == 2 && all(text, is_letter) ? nullptr : "two letters are needed, as in ISO 3166-1 alpha-2";
}
const char* assigned_2(std::string_view text) {
    return two_letters(text) || is_country_2(text) ? nullptr : "no country has this code in ISO 3166-1 alpha-2";
}

const char* three_letters(std::string_view text) {
    return text.size() == 3 && all(text, is_upper) ? nullptr
                                                   : "three capital letters are needed, as in ISO 3166-1 alpha-3";
}
const char* assigned_3(std::string_view text) {
    return three_letters(text) || is_country_3(text) ? nullptr : "no country has this code in ISO 3166-1 alpha-3";
}

const char* language(std::string_view text) {
    return text.size() == 2 && all(text, is_lower) ? nullptr : "two small letters are needed, as in ISO 639-1";
}
const char* assigned_language(std::string_view text) {
    return language(text) || is_language(text) ? nullptr : "no language has this code in ISO 639-1";
}

const char* currency(std::string_view text) {
    return text.size() == 3 && all(text, is_upper) ? nullptr : "three capital letters are needed, as in ISO 4217";
}
const char* assigned_currency(std::string_view text) {
    return currency(text) || is_currency(text) ? nullptr : "no currency has this code in ISO 4217";
}

const char* time_of_day(std::string_view text) {
    const bool fits = text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && text[2] == ':' &&
                      is_digit(text[3]) && is_digit(text[4]) && text.substr(0, 2) <= "23" && text.substr(3) <= "59";
    return fits ? nullptr : "a time from 00:00 to 23:59 is needed";
}

const char* date(std::string_view text) {
    const bool fits = text.size() == 10 && text[4] == '-' && text[7] == '-' && (text[0] == '1' || text[0] == '2') &&
                      timestamp::parse(std::string(text) + "T00:00:00Z");
    return fits ? nullptr : "a date of the calendar is needed, written YYYY-MM-DD";
}

// Of a number without sign and exponent.
bool is_at_most(std::string_view number, int limit) {
    int whole = 0;
    const auto [rest, failure] = std::from_chars(number.data(), number.data() + number.size(), whole);
    if (failure != std::errc() || whole != limit) return failure == std::errc() && whole < limit;
    return number.find_first_not_of(".0", static_cast<std::size_t>(rest - number.data())) == number.npos;
}

// -?[0-9]{1,whole}\.[0-9]{5,7}, within +-limit
const char* degrees(std::string_view text, std::size_t whole, int limit) {
    const std::string_view digits = text.substr(!text.empty() && text[0] == '-');
    const std::size_t point = digits.find('.');
    const bool fits = point != digits.npos && point >= 1 && point <= whole && digits.size() - point - 1 >= 5 &&
                      digits.size() - point - 1 <= 7 && all(digits.substr(0, point), is_digit) &&
                      all(digits.substr(point + 1), is_digit);
    if (!fits) return "decimal degrees with 5 to 7 decimals are needed";
    return is_at_most(digits, limit) ? nullptr : "so many degrees are not on this planet";
}
const char* latitude(std::string_view text) {
    return degrees(text, 2, 90);
}
const char* longitude(std::string_view text) {
    return degrees(text, 3, 180);
}

const char* time_zone_name(std::string_view text) {
    return time_zone::exists(text) ? nullptr : "there is no such zone in the tz database";
}

const char* secret(std::string_view text) {
    if (text.empty()) return "a token has at least one character";
    const bool fits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '!' && c <= '~'; });
    return fits ? nullptr : "only printable ASCII without spaces is allowed";
}

const char* natural(std::string_view number) {
    return number.substr(0, 1) != "-" ? nullptr : "this cannot be negative";
}
const char* percentage(std::string_view number) {
    return !natural(number) && is_at_most(number, 100) ? nullptr : "a percentage is from 0 to 100";
}
const char* weekday_number(std::string_view number) {
    const bool fits = number.size() == 1 && number[0] >= '1' && number[0] <= '7';
    return fits ? nullptr : "days of the week are 1 (Monday) to 7 (Sunday)";
}

} // namespace

const std::vector<format_rule>& format_rules() {
    constexpr auto specified = strictness::specified, advised = strictness::advised;
    static const std::vector<format_rule> rows = {
        {format::ci_string, "printable_ascii", specified, printable_ascii},
        {format::ci_string, "no_spaces", advised, no_spaces},
        {format::text, "printable_text", specified, printable_text},
        {format::url, "url", specified, web_address},
        {format::country2, "country_code", specified, two_letters},
        {format::country2, "assigned_country", advised, assigned_2},
        {format::country3, "country_code", specified, three_letters},
        {format::country3, "assigned_country", advised, assigned_3},
        {format::language, "language", specified, language},
        {format::language, "assigned_language", advised, assigned_language},
        {format::currency, "currency", specified, currency},
        {format::currency, "assigned_currency", advised, assigned_currency},
        {format::time_of_day, "time_of_day", specified, time_of_day},
        {format::date, "date", specified, date},
        {format::latitude, "latitude", specified, latitude},
        {format::longitude, "longitude", specified, longitude},
        {format::time_zone, "time_zone", specified, time_zone_name},
        {format::secret, "secret", specified, secret},
        {format::percentage, "percentage", specified, percentage},
        {format::natural, "natural", specified, natural},
        {format::weekday, "weekday", specified, weekday_number},
    };
    return rows;
}

characters characters_of(std::string_view text) {
    characters found;
    for (; !text.empty(); ++found.count) {
        const std::size_t size = utf8_character_size(text);
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
        if (size == 0) found.valid = false;
        if (size == 1 && (byte(0) < ' ' || byte(0) == 0x7f)) found.printable = false;
        if (size == 2 && byte(0) == 0xc2 && byte(1) < 0xa0) found.printable = false; // U+0080 to U+009F
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return found;
}

} // namespace incar::ocpi
