#include <incar/core/error.hpp>

namespace incar {
namespace {

const char* text_of(errc code) {
    switch (code) {
    case errc::malformed: return "malformed";
    case errc::wrong_type: return "wrong type";
    case errc::wrong_length: return "wrong length";
    case errc::missing: return "missing";
    case errc::unknown_member: return "unknown member";
    case errc::duplicate: return "duplicate";
    case errc::out_of_range: return "out of range";
    case errc::not_finite: return "not finite";
    case errc::inconsistent: return "inconsistent";
    case errc::overflow: return "overflow";
    case errc::limit_exceeded: return "limit exceeded";
    case errc::currency_mismatch: return "currency mismatch";
    case errc::nonexistent_time: return "nonexistent time";
    case errc::ambiguous_time: return "ambiguous time";
    case errc::not_found: return "not found";
    case errc::unavailable: return "unavailable";
    }
    return "unknown error";
}

class category final : public std::error_category {
    const char* name() const noexcept override { return "incar"; }
    std::string message(int code) const override { return text_of(static_cast<errc>(code)); }
};

} // namespace

const std::error_category& error_category() noexcept {
    static const category instance;
    return instance;
}

std::error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), error_category()};
}

std::string format(const error& failure) {
    std::string text = failure.where.empty() ? "" : failure.where + ": ";
    return text + failure.message + " (" + failure.code.message() + ")";
}

exception::exception(incar::error failure) : std::runtime_error(format(failure)), error_(std::move(failure)) {}

} // namespace incar
