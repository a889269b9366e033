#include "command.hpp"
#include "files.hpp"
#include "price_json.hpp"

#include <incar/ocpi/codec.hpp>

namespace incar::program {
namespace {

using namespace ocpi::pricing;

// In which file an error's place is.
error in_file(const std::string& file, error failure) {
    failure.where = file + (failure.where.empty() ? "" : " " + failure.where);
    return failure;
}

expected<std::optional<time_zone>> zone_of(const arguments& given) {
    const std::string* name = given.find("--time-zone");
    if (!name) return std::optional<time_zone>();
    const auto found = time_zone::find(*name);
    if (!found) return error{found.error().code, "--time-zone", found.error().message};
    return std::optional<time_zone>(*found);
}

expected<rounding_policy> rounding_of(const arguments& given) {
    const auto digits = number_option(given, "--digits", 4, 0, 12);
    if (!digits) return digits.error();
    return rounding_policy{static_cast<int>(*digits), rounding::half_up};
}

expected<exit_status> write(const json::object& result) {
    if (auto done = print(json::format(json::value(result), json::layout::indented) + "\n"); !done) return done.error();
    return exit_status::yes;
}

expected<exit_status> check(const std::string& file, const std::optional<time_zone>& zone, const rounding_policy& how) {
    const auto text = read_file(file);
    if (!text) return text.error();
    ocpi::decode_options options;
    options.reading = ocpi::reading::lenient;
    const auto record = ocpi::decode<ocpi::v221::cdr>(*text, options);
    if (!record) return in_file(file, record.error());
    check_options with;
    with.zone = zone;
    const auto checked = check_cdr(*record, with);
    if (!checked) return in_file(file, checked.error());
    json::object result{{"valid", checked->differences.empty()}, {"differences", to_json(checked->differences)}};
    if (checked->computed) {
        auto computed = to_json(*checked->computed, how);
        if (!computed) return computed.error();
        result.push_back({"computed", std::move(*computed)});
    }
    if (auto done = write(result); !done) return done.error();
    return checked->differences.empty() ? exit_status::yes : exit_status::no;
}

expected<exit_status> price_files(const std::string& tariff_file, const std::string& session_file,
                                  const std::optional<time_zone>& zone, const rounding_policy& how) {
    const auto tariff_text = read_file(tariff_file);
    if (!tariff_text) return tariff_text.error();
    const auto tariffs = parse_tariffs(*tariff_text);
    if (!tariffs) return in_file(tariff_file, tariffs.error());
    const auto session_text = read_file(session_file);
    if (!session_text) return session_text.error();
    auto session = parse_session(*session_text);
    if (!session) return in_file(session_file, session.error());
    const auto owed = std::visit(
        [&](auto& charged) {
            if (zone) charged.zone = zone;
            if constexpr (std::is_same_v<std::decay_t<decltype(charged)>, recorded_session>)
                return price_periods(*tariffs, charged);
            else
                return price(*tariffs, charged);
        },
        *session);
    if (!owed) return owed.error();
    const auto result = to_json(*owed, how);
    if (!result) return result.error();
    return write(*result);
}

expected<exit_status> run(const arguments& given) {
    const auto zone = zone_of(given);
    if (!zone) return zone.error();
    const auto how = rounding_of(given);
    if (!how) return how.error();
    const std::string* cdr = given.find("--cdr");
    const std::string* tariff = given.find("--tariff");
    const std::string* session = given.find("--session");
    if (cdr && (tariff || session))
        return error{errc::inconsistent, "--cdr", "a CDR brings its tariffs and its session along"};
    if (cdr) return check(*cdr, *zone, *how);
    if (!tariff) return error{errc::missing, "--tariff", "name a file with one tariff or an array of them, or a --cdr"};
    if (!session) return error{errc::missing, "--session", "name a file with a session"};
    return price_files(*tariff, *session, *zone, *how);
}

} // namespace

command price_command() {
    return {"price",
            "",
            "price a session under its tariffs, or check a CDR",
            "Reads OCPI 2.2.1 objects; a session may also be readings of a meter. Prints totals and, line by line, how "
            "they\n"
            "came about, as JSON (docs/reference/pricing.md). A file named - is standard input.\n"
            "Exit status: 0 when it is done, 1 when the CDR states figures that do not follow from its periods and\n"
            "tariffs, 2 when the input cannot be priced for certain.\n",
            {{"--tariff", "FILE", "a tariff, or an array of tariffs"},
             {"--session", "FILE", "what happened"},
             {"--cdr", "FILE", "a CDR to compute again, instead of the two"},
             {"--time-zone", "NAME", "of the location, such as Europe/Madrid, where tariffs ask for it"},
             {"--digits", "COUNT", "decimals of the totals (default 4)"}},
            0,
            run};
}

} // namespace incar::program
