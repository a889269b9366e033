#pragma once

// What OpenSSL does for us, on bytes. All throw incar::exception when it cannot.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_mac_ctx_st; // OpenSSL's EVP_MAC_CTX

namespace incar::adapters::openssl {

constexpr std::size_t nonce_bytes = 12, tag_bytes = 16;

// 32 bytes (RFC 2104).
std::string hmac_sha256(std::string_view key, std::string_view text);

// The same of many texts under one key, which is prepared once. Any number of threads may use it.
class keyed_digest {
public:
    explicit keyed_digest(std::string_view key);
    std::string of(std::string_view text) const;

private:
    std::shared_ptr<const evp_mac_ctx_st> prepared_;
};

// 32 bytes for one purpose: the first block of HKDF-Expand (RFC 5869 section 2.3).
std::string derived_key(std::string_view key, std::string_view purpose);

// The ciphertext and the tag. `beside` is not encrypted but may not be changed either.
std::string encrypt(std::string_view key, std::string_view nonce, std::string_view beside, std::string_view text);

// Nothing when the tag does not fit.
std::optional<std::string> decrypt(std::string_view key, std::string_view nonce, std::string_view beside,
                                   std::string_view ciphertext_and_tag);

std::string to_hexadecimal(std::string_view bytes);

// Lower case alone, so that no two texts mean the same bytes.
std::optional<std::string> from_hexadecimal(std::string_view text);

} // namespace incar::adapters::openssl
