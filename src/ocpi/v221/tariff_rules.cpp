#include "ocpi/rules.hpp"

#include <algorithm>

namespace incar::ocpi::v221 {
namespace {

void vat_adds(const price& amount, const complain& wrong) {
    if (!amount.incl_vat) return;
    const bool is_negative = amount.excl_vat < decimal();
    if (is_negative ? *amount.incl_vat > amount.excl_vat : *amount.incl_vat < amount.excl_vat)
        wrong("/incl_vat", "an amount does not shrink by its tax");
}

void least_is_less(const tariff& prices, const complain& wrong) {
    if (!prices.min_price || !prices.max_price) return;
    const price &least = *prices.min_price, &most = *prices.max_price;
    if (least.excl_vat > most.excl_vat || (least.incl_vat && most.incl_vat && *least.incl_vat > *most.incl_vat))
        wrong("/max_price", "less than min_price");
}

void tariff_ends_later(const tariff& prices, const complain& wrong) {
    if (prices.start_date_time && prices.end_date_time && *prices.end_date_time <= *prices.start_date_time)
        wrong("/end_date_time", "the end is not later than the start");
}

void elements_are_reachable(const tariff& prices, const complain& wrong) {
    // An element without restrictions takes every dimension it has from those behind it.
    std::vector<tariff_dimension_type> taken;
    for (std::size_t i = 0; i < prices.elements.size(); ++i) {
        const tariff_element& element = prices.elements[i];
        const auto& components = element.price_components;
        const bool is_for_reservations = element.restrictions && element.restrictions->reservation;
        const bool is_dead = !components.empty() && !is_for_reservations &&
                             std::all_of(components.begin(), components.end(), [&](const price_component& each) {
                                 const auto type = each.type.known();
                                 return type && std::find(taken.begin(), taken.end(), *type) != taken.end();
                             });
        if (is_dead) wrong(at("elements", i), "an earlier element without restrictions always comes first");
        if (!element.restrictions)
            for (const price_component& each : components)
                if (const auto type = each.type.known()) taken.push_back(*type);
    }
}

void dimensions_differ(const tariff_element& element, const complain& wrong) {
    const auto& all = element.price_components;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (all[i].type == all[k].type) {
                wrong(at("price_components", i, "type"), "this dimension has a price already");
                break;
            }
}

void reservations_cost_time_or_a_fee(const tariff_element& element, const complain& wrong) {
    if (!element.restrictions || !element.restrictions->reservation) return;
    for (std::size_t i = 0; i < element.price_components.size(); ++i) {
        const auto type = element.price_components[i].type.known();
        if (type == tariff_dimension_type::energy || type == tariff_dimension_type::parking_time)
            wrong(at("price_components", i, "type"), "reservations are priced by FLAT and TIME only");
    }
}

void price_is_positive(const price_component& component, const complain& wrong) {
    if (component.price < decimal()) wrong("/price", "the driver would be paid");
}

void vat_is_a_percentage(const price_component& component, const complain& wrong) {
    if (component.vat && (*component.vat < decimal() || *component.vat > decimal(100)))
        wrong("/vat", "a tax is from 0 to 100 %");
}

void vat_is_no_fraction(const price_component& component, const complain& wrong) {
    if (component.vat && *component.vat > decimal() && *component.vat < decimal(1))
        wrong("/vat", "the tax is in percent: 20 means 20 %");
}

void step_is_something(const price_component& component, const complain& wrong) {
    if (component.step_size == 0) wrong("/step_size", "a step of nothing; 1 means no rounding");
}

template <class Number>
void in_order(const std::optional<Number>& least, const std::optional<Number>& most, const char* pointer,
              const complain& wrong) {
    if (least && most && !(*least < *most)) wrong(pointer, "nothing is at least the minimum and below this");
}

void bounds_are_in_order(const tariff_restrictions& when, const complain& wrong) {
    in_order(when.start_date, when.end_date, "/end_date", wrong);
    in_order(when.min_kwh, when.max_kwh, "/max_kwh", wrong);
    in_order(when.min_current, when.max_current, "/max_current", wrong);
    in_order(when.min_power, when.max_power, "/max_power", wrong);
    in_order(when.min_duration, when.max_duration, "/max_duration", wrong);
}

void times_differ(const tariff_restrictions& when, const complain& wrong) {
    if (when.start_time && when.end_time && *when.start_time == *when.end_time)
        wrong("/end_time", "equal to start_time: some read this as never, some as always");
}

void restrictions_restrict(const tariff_restrictions& when, const complain& wrong) {
    const bool restricts = when.start_time || when.end_time || when.start_date || when.end_date || when.min_kwh ||
                           when.max_kwh || when.min_current || when.max_current || when.min_power || when.max_power ||
                           when.min_duration || when.max_duration || !when.day_of_week.empty() || when.reservation;
    if (!restricts) wrong("", "restrictions that restrict nothing");
}

} // namespace

const std::vector<between_members>& tariff_rules() {
    constexpr auto specified = strictness::specified, advised = strictness::advised;
    static const std::vector<between_members> rows = {
        rule_for<price, vat_adds>("vat", specified),
        rule_for<tariff, least_is_less>("price_order", specified),
        rule_for<tariff, tariff_ends_later>("period_order", specified),
        rule_for<tariff, elements_are_reachable>("unreachable", advised),
        rule_for<tariff_element, reservations_cost_time_or_a_fee>("reservation_dimensions", specified),
        rule_for<tariff_element, dimensions_differ>("dimension_twice", advised),
        rule_for<price_component, price_is_positive>("negative", advised),
        rule_for<price_component, vat_is_a_percentage>("vat_range", advised),
        rule_for<price_component, vat_is_no_fraction>("vat_fraction", advised),
        rule_for<price_component, step_is_something>("step_size", advised),
        rule_for<tariff_restrictions, bounds_are_in_order>("bounds_order", specified),
        rule_for<tariff_restrictions, times_differ>("equal_times", advised),
        rule_for<tariff_restrictions, restrictions_restrict>("no_restriction", advised),
    };
    return rows;
}

} // namespace incar::ocpi::v221
