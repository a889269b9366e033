#pragma once

/// \file
/// Numeric IP addresses, and which of them a server may be sent to on behalf of somebody else.
///
///     net::address_policy policy;                                          // the public internet and nothing else
///     policy.allowed.push_back(net::address_block::parse("10.20.0.0/16").value());
///     if (!policy.allows(address)) refuse();
///
/// Whoever fetches a URL that a partner supplied (a callback, a versions endpoint) must not be led to the own network
/// or to the metadata service of a cloud. Ask the policy about the address that is really connected to, after name
/// resolution: a host name proves nothing. Plain values: distinct objects are independent.

#include <incar/core/expected.hpp>
#include <incar/net/export.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace incar::net {

/// An IPv4 or IPv6 address. An IPv4 address written into IPv6 as ::ffff:a.b.c.d is the IPv4 address. The default is
/// 0.0.0.0.
class INCAR_NET_EXPORT ip_address {
public:
    ip_address() noexcept : ip_address(std::array<std::uint8_t, 4>{}) {}
    explicit ip_address(const std::array<std::uint8_t, 4>& v4) noexcept;
    explicit ip_address(const std::array<std::uint8_t, 16>& v6) noexcept;

    /// Reads the strict spellings alone: four decimal numbers without leading zeros, or RFC 4291 section 2.2 without
    /// brackets and zone. Errors: incar::errc::malformed.
    static expected<ip_address> parse(std::string_view text);

    bool is_v4() const noexcept { return v4_; }

    /// In network order; an IPv4 address as the last four bytes of ::ffff:a.b.c.d.
    const std::array<std::uint8_t, 16>& bytes() const noexcept { return bytes_; }

    friend bool operator==(const ip_address& left, const ip_address& right) { return left.bytes_ == right.bytes_; }
    friend bool operator!=(const ip_address& left, const ip_address& right) { return !(left == right); }

private:
    std::array<std::uint8_t, 16> bytes_{};
    bool v4_ = true;
};

/// The usual text: "192.0.2.1", "2001:db8::1" (RFC 5952).
INCAR_NET_EXPORT std::string format(const ip_address& address);

/// Whether the address belongs to the public internet and to one host on it. Not public are loopback, private,
/// shared (100.64.0.0/10), link-local, unique local, multicast, documentation, benchmarking, reserved and unspecified
/// addresses, and what lies outside 2000::/3 in IPv6. An address that carries an IPv4 address for a translator or
/// tunnel (64:ff9b::/96, 6to4, Teredo) is as public as that one. Source: the IANA special-purpose address registries.
INCAR_NET_EXPORT bool is_public(const ip_address& address) noexcept;

/// The addresses that share their first bits.
struct address_block {
    ip_address first; ///< Bits behind the prefix count for nothing.
    int prefix = 32;  ///< Number of leading bits that must agree: 0..32 for IPv4, 0..128 for IPv6.

    /// Reads "10.0.0.0/8", "fd00::/8", or one address without a prefix. Errors: incar::errc::malformed, and
    /// incar::errc::out_of_range for a prefix longer than the address.
    INCAR_NET_EXPORT static expected<address_block> parse(std::string_view text);

    /// False for an address of the other family.
    INCAR_NET_EXPORT bool contains(const ip_address& address) const noexcept;
};

/// Where connections may go: public addresses, and those on the list.
struct address_policy {
    std::vector<address_block> allowed; ///< Also these, public or not.

    INCAR_NET_EXPORT bool allows(const ip_address& address) const noexcept;
};

} // namespace incar::net
