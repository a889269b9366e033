// Decoding, checking and encoding a Location of about 2 kB.
//
//     benchmarks/ocpi_codec.sh        builds, and runs this beside Node's JSON.parse with zod, turn by turn

#include <incar/core/json.hpp>
#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/v221/locations.hpp>
#include <incar/ocpi/validate.hpp>

#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

using namespace incar;
using namespace incar::ocpi;

namespace {

const std::string& text() {
    static const std::string self = [] {
        std::ifstream file(INCAR_BENCHMARK_DATA "/location.json");
        std::string all{std::istreambuf_iterator<char>(file), {}};
        if (all.empty()) throw std::runtime_error("benchmarks/data/location.json is not there");
        return all;
    }();
    return self;
}

void megabytes(benchmark::State& state, std::size_t bytes) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
}

void decode_location(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(decode<v221::location>(text()).value());
    megabytes(state, text().size());
}

void decode_and_validate_location(benchmark::State& state) {
    for (auto _ : state) {
        const auto location = decode<v221::location>(text()).value();
        if (!validate(location).empty()) state.SkipWithError("the location is valid");
    }
    megabytes(state, text().size());
}

void encode_location(benchmark::State& state) {
    const auto location = decode<v221::location>(text()).value();
    const std::size_t size = encode(location).size();
    for (auto _ : state) benchmark::DoNotOptimize(encode(location));
    megabytes(state, size);
}

// The bound: grammar and encoding alone, into a tree of values.
void parse_to_values(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(json::parse(text()).value());
    megabytes(state, text().size());
}

} // namespace

BENCHMARK(decode_location);
BENCHMARK(decode_and_validate_location);
BENCHMARK(encode_location);
BENCHMARK(parse_to_values);
BENCHMARK_MAIN();
