#include <incar/net/error.hpp>

namespace incar::net {
namespace {

const char* text_of(errc code) {
    switch (code) {
    case errc::timed_out: return "timed out";
    case errc::not_resolved: return "not resolved";
    case errc::address_refused: return "address refused";
    case errc::not_connected: return "not connected";
    case errc::tls_refused: return "TLS refused";
    case errc::connection_lost: return "connection lost";
    case errc::malformed_answer: return "malformed answer";
    case errc::response_too_large: return "response too large";
    case errc::cancelled: return "cancelled";
    }
    return "unknown error";
}

class category final : public std::error_category {
    const char* name() const noexcept override { return "incar.net"; }
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

} // namespace incar::net
