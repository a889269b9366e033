#include <incar/core/ci_string.hpp>
#include <incar/ocpi_client/authorization.hpp>

#include <optional>

namespace incar::ocpi_client {
namespace {

constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// RFC 4648 section 4.
std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k) text += k <= count ? digits[group >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    if (text.empty() || text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    unsigned group = 0;
    int bits = 0;
    for (const char c : text) {
        const auto digit = std::string_view(digits, 64).find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        group = (group << 6 | static_cast<unsigned>(digit)) & 0xffffff;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(group >> bits & 255);
    }
    return bytes;
}

} // namespace

std::string format_authorization(std::string_view token, bool plain) {
    return "Token " + (plain ? std::string(token) : to_base64(token));
}

std::vector<std::string> tokens_in_authorization(std::string_view header) {
    constexpr std::string_view scheme = "Token ";
    if (!equals_ignoring_case(header.substr(0, scheme.size()), scheme)) return {};
    header.remove_prefix(scheme.size());
    while (!header.empty() && header.front() == ' ') header.remove_prefix(1);
    if (header.empty()) return {};
    std::vector<std::string> tokens;
    if (auto decoded = from_base64(header)) {
        while (!decoded->empty() && (decoded->back() == '\n' || decoded->back() == '\r')) decoded->pop_back();
        if (!decoded->empty() && is_printable_ascii(*decoded)) tokens.push_back(*decoded);
    }
    tokens.emplace_back(header);
    return tokens;
}

bool equal_secrets(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        difference = static_cast<unsigned char>(difference | (left[i] ^ right[i]));
    return difference == 0;
}

} // namespace incar::ocpi_client
