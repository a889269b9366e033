#include "net/characters.hpp"

#include <incar/net/address.hpp>

#include <algorithm>
#include <optional>

namespace incar::net {
namespace {

using v4_bytes = std::array<std::uint8_t, 4>;
using v6_bytes = std::array<std::uint8_t, 16>;

constexpr std::size_t v4_at = 12; // in ::ffff:a.b.c.d
constexpr v6_bytes mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};

bool begins_with(const v6_bytes& bytes, const v6_bytes& prefix, int bits) noexcept {
    for (std::size_t i = 0; bits > 0; ++i, bits -= 8) {
        const int mask = bits >= 8 ? 0xff : 0xff << (8 - bits);
        if (((bytes[i] ^ prefix[i]) & mask) != 0) return false;
    }
    return true;
}

v4_bytes v4_inside(const v6_bytes& bytes, std::size_t at) noexcept {
    return {bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]};
}

std::optional<v4_bytes> read_v4(std::string_view text) {
    v4_bytes bytes{};
    for (std::size_t i = 0; i < 4; ++i) {
        std::size_t digits = 0;
        unsigned number = 0;
        while (digits < text.size() && digits < 4 && is_digit(text[digits]))
            number = number * 10 + static_cast<unsigned>(text[digits++] - '0');
        if (digits == 0 || number > 255 || (digits > 1 && text[0] == '0')) return {};
        bytes[i] = static_cast<std::uint8_t>(number);
        text.remove_prefix(digits);
        if (i == 3) break;
        if (text.empty() || text.front() != '.') return {};
        text.remove_prefix(1);
    }
    return text.empty() ? std::optional(bytes) : std::nullopt;
}

// The groups on one side of "::"; nothing when the text is no list of groups.
std::optional<std::vector<std::uint8_t>> read_groups(std::string_view text, bool may_end_in_v4) {
    std::vector<std::uint8_t> bytes;
    while (!text.empty()) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (colon == std::string_view::npos && may_end_in_v4 && group.find('.') != std::string_view::npos) {
            const auto v4 = read_v4(group);
            if (!v4) return {};
            bytes.insert(bytes.end(), v4->begin(), v4->end());
            return bytes;
        }
        if (group.empty() || group.size() > 4) return {};
        unsigned number = 0;
        for (const char c : group) {
            if (hexadecimal_digit(c) < 0) return {};
            number = number * 16 + static_cast<unsigned>(hexadecimal_digit(c));
        }
        bytes.push_back(static_cast<std::uint8_t>(number >> 8));
        bytes.push_back(static_cast<std::uint8_t>(number & 0xff));
        if (colon == std::string_view::npos) return bytes;
        text.remove_prefix(colon + 1);
        if (text.empty()) return {};
    }
    return bytes;
}

std::optional<v6_bytes> read_v6(std::string_view text) {
    v6_bytes bytes{};
    const std::size_t gap = text.find("::");
    const auto head = read_groups(text.substr(0, gap), gap == std::string_view::npos);
    if (!head) return {};
    if (gap == std::string_view::npos) {
        if (head->size() != 16) return {};
        std::copy(head->begin(), head->end(), bytes.begin());
        return bytes;
    }
    const auto tail = read_groups(text.substr(gap + 2), true);
    if (!tail || head->size() + tail->size() > 14) return {};
    std::copy(head->begin(), head->end(), bytes.begin());
    std::copy_backward(tail->begin(), tail->end(), bytes.end());
    return bytes;
}

bool is_public_v4(const v4_bytes& v4) noexcept {
    const auto in = [&](v4_bytes block, int bits) {
        return address_block{ip_address(block), bits}.contains(ip_address(v4));
    };
    return !(in({0, 0, 0, 0}, 8) ||       // this network
             in({10, 0, 0, 0}, 8) ||      // private
             in({100, 64, 0, 0}, 10) ||   // shared behind a carrier's translator
             in({127, 0, 0, 0}, 8) ||     // loopback
             in({169, 254, 0, 0}, 16) ||  // link-local, metadata of clouds
             in({172, 16, 0, 0}, 12) ||   // private
             in({192, 0, 0, 0}, 24) ||    // protocol assignments
             in({192, 0, 2, 0}, 24) ||    // documentation
             in({192, 88, 99, 0}, 24) ||  // former 6to4 relays
             in({192, 168, 0, 0}, 16) ||  // private
             in({198, 18, 0, 0}, 15) ||   // benchmarking
             in({198, 51, 100, 0}, 24) || // documentation
             in({203, 0, 113, 0}, 24) ||  // documentation
             in({224, 0, 0, 0}, 3));      // multicast, reserved, broadcast
}

