#pragma once

/// \file
/// The local time of a place: from UTC to what its clocks show and back, daylight saving included.
///
///     const time_zone madrid = time_zone::find("Europe/Madrid").value();
///     const local_time local = madrid.to_local(timestamp::parse("2026-07-01T10:00:00Z").value());
///     std::cout << local.time.hour << ' ' << local.abbreviation << '\n';                    // 12 CEST
///     const timestamp opens = madrid.to_utc({2026, 3, 29, 8, 30}).value();                  // 2026-03-29T06:30:00Z
///
/// The rules come from the tz database of the system, `/usr/share/zoneinfo` or where the environment variable TZDIR
/// points, and reach into the future as far as `timestamp` does.

#include <incar/core/expected.hpp>
#include <incar/core/export.hpp>
#include <incar/core/timestamp.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace incar {

/// What the clocks of a place show at an instant, and why.
struct local_time {
    civil_time time;                    ///< The local date and time. Its year may be -1 or 10000 at the ends of time.
    std::chrono::seconds utc_offset{0}; ///< Local time minus UTC: +3600 s in Madrid in winter.
    bool is_dst = false;                ///< Whether the place calls this daylight saving time.
    std::string abbreviation;           ///< "CET", "CEST"; a number like "-03" where no letters are in use.
};

/// What to do with a local time that happens twice, because the clocks are set back over it.
enum class when_ambiguous {
    refuse,  ///< `errc::ambiguous_time`.
    earlier, ///< The first of the two instants.
    later,   ///< The second of the two instants.
};

/// What to do with a local time that never happens, because the clocks are set forward over it. The examples show
/// 02:30 where at 02:00 winter time the clocks are set to 03:00 summer time.
enum class when_skipped {
    refuse,        ///< `errc::nonexistent_time`.
    before,        ///< Read it with the offset valid before the change: 02:30 winter time, which is 03:30 summer time.
    after,         ///< Read it with the offset valid after the change: 02:30 summer time, which is 01:30 winter time.
    at_transition, ///< The instant of the change: 03:00 summer time.
};

/// The rules of one zone of the tz database. Immutable, cheap to copy and safe to use from many threads at a time.
/// The default is UTC. Two zones are equal when their names are: "Europe/Madrid" differs from a link to it.
class INCAR_CORE_EXPORT time_zone {
public:
    /// UTC, named "UTC"; needs no tz database.
    time_zone();
    static time_zone utc() { return {}; }

    /// The zone of a name of the tz database, such as "Europe/Madrid", "Etc/GMT-1" or "UTC".
    ///
    /// Reads a file the first time a name is asked for and remembers the outcome, failures included, until the process
    /// ends: for names from strangers keep a list of those you accept.
    ///
    /// Errors: `errc::not_found` when there is no such zone. That includes what is no name of the database though
    /// the system might know it: paths, "localtime", "posixrules", names below "posix/" and "right/" (the latter count
    /// leap seconds), POSIX rules like "CET-1CEST" and offsets like "+01:00" or "Fixed/UTC+01:00:00".
    static expected<time_zone> find(std::string_view iana_name);

    /// Whether `find` would succeed, without remembering the names for which it would not: for names from strangers.
    /// Looks for a file; a name that has been found once is not looked for again.
    static bool exists(std::string_view iana_name);

    /// The name it was found by.
    const std::string& name() const noexcept;

    /// What the clocks show at an instant.
    local_time to_local(timestamp at) const;

    /// The instant at which the clocks show `local`. Milliseconds are kept, except by `when_skipped::at_transition`.
    ///
    /// Errors: `errc::ambiguous_time` and `errc::nonexistent_time` as the policies say; `errc::out_of_range` with the
    /// member's name when a member of `local` is outside its range, or when the instant is outside the years 0000 to
    /// 9999 in UTC.
    expected<timestamp> to_utc(const civil_time& local, when_ambiguous fold = when_ambiguous::refuse,
                               when_skipped gap = when_skipped::refuse) const;

    /// The first instant after `at` from which another offset, daylight saving flag or abbreviation holds; none where
    /// the rules foresee no further change. A local day is free of changes of offset when there is none in it.
    std::optional<timestamp> next_transition(timestamp at) const;

    friend bool operator==(const time_zone& left, const time_zone& right) noexcept {
        return left.name() == right.name();
    }
    friend bool operator!=(const time_zone& left, const time_zone& right) noexcept { return !(left == right); }

    time_zone(const time_zone&) = default;
    time_zone& operator=(const time_zone&) = default;
    ~time_zone() = default;

private:
    struct rules;
    explicit time_zone(std::shared_ptr<const rules> found);

    std::shared_ptr<const rules> rules_;
};

} // namespace incar
