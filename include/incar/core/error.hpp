#pragma once

/// \file
/// What went wrong, where, and in words: every function of incar that can fail returns an `error` inside an `expected`.
///
///     incar::expected<incar::timestamp> at = incar::timestamp::parse(text);
///     if (!at) std::cerr << incar::format(at.error()) << '\n';
///
/// `code` is for programs, `message` for people, `where` for whoever must mend the input.

#include <incar/core/export.hpp>

#include <stdexcept>
#include <string>
#include <system_error>

namespace incar {

/// The ways in which input can be wrong, shared by all components. Components add codes of their own where a caller
/// has to tell them apart (for example `smac::errc`).
enum class errc {
    malformed = 1,     ///< The text does not follow its grammar (JSON, date, number, ...).
    wrong_type,        ///< A value of another type was expected, for example a number instead of a text.
    wrong_length,      ///< A text or an array is longer or shorter than it must be.
    missing,           ///< A required member or argument is absent.
    unknown_member,    ///< A member that nobody reads; refused where a misspelt name would otherwise go unnoticed.
    duplicate,         ///< The same key or identifier appears twice.
    out_of_range,      ///< The value lies outside its documented range.
    not_finite,        ///< NaN or an infinity where a finite number is required.
    inconsistent,      ///< Two values are each valid but contradict one another.
    overflow,          ///< The exact result does not fit its type.
    limit_exceeded,    ///< A limit set by the caller (size, depth, time) was reached.
    currency_mismatch, ///< Amounts of two currencies were combined.
    nonexistent_time,  ///< A local time that the clocks skip when they are set forward.
    ambiguous_time,    ///< A local time that happens twice when the clocks are set back.
    not_found,         ///< The thing named does not exist (file, time zone, identifier).
    unavailable,       ///< The operating system or an outside library could not serve.
};

/// The category of `errc`; its name is "incar".
INCAR_CORE_EXPORT const std::error_category& error_category() noexcept;

/// Makes `errc` usable wherever a `std::error_code` is expected.
INCAR_CORE_EXPORT std::error_code make_error_code(errc code) noexcept;

/// One failure. A plain value: copy it, store it, send it to another thread.
struct error {
    std::error_code code; ///< What went wrong, for programs: compare with `errc::...`.
    std::string where;    ///< JSON pointer (RFC 6901) or parameter path of the culprit, "" for the whole input.
    std::string message;  ///< The same for people: one sentence without the place, no final stop.
};

/// "where: message (code)" on one line, ready for a log.
INCAR_CORE_EXPORT std::string format(const error& failure);

/// Thrown by `expected::value()` when there is no value, and by operators that cannot return an `expected`.
/// `what()` is `format(error())`.
class INCAR_CORE_EXPORT exception : public std::runtime_error {
public:
    explicit exception(incar::error failure);
    const incar::error& error() const noexcept { return error_; }

private:
    incar::error error_;
};

} // namespace incar

template <>
struct std::is_error_code_enum<incar::errc> : std::true_type {};
