// Pricing: Python's values to C++ and bills back. None holds Python's lock while it computes.

#include "ocpi/v221/shapes.hpp"
#include "ocpi_record.hpp"

#include <incar/ocpi/check_cdr.hpp>
#include <incar/ocpi/quote.hpp>

#include <pybind11/chrono.h>

namespace incar::python {
namespace {

namespace pricing = ocpi::pricing;
namespace v221 = ocpi::v221;

// -- from Python

template <class T>
T struct_in(py::handle value, const place& where) {
    const json::shape& type = ocpi::shape_of<T>();
    accepted(type, value, where);
    const rooted found = struct_of(as_record(value));
    return *static_cast<const T*>(found.object);
}

// Each element of a list or tuple with its place.
template <class F>
void for_each(py::handle list, const place& where, F&& visit) {
    if (!PySequence_Check(list.ptr()) || PyUnicode_Check(list.ptr())) refuse(list, where.text().c_str(), "a list");
    const py::tuple elements(py::reinterpret_borrow<py::object>(list));
    for (std::size_t i = 0; i < elements.size(); ++i) visit(py::object(elements[i]), where.below(i));
}

template <class T>
std::vector<T> structs_in(py::handle list, const place& where) {
    std::vector<T> all;
    for_each(list, where, [&](const py::object& each, const place& here) { all.push_back(struct_in<T>(each, here)); });
    return all;
}

// One member of one of Python's dataclasses.
struct argument {
    py::object owner;
    const place& where;

