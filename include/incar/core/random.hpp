#pragma once

/// \file
/// Where a host takes random bytes from: the operating system, or a seed in tests and simulations.
///
///     const random_source random = system_random();
///     const std::string token = random_token(random, 32);     // 64 hexadecimal digits
///
/// A `random_source` is for hosts and adapters. A core takes random bytes as arguments, or a source among the ports it
/// is given; it never asks the system by itself.

#include <incar/core/export.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace incar {

/// Fills `count` bytes from `bytes` on with random ones.
using random_source = std::function<void(unsigned char* bytes, std::size_t count)>;

/// The operating system's generator for cryptography: suitable for tokens, keys and nonces. Safe to use from many
/// threads at a time. The source throws incar::exception with `errc::unavailable` should the system have no random
/// bytes.
INCAR_CORE_EXPORT random_source system_random();

/// The same bytes for the same seed on every platform, however many are taken at a time (SplitMix64). Whoever has seen
/// a few can tell the rest: not for tokens nor anything else secret. Used by one thread at a time; copies of the
/// source draw from one sequence.
INCAR_CORE_EXPORT random_source seeded_random(std::uint64_t seed);

/// So many random bytes as lower-case hexadecimal digits, two a byte. 16 bytes cannot be guessed.
INCAR_CORE_EXPORT std::string random_token(const random_source& random, std::size_t bytes);

} // namespace incar
