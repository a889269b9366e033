#include <incar/core/clock.hpp>

namespace incar {

clock system_clock() {
    return [] {
        const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
        return timestamp(std::chrono::floor<std::chrono::milliseconds>(since_1970));
    };
}

} // namespace incar
