#include "ocpi/pricing/tariff_rules.hpp"
#include "ocpi/v221/shapes.hpp"

#include <incar/core/money.hpp>

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

// -- what could not be read

// Members whose absence changes a price; all others may be missing.
bool prices_something(std::string_view record, std::string_view member) {
    constexpr std::pair<std::string_view, std::string_view> table[] = {
        {"Tariff", "currency"},     {"Tariff", "elements"},      {"TariffElement", "price_components"},
        {"PriceComponent", "type"}, {"PriceComponent", "price"}, {"PriceComponent", "step_size"},
        {"Price", "excl_vat"}};
    return std::find(std::begin(table), std::end(table), std::pair(record, member)) != std::end(table);
}

// The first member that was not read and matters; its place is relative to the object.
std::optional<error> find_unread(const json::shape& type, const void* object, bool ignore_unknown) {
    const auto inside = [&](const json::shape& shape, const void* member, auto name) -> std::optional<error> {
        auto found = find_unread(shape, member, ignore_unknown);
        if (found) found->where = (json::pointer() / name).text() + found->where;
        return found;
    };
    if (type.kind == json::kind::list) {
        const json::shape& element = type.element();
        if (element.kind != json::kind::record) return std::nullopt;
        for (std::size_t i = 0; i < type.size(object); ++i)
            if (auto found = inside(element, type.at(object, i), i)) return found;
        return std::nullopt;
    }
    for (const auto& entry : type.extra_of(object).entries()) {
        const std::string place = (json::pointer() / entry.name).text();
        if (entry.reason == json::extra::reason::unread)
            return error{errc::malformed, place, "this could not be read, so it cannot be priced"};
        if (entry.reason == json::extra::reason::absent && prices_something(type.name, entry.name))
            return error{errc::missing, place, "this is needed for a price"};
        if (entry.reason == json::extra::reason::unknown && type.name == "TariffRestrictions" && !ignore_unknown)
            return error{errc::unknown_member, place, "a restriction that nobody knows cannot be priced"};
    }
    for (std::size_t i = 0; i < type.field_count; ++i) {
        const json::field& field = type.fields[i];
        const json::shape& shape = field.type();
        if (shape.kind != json::kind::record && shape.kind != json::kind::list) continue;
        if (const void* member = field.find(object))
            if (auto found = inside(shape, member, field.name)) return found;
    }
    return std::nullopt;
}

// The places of the errors that follow are relative to the tariff.

expected<void> read_components(const v221::tariff_element& element, std::size_t index, tariff_rules& to) {
    const auto place = [&] { return json::pointer("/elements") / index / "price_components"; };
    const auto& all = element.price_components;
    if (all.empty()) return error{errc::missing, place().text(), "an element needs at least one price component"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const v221::price_component& each = all[i];
        const auto fault = [&](errc code, const char* member, const char* message) {
            return error{code, (place() / i / member).text(), message};
        };
        const auto type = each.type.known();
        if (!type) return fault(errc::out_of_range, "type", "this dimension cannot be priced");
        if (each.step_size < 0) return fault(errc::out_of_range, "step_size", "0 or more is needed");
        if (each.vat && *each.vat < 0) return fault(errc::out_of_range, "vat", "0 or more is needed");
        auto& list = to.components[static_cast<std::size_t>(*type)];
        if (!list.empty() && list.back().element == index)
            return fault(errc::duplicate, "type", "the element prices this dimension twice");
        list.push_back({index, i, &each, each.vat.value_or(decimal()).without_trailing_zeros()});
    }
    return {};
}

// -- where answers change

