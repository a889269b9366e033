#pragma once

/// \file
/// OpenSSL for what a hub or a party must not keep in the clear: digests of tokens to look them up by, and encryption
/// for those that must be read again.
///
///     const auto key = adapters::read_or_make_key("/var/lib/hub/secret.key");
///     if (!key) return key.error();
///     ports.fingerprint = adapters::make_fingerprint(*key).value();      // hub::hub_ports, or party's
///     const auto sealing = adapters::make_sealing({*key}).value();
///     ports.seal = sealing.seal;
///     ports.open = sealing.open;
///
/// Whoever steals the store without the key learns nothing from it, not even by trying likely tokens. Keep the key file
/// out of the store's backups. One key serves both: the keys in use are derived from it (RFC 5869 section 2.3), one for
/// each purpose.

#include <incar/core/expected.hpp>
#include <incar/core/random.hpp>
#include <incar/crypto_openssl/export.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace incar::adapters {

/// The length of a key, in bytes.
constexpr std::size_t key_bytes = 32;

/// HMAC-SHA-256 (RFC 2104) under a key derived from this one, as 64 lower-case hexadecimal digits: the same for the
/// same text and key for ever. Safe to use from many threads at a time. Errors: errc::wrong_length at "/key".
///
/// The function throws incar::exception with errc::unavailable when OpenSSL cannot serve, for want of memory; so do
/// those below.
INCAR_CRYPTO_OPENSSL_EXPORT expected<std::function<std::string(const std::string&)>>
make_fingerprint(const std::string& key);

/// Two functions that undo one another. Safe to use from many threads at a time.
struct sealing {
    /// Any bytes, encrypted with AES-256-GCM (NIST SP 800-38D) under a random nonce of 96 bits: the same text is sealed
    /// differently each time. Letters, digits and dots: "gcm1.", the key's mark, and twice the text's bytes and 56 more
    /// as hexadecimal digits. The length of the text shows. One key is good for 2^32 texts.
    std::function<std::string(const std::string&)> seal;

    /// The text. Errors, never with anything of the text in the message: errc::malformed for what `seal` does not
    /// write, errc::not_found for another key's mark, errc::inconsistent when a byte was changed.
    std::function<expected<std::string>(const std::string&)> open;
};

/// Seals with the first key, and opens what was sealed with any of them: to change keys put the new one in front and
/// drop the old one when everything has been sealed again. Errors: errc::missing at "/keys" for none,
/// errc::wrong_length at "/keys/1". `random` must be fit for secrets and safe to use from many threads.
INCAR_CRYPTO_OPENSSL_EXPORT expected<sealing> make_sealing(const std::vector<std::string>& keys,
                                                           random_source random = system_random());

/// The key in a file: one line of 64 lower-case hexadecimal digits. When there is no such file it is made, with random
/// bytes and readable by its owner alone (mode 0600), whole or not at all also when several processes begin at once.
/// Errors, at "/file": errc::malformed for another content, errc::inconsistent for a file that others may read or
/// write, errc::unavailable with the system's message.
INCAR_CRYPTO_OPENSSL_EXPORT expected<std::string> read_or_make_key(const std::string& file,
                                                                   const random_source& random = system_random());

} // namespace incar::adapters
