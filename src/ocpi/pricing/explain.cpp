#include <incar/ocpi/pricing.hpp>

namespace incar::ocpi::pricing {

std::string explain(const line& of) {
    const auto number = [](std::size_t index) { return std::to_string(index + 1); };
    switch (of.kind) {
    case line_kind::raised_to_min_price: return "raised to the least price of the tariff";
    case line_kind::lowered_to_max_price: return "lowered to the highest price of the tariff";
    case line_kind::unpriced: return "no element that prices this applies here";
    case line_kind::component: break;
    }
    std::string text = "element " + number(of.element) + " is the first to price this here";
    if (of.step_size > 0) {
        const char* unit = of.dimension == v221::tariff_dimension_type::energy ? " kWh" : " s";
        const char* step_unit = of.dimension == v221::tariff_dimension_type::energy ? " Wh" : " s";
        text += "; " + format(of.step_extra.without_trailing_zeros()) + unit + " more fill the last step of " +
                std::to_string(of.step_size) + step_unit;
    }
    return text;
}

} // namespace incar::ocpi::pricing