template <class T>
void sort_unique(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

void note_events(const restriction& from, tariff_rules& to) {
    const auto note = [](auto& list, const auto& bounds) {
        if (bounds.from) list.push_back(*bounds.from);
        if (bounds.until) list.push_back(*bounds.until);
    };
    if (from.time_of_day) note(to.times_of_day, *from.time_of_day);
    note(to.energies, from.energy);
    note(to.durations, from.duration);
    note(to.powers, from.power);
    note(to.currents, from.current);
    to.uses_local_time |= from.time_of_day || from.days.from || from.days.until || from.weekdays != 0x7f;
}

expected<void> check_limits(const v221::tariff& from) {
    if (!from.min_price || !from.max_price) return {};
    const v221::price &low = *from.min_price, &high = *from.max_price;
    if (high.excl_vat < low.excl_vat || (low.incl_vat && high.incl_vat && *high.incl_vat < *low.incl_vat))
        return error{errc::inconsistent, "/max_price", "it lies below min_price"};
    return {};
}

expected<tariff_rules> compile(const v221::tariff& from, int energy_scale, const policy& rules) {
    if (auto unread = find_unread(shape_of<v221::tariff>(), &from, rules.ignore_unknown_restrictions)) return *unread;
    if (auto done = check_limits(from); !done) return done.error();
    if (from.elements.empty()) return error{errc::missing, "/elements", "a tariff needs elements"};
    if (from.elements.size() > max_elements)
        return error{errc::limit_exceeded, "/elements", "so many elements are no tariff"};
    tariff_rules to;
    to.source = &from;
    to.restrictions.reserve(from.elements.size());
    for (std::size_t i = 0; i < from.elements.size(); ++i) {
        if (auto done = read_components(from.elements[i], i, to); !done) return done.error();
        restriction& rule = to.restrictions.emplace_back();
        if (from.elements[i].restrictions) {
            const auto given = read(*from.elements[i].restrictions, energy_scale);
            if (!given) return at(json::pointer("/elements") / i / "restrictions", given.error());
            rule = *given;
        }
        note_events(rule, to);
    }
    if (to.uses_local_time) to.times_of_day.push_back(0);
    for (auto* list : {&to.times_of_day, &to.energies, &to.durations}) sort_unique(*list);
    for (auto* list : {&to.powers, &to.currents}) sort_unique(*list);
    to.uses_power = !to.powers.empty();
    to.uses_current = !to.currents.empty();
    return to;
}

} // namespace

int energy_decimals(const v221::tariff& from) {
    int decimals = 0;
    for (const auto& element : from.elements)
        if (element.restrictions)
            for (const auto* each : {&element.restrictions->min_kwh, &element.restrictions->max_kwh})
                if (*each) decimals = std::max(decimals, (*each)->without_trailing_zeros().scale());
    return decimals;
}

expected<std::vector<tariff_rules>> compile_all(const std::vector<v221::tariff>& tariffs, int energy_scale,
                                                const policy& rules) {
    if (tariffs.empty()) return error{errc::missing, "/tariffs", "there is no tariff"};
    std::vector<tariff_rules> compiled;
    compiled.reserve(tariffs.size());
    for (std::size_t i = 0; i < tariffs.size(); ++i) {
        const auto fault = [&](errc code, const char* message) {
            return error{code, (json::pointer("/tariffs") / i / "currency").text(), message};
        };
        auto each = compile(tariffs[i], energy_scale, rules);
        if (!each) return at(json::pointer("/tariffs") / i, each.error());
        compiled.push_back(std::move(*each));
        if (!currency::parse(tariffs[i].currency))
            return fault(errc::malformed, "three capital letters are needed, such as EUR");
        if (tariffs[i].currency != tariffs[0].currency)
            return fault(errc::currency_mismatch, "the first tariff has another currency");
    }
    return compiled;
}

expected<std::size_t> index_of(const std::vector<v221::tariff>& tariffs, const id<v221::tariff>& wanted) {
    std::size_t found = none;
    for (std::size_t i = 0; i < tariffs.size(); ++i) {
        if (tariffs[i].id != wanted) continue;
        if (found != none) return error{errc::duplicate, "", "two of the tariffs have this id"};
        found = i;
    }
    if (found == none) return error{errc::not_found, "", "none of the tariffs has this id"};
    return found;
}

} // namespace incar::ocpi::pricing
