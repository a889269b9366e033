#pragma once

#include <cstdint>

namespace incar {

/// 10^exponent, 0 to 19.
constexpr std::uint64_t power_of_ten(int exponent) {
    constexpr std::uint64_t powers[] = {1,
                                        10,
                                        100,
                                        1'000,
                                        10'000,
                                        100'000,
                                        1'000'000,
                                        10'000'000,
                                        100'000'000,
                                        1'000'000'000,
                                        10'000'000'000,
                                        100'000'000'000,
                                        1'000'000'000'000,
                                        10'000'000'000'000,
                                        100'000'000'000'000,
                                        1'000'000'000'000'000,
                                        10'000'000'000'000'000,
                                        100'000'000'000'000'000,
                                        1'000'000'000'000'000'000,
                                        10'000'000'000'000'000'000u};
    return powers[exponent];
}

} // namespace incar