bool is_public_v6(const v6_bytes& bytes) noexcept {
    const auto in = [&](const v6_bytes& block, int bits) { return begins_with(bytes, block, bits); };
    if (in({0, 0x64, 0xff, 0x9b}, 96)) return is_public_v4(v4_inside(bytes, 12)); // NAT64
    if (!in({0x20}, 3)) return false;                                             // not global unicast
    if (in({0x20, 0x02}, 16)) return is_public_v4(v4_inside(bytes, 2));           // 6to4
    if (in({0x20, 0x01}, 32)) {                                                   // Teredo: server, and inverted client
        v4_bytes client = v4_inside(bytes, 12);
        for (std::uint8_t& each : client) each = static_cast<std::uint8_t>(~each);
        return is_public_v4(v4_inside(bytes, 4)) && is_public_v4(client);
    }
    return !(in({0x20, 0x01}, 23) ||             // protocol assignments
             in({0x20, 0x01, 0x0d, 0xb8}, 32) || // documentation
             in({0x3f, 0xff}, 20));              // documentation
}

} // namespace

ip_address::ip_address(const std::array<std::uint8_t, 4>& v4) noexcept : bytes_(mapped_prefix) {
    std::copy(v4.begin(), v4.end(), bytes_.begin() + v4_at);
}

ip_address::ip_address(const std::array<std::uint8_t, 16>& v6) noexcept
    : bytes_(v6), v4_(begins_with(v6, mapped_prefix, 96)) {}

expected<ip_address> ip_address::parse(std::string_view text) {
    if (const auto v4 = read_v4(text)) return ip_address(*v4);
    if (const auto v6 = read_v6(text)) return ip_address(*v6);
    return error{incar::errc::malformed, "", "is no numeric IP address"};
}

std::string format(const ip_address& address) {
    const v6_bytes& bytes = address.bytes();
    std::string text;
    if (address.is_v4()) {
        for (std::size_t i = v4_at; i < bytes.size(); ++i) text += (i > v4_at ? "." : "") + std::to_string(bytes[i]);
        return text;
    }
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i) groups[i] = bytes[2 * i] * 256u + bytes[2 * i + 1];
    std::size_t gap = 8, longest = 1; // the first longest run of at least two zeros
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t end = i;
        while (end < 8 && groups[end] == 0) ++end;
        if (end - i > longest) longest = end - i, gap = i;
    }
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == gap) {
            text += "::";
            i += longest - 1;
            continue;
        }
        if (i > 0 && text.back() != ':') text += ':';
        bool leading = true;
        for (int shift = 12; shift >= 0; shift -= 4) {
            const unsigned digit = groups[i] >> shift & 15;
            leading = leading && digit == 0 && shift > 0;
            if (!leading) text += "0123456789abcdef"[digit];
        }
    }
    return text;
}

bool is_public(const ip_address& address) noexcept {
    return address.is_v4() ? is_public_v4(v4_inside(address.bytes(), v4_at)) : is_public_v6(address.bytes());
}

expected<address_block> address_block::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto first = ip_address::parse(text.substr(0, slash));
    if (!first) return first.error();
    const int longest = first->is_v4() ? 32 : 128;
    if (slash == std::string_view::npos) return address_block{*first, longest};
    const std::string_view digits = text.substr(slash + 1);
    int prefix = 0;
    for (const char c : digits) {
        if (!is_digit(c) || digits.size() > 3) return error{incar::errc::malformed, "/prefix", "is no number of bits"};
        prefix = prefix * 10 + (c - '0');
    }
    if (digits.empty()) return error{incar::errc::malformed, "/prefix", "is no number of bits"};
    if (prefix > longest) return error{incar::errc::out_of_range, "/prefix", "is longer than the address"};
    return address_block{*first, prefix};
}

bool address_block::contains(const ip_address& address) const noexcept {
    if (address.is_v4() != first.is_v4()) return false;
    const int before = first.is_v4() ? 96 : 0;
    return begins_with(address.bytes(), first.bytes(), std::clamp(prefix, 0, 128 - before) + before);
}

bool address_policy::allows(const ip_address& address) const noexcept {
    const auto contains = [&](const address_block& block) { return block.contains(address); };
    return is_public(address) || std::any_of(allowed.begin(), allowed.end(), contains);
}

} // namespace incar::net