    py::object value(const char* name) const {
        if (!py::hasattr(owner, name))
            refuse(owner, where.text().c_str(), ("an object with the attribute '" + std::string(name) + "'").c_str());
        return owner.attr(name);
    }
    timestamp instant(const char* name) const { return to_instant(value(name), where.below(name).text().c_str()); }
    decimal number(const char* name) const { return to_decimal(value(name), where.below(name)); }
    std::optional<timestamp> maybe_instant(const char* name) const {
        return value(name).is_none() ? std::nullopt : std::optional(instant(name));
    }
    std::optional<decimal> maybe_number(const char* name) const {
        return value(name).is_none() ? std::nullopt : std::optional(number(name));
    }
    bool flag(const char* name) const {
        return accepted(json::shape_for<bool>::get(), value(name), where.below(name)).cast<bool>();
    }
    // The word's place in the list.
    template <class Enum>
    Enum word(const char* name, std::initializer_list<const char*> words) const {
        const std::string given = to_text(value(name), where.below(name).text().c_str());
        int index = 0;
        std::string all;
        for (const char* each : words) {
            if (given == each) return static_cast<Enum>(index);
            all += (index++ > 0 ? ", '" : "'") + std::string(each) + "'";
        }
        throw py::value_error(where.below(name).text() + ": one of " + all + " is possible, not '" + given + "'");
    }
};

std::chrono::milliseconds to_duration(py::handle value, const place& where) {
    if (!py::isinstance(value, py::module_::import("datetime").attr("timedelta")))
        refuse(value, where.text().c_str(), "a timedelta");
    return value.cast<std::chrono::milliseconds>();
}

std::optional<time_zone> to_zone(py::handle name) {
    if (name.is_none()) return std::nullopt;
    const auto found = time_zone::find(to_text(name, "zone"));
    if (!found) throw exception({found.error().code, "zone", found.error().message});
    return *found;
}

pricing::policy to_policy(const py::object& given) {
    const place root;
    const place where = root.below("policy");
    const argument from{given, where};
    pricing::policy rules;
    rules.time_steps = from.word<pricing::time_step_rule>("time_steps", {"parking", "last", "together"});
    rules.reservation_steps =
        from.word<pricing::reservation_step_rule>("reservation_steps", {"separate", "with_session"});
    rules.tariff_steps = from.word<pricing::tariff_step_rule>("tariff_steps", {"last_tariff", "whole_session"});
    rules.zero_price = from.word<pricing::zero_price_rule>("zero_price", {"free", "billed"});
    rules.next_step_at_exact_multiples = from.flag("next_step_at_exact_multiples");
    rules.flat = from.word<pricing::flat_rule>("flat", {"each_tariff", "each_session", "each_component"});
    rules.expired_flat = from.word<pricing::expired_flat_rule>("expired_flat", {"replaced", "added"});
    rules.duration = from.word<pricing::duration_rule>("duration", {"session", "with_reservation", "same_kind"});
    rules.discharging = from.word<pricing::discharging_rule>("discharging", {"refuse", "net"});
    rules.periods = from.word<pricing::period_rule>("periods", {"when_price_changes", "at_every_reading"});
    rules.hours = from.word<pricing::hours_rule>("hours", {"rounded_length", "as_written"});
    rules.ignore_unknown_restrictions = from.flag("ignore_unknown_restrictions");
    rules.volume_digits = to_whole(from.value("volume_digits"), "/policy/volume_digits");
    return rules;
}

pricing::session to_session(const py::tuple& given) {
    const place root;
    const place session = root.below("session");
    pricing::session made;
    made.zone = to_zone(given[0]);
    for_each(given[1], session.below("readings"), [&](const py::object& each, const place& where) {
        const argument from{each, where};
        made.readings.push_back({from.instant("at"), from.number("energy_kwh"),
                                 from.word<pricing::vehicle>("vehicle", {"charging", "parked"}),
                                 from.maybe_number("current_a"), from.maybe_number("power_kw")});
    });
    if (const py::object reservation = given[2]; !reservation.is_none()) {
        const place where = session.below("reservation");
        const argument from{reservation, where};
        made.reservation = pricing::reservation{from.instant("start"), from.maybe_instant("expired_at")};
    }
    for_each(given[3], session.below("tariff_changes"), [&](const py::object& each, const place& where) {
        const argument from{each, where};
        made.tariff_changes.push_back(
            {from.instant("at"),
             id<v221::tariff>(to_text(from.value("tariff_id"), where.below("tariff_id").text().c_str()))});
    });
    return made;
}

pricing::recorded_session to_recorded_session(const py::tuple& given) {
    return {to_zone(given[0]), to_instant(given[1], "start"), to_instant(given[2], "end"),
            structs_in<v221::charging_period>(given[3], place().below("charging_periods"))};
}

pricing::request to_request(const py::tuple& given) {
    const place root;
    const place request = root.below("request");
    pricing::request made;
    made.zone = to_zone(given[0]);
    made.start = to_instant(given[1], "/request/start");
    made.energy_kwh = to_decimal(given[2], request.below("energy_kwh"));
    for_each(given[3], request.below("curve"), [&](const py::object& each, const place& where) {
        const argument from{each, where};
        made.curve.push_back({to_duration(from.value("after"), where.below("after")), from.number("power_kw"),
                              from.maybe_number("current_a")});
    });
    made.parking = to_duration(given[4], request.below("parking"));
    if (const py::object at = given[5]; !at.is_none()) made.reserved_at = to_instant(at, "/request/reserved_at");
    return made;
}

// -- to Python

template <class T>
py::object record_of(const T& content) {
    const json::shape& type = ocpi::shape_of<T>();
    auto made = std::make_shared<tree>(type);
    *static_cast<T*>(made->object) = content;
    return new_record(type, {made, made->object});
}

py::tuple to_tuple(const pricing::cost& of) {
    return py::make_tuple(of.excl_vat.text(), of.incl_vat.text(), of.taxed);
}

py::dict to_dict(const pricing::line& of) {
    constexpr const char* kinds[] = {"component", "unpriced", "raised_to_min_price", "lowered_to_max_price"};
    const bool is_component = of.kind == pricing::line_kind::component;
    const bool is_limit = !is_component && of.kind != pricing::line_kind::unpriced;
    const auto component_only = [&](std::size_t index) -> py::object {
        return is_component ? py::object(py::int_(index)) : py::object(py::none());
    };
    const ocpi::open_enum<v221::tariff_dimension_type> dimension(of.dimension);
    const json::shape& words = json::shape_for<ocpi::open_enum<v221::tariff_dimension_type>>::get();
    py::dict made;
    made["kind"] = kinds[static_cast<int>(of.kind)];
    made["tariff"] = of.tariff;
    made["element"] = component_only(of.element);
    made["component"] = component_only(of.component);
    made["period"] = of.period;
    made["dimension"] = is_limit ? py::object(py::none()) : word_of(words, py::str(std::string(dimension.text())));
    made["of_reservation"] = of.of_reservation;
    made["quantity"] = from_decimal(of.quantity);
    made["step_extra"] = from_decimal(of.step_extra);
    made["step_size"] = of.step_size;
    made["price"] = from_decimal(of.price);
    made["excl_vat"] = of.excl_vat.text();
    made["vat_percent"] = of.vat_percent ? from_decimal(*of.vat_percent) : py::object(py::none());
    made["vat"] = of.vat.text();
    made["reason"] = explain(of);
    return made;
}

py::dict to_dict(const pricing::bill& of) {
    py::list lines, periods;
    for (const pricing::line& each : of.lines) lines.append(to_dict(each));
    for (const v221::charging_period& each : of.periods) periods.append(record_of(each));
    py::dict made;
    made["currency"] = of.currency;
    made["total"] = to_tuple(of.total);
    made["fixed"] = to_tuple(of.fixed);
    made["energy"] = to_tuple(of.energy);
    made["time"] = to_tuple(of.time);
    made["parking"] = to_tuple(of.parking);
    made["reservation"] = to_tuple(of.reservation);
    made["lines"] = lines;
    made["periods"] = periods;
    made["start"] = from_instant(of.start, place().below("start"));
    made["end"] = from_instant(of.end, place().below("end"));
    made["energy_kwh"] = from_decimal(of.energy_kwh);
    made["session_time"] = py::cast(of.session_time);
    made["parking_time"] = py::cast(of.parking_time);
    made["reservation_time"] = py::cast(of.reservation_time);
    return made;
}

// -- functions

template <class Session,
          expected<pricing::bill> (*Price)(const std::vector<v221::tariff>&, const Session&, const pricing::policy&),
          Session (*Read)(const py::tuple&)>
py::dict priced(const py::object& tariffs, const py::tuple& given, const py::object& policy) {
    const auto among = structs_in<v221::tariff>(tariffs, place().below("tariffs"));
    const Session session = Read(given);
    const pricing::policy rules = to_policy(policy);
    const auto owed = [&] {
        const py::gil_scoped_release others_may_run;
        return Price(among, session, rules);
    }();
    return to_dict(owed.value());
}

py::dict check_cdr(const py::object& cdr, const py::object& zone, const py::object& tolerance,
                   const py::object& policy) {
    const auto received = struct_in<v221::cdr>(cdr, place().below("cdr"));
    pricing::check_options how;
    how.zone = to_zone(zone);
    how.rules = to_policy(policy);
    if (!tolerance.is_none()) how.tolerance = to_decimal(tolerance, place().below("tolerance"));
    const auto checked = [&] {
        const py::gil_scoped_release others_may_run;
        return pricing::check_cdr(received, how);
    }();
    const pricing::cdr_check& found = checked.value();
    py::list differences;
    for (const pricing::difference& each : found.differences)
        differences.append(py::make_tuple(each.pointer, each.stated, each.computed, each.message));
    py::dict made;
    made["computed"] = found.computed ? py::object(to_dict(*found.computed)) : py::object(py::none());
    made["differences"] = differences;
    return made;
}

} // namespace

void bind_pricing(py::module_& module) {
    module.def("price", &priced<pricing::session, pricing::price, to_session>);
    module.def("price_periods", &priced<pricing::recorded_session, pricing::price_periods, to_recorded_session>);
    module.def("quote", &priced<pricing::request, pricing::quote, to_request>);
    module.def("check_cdr", &check_cdr);
}

} // namespace incar::python
