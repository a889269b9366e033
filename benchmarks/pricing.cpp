// What pricing costs, beside what it costs to read the same CDR from its JSON.

#include <incar/ocpi/check_cdr.hpp>
#include <incar/ocpi/codec.hpp>

#include <benchmark/benchmark.h>

using namespace incar;
using namespace incar::ocpi;

namespace {

// Day and night prices for energy, time by the hour, parking after half an hour, and a fee.
v221::tariff day_and_night() {
    return decode<v221::tariff>(R"({"country_code":"NL","party_id":"INC","id":"T","currency":"EUR","elements":[
        {"price_components":[{"type":"FLAT","price":0.50,"vat":21,"step_size":1}]},
        {"price_components":[{"type":"ENERGY","price":0.41,"vat":21,"step_size":1},{"type":"TIME","price":0.60,"vat":21,"step_size":60}],
         "restrictions":{"start_time":"07:00","end_time":"23:00","day_of_week":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY"]}},
        {"price_components":[{"type":"ENERGY","price":0.29,"vat":21,"step_size":1},{"type":"TIME","price":0.30,"vat":21,"step_size":60}]},
        {"price_components":[{"type":"PARKING_TIME","price":2.00,"vat":21,"step_size":300}],"restrictions":{"min_duration":1800}}],
        "last_updated":"2026-01-01T00:00:00Z"})")
        .value();
}

// A day in quarters of an hour, the last ten of them parked.
pricing::session day() {
    pricing::session made;
    made.zone = time_zone::find("Europe/Amsterdam").value();
    timestamp at = timestamp::parse("2026-03-02T05:00:00Z").value();
    std::int64_t meter = 0;
    for (int i = 0; i <= 96; ++i, at += std::chrono::minutes(15)) {
        made.readings.push_back(
            {at, decimal(meter, 3), i < 86 ? pricing::vehicle::charging : pricing::vehicle::parked});
        if (i < 86) meter += 700 + i * 13 % 900;
    }
    return made;
}

pricing::policy all_readings() {
    pricing::policy made;
    made.periods = pricing::period_rule::at_every_reading;
    return made;
}

const std::vector<v221::tariff>& tariffs() {
    static const std::vector<v221::tariff> made{day_and_night()};
    return made;
}

v221::cdr record() {
    v221::cdr made;
    pricing::fill(made, pricing::price(tariffs(), day(), all_readings()).value(), tariffs()).value();
    made.id = decltype(made.id)("C1");
    return made;
}

void price_readings(benchmark::State& state, const pricing::policy& rules) {
    const auto session = day();
    std::size_t periods = 0;
    for (auto _ : state) {
        const auto owed = pricing::price(tariffs(), session, rules);
        periods = owed->periods.size();
        benchmark::DoNotOptimize(owed);
    }
    state.counters["periods"] = static_cast<double>(periods);
}
BENCHMARK_CAPTURE(price_readings, every_reading_a_period, all_readings());
BENCHMARK_CAPTURE(price_readings, periods_where_prices_change, pricing::policy{});

void price_recorded_periods(benchmark::State& state) {
    const auto cdr = record();
    const pricing::recorded_session session{day().zone, cdr.start_date_time, cdr.end_date_time, cdr.charging_periods};
    for (auto _ : state) benchmark::DoNotOptimize(pricing::price_periods(tariffs(), session));
    state.counters["periods"] = static_cast<double>(cdr.charging_periods.size());
}
BENCHMARK(price_recorded_periods);

void check_cdr(benchmark::State& state) {
    const auto cdr = record();
    pricing::check_options here;
    here.zone = day().zone;
    for (auto _ : state) benchmark::DoNotOptimize(pricing::check_cdr(cdr, here));
    state.counters["differences"] = static_cast<double>(pricing::check_cdr(cdr, here)->differences.size());
}
BENCHMARK(check_cdr);

// The bound: whoever prices a CDR has read it before.
void decode_the_same_cdr(benchmark::State& state) {
    const std::string text = encode(record());
    for (auto _ : state) benchmark::DoNotOptimize(decode<v221::cdr>(text));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(decode_the_same_cdr);

} // namespace

BENCHMARK_MAIN();
