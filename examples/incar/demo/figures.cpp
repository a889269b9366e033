#include "figures.hpp"

namespace incar::demo {

expected<civil_time> parse_date(const std::string& text) {
    const auto midnight = timestamp::parse(text + "T00:00:00Z");
    if (!midnight || text.size() != 10)
        return error{errc::malformed, "", "'" + text + "' is no date of the form 2019-03-14"};
    return to_civil(*midnight);
}

std::string format_date(const civil_time& date) {
    return format(from_civil(date).value()).substr(0, 10);
}

} // namespace incar::demo
