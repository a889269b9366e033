// Any bytes as tariffs and a session: an error with a place, or a bill whose lines add up and whose CDR is right.
// The input is a CDR, priced and checked as it is; then its tariffs price readings made of its periods.

#include <incar/ocpi/check_cdr.hpp>
#include <incar/ocpi/codec.hpp>

#include <cstdint>
#include <cstdlib>

using namespace incar;
using namespace incar::ocpi;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_error(const error& failure) {
    require(failure.code && !failure.message.empty());
}

void check_bill(const pricing::bill& owed) {
    decimal excl, incl;
    const pricing::rounding_policy fine{6, rounding::half_even};
    for (const auto& line : owed.lines) {
        require(!pricing::explain(line).empty() && !line.excl_vat.text().empty());
        require(line.period < owed.periods.size());
        const auto net = line.excl_vat.rounded(fine), vat = line.vat.rounded(fine);
        if (!net || !vat) return; // too large for a decimal; the fraction is exact all the same
        const auto net_sum = add(excl, *net);
        const auto vat_sum = add(*net, *vat);
        if (!net_sum || !vat_sum || !add(incl, *vat_sum)) return;
        excl = *net_sum;
        incl = *add(incl, *vat_sum);
    }
    const decimal near(static_cast<std::int64_t>(owed.lines.size()) + 2, 6);
    const auto apart = [&](const pricing::amount& total, const decimal& sum) {
        const auto exact = total.rounded(fine);
        const auto gap = exact ? subtract(*exact, sum) : exact;
        return gap && (near < *gap || *gap < decimal() - near);
    };
    require(!apart(owed.total.excl_vat, excl) && !apart(owed.total.incl_vat, incl));
}

pricing::session readings_of(const v221::cdr& from) {
    pricing::session made;
    made.zone = time_zone::find("Europe/Madrid").value();
    decimal meter;
    for (const auto& period : from.charging_periods) {
        pricing::meter_reading now;
        now.at = period.start_date_time;
        now.energy_kwh = meter;
        for (const auto& dimension : period.dimensions) {
            if (dimension.type == v221::cdr_dimension_type::energy)
                meter = add(meter, dimension.volume).value_or(meter);
            if (dimension.type == v221::cdr_dimension_type::parking_time) now.vehicle = pricing::vehicle::parked;
            if (dimension.type == v221::cdr_dimension_type::max_current) now.current_a = dimension.volume;
            if (dimension.type == v221::cdr_dimension_type::max_power) now.power_kw = dimension.volume;
        }
        made.readings.push_back(now);
    }
    made.readings.push_back({from.end_date_time, meter});
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    decode_options options;
    options.reading = reading::lenient;
    const auto read = decode<v221::cdr>({reinterpret_cast<const char*>(bytes), size}, options);
    if (!read) return 0;
    pricing::check_options here;
    here.zone = time_zone::find("Europe/Madrid").value();
    const auto checked = pricing::check_cdr(*read, here);
    if (!checked)
        check_error(checked.error());
    else if (checked->computed)
        check_bill(*checked->computed);

    // Sessions of years only take time.
    if (read->end_date_time - read->start_date_time > std::chrono::hours(24 * 40)) return 0;
    if (read->charging_periods.empty() || read->charging_periods.front().start_date_time < read->start_date_time)
        return 0;
    const auto owed = pricing::price(read->tariffs, readings_of(*read));
    if (!owed) return check_error(owed.error()), 0;
    check_bill(*owed);
    v221::cdr filled;
    if (!pricing::fill(filled, *owed, read->tariffs)) return 0;
    const auto again = pricing::check_cdr(filled, here);
    require(again || again.error().code == errc::overflow || again.error().code == errc::duplicate);
    if (again && again->computed && again->differences.empty())
        require(again->computed->total.excl_vat == owed->total.excl_vat);
    return 0;
}
