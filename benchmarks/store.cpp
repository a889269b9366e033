// What a save and a page cost in the SQLite store. Files are made in the folder for temporary files, which should be on
// a real disk; the CPU time is that of all threads, checkpoints included.

#include <incar/adapters/sqlite.hpp>

#include <benchmark/benchmark.h>

#include <cstdio>
#include <filesystem>
#include <random>

using namespace incar;

namespace {

class file {
public:
    explicit file(const std::string& name) : path_(std::filesystem::temp_directory_path() / ("incar_" + name + ".db")) {
        remove();
    }
    ~file() { remove(); }
    store::object_store open() const {
        adapters::sqlite_options options;
        options.file = path_.string();
        options.commits = store::commit_mode::by_caller;
        return adapters::sqlite_store::open(options).value().port();
    }

private:
    void remove() const {
        for (const char* end : {"", "-wal", "-shm", "-lock"}) std::filesystem::remove(path_.string() + end);
    }
    std::filesystem::path path_;
};

const std::string parties[] = {"NL*AAA", "NL*BBB", "DE*CCC", "FR*DDD", "ES*EEE", "PT*FFF", "IT*GGG", "BE*HHH"};

store::stored_object object(std::uint64_t number, std::int64_t last_updated, std::size_t size) {
    char id[32];
    std::snprintf(id, sizeof id, "LOC%09llu", static_cast<unsigned long long>(number));
    return {{"locations", parties[number % 8], id},
            timestamp(std::chrono::milliseconds(last_updated)),
            std::string(size, static_cast<char>('a' + last_updated % 26)),
            "",
            false,
            0};
}

void fill(const store::object_store& objects, std::uint32_t count, std::size_t size) {
    std::mt19937 random(7);
    for (std::uint32_t number = 0; number < count; ++number) {
        objects.save(object(number, static_cast<std::int64_t>(random() % 1'000'000'000), size)).value();
        if (number % 512 == 511) objects.commit().value();
    }
    objects.commit().value();
}

// Objects of 2 kB among 100,000, each replaced at random, as when partners push.
void save(benchmark::State& state) {
    const file kept("save");
    const store::object_store objects = kept.open();
    fill(objects, 100'000, 2'089);
    std::mt19937 random(8);
    std::int64_t now = 1'000'000'000;
    for (auto _ : state) {
        for (std::int64_t i = 0; i < state.range(0); ++i)
            objects.save(object(random() % 100'000, ++now, 2'089)).value();
        objects.commit().value();
    }
    const auto saved = static_cast<double>(state.iterations() * state.range(0));
    state.counters["cpu_of_one"] = benchmark::Counter(saved, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(save)->Arg(1)->Arg(8)->Arg(64)->Arg(512)->MeasureProcessCPUTime()->MinTime(4)->Unit(benchmark::kMicrosecond);

// A million objects of 345 bytes, whose last_updated is random, and some to one party each.
const store::object_store& million() {
    static const file kept("million");
    static const store::object_store objects = [] {
        auto made = kept.open();
        fill(made, 1'000'000, 345);
        return made;
    }();
    return objects;
}

store::object_query at_depth(std::size_t depth, std::vector<std::string> owners) {
    store::object_query query;
    query.kind = "locations";
    query.owners = std::move(owners);
    query.count = false;
    query.offset = depth;
    query.limit = 1;
    if (depth > 0) query.after = million().list(query).value().next;
    query.offset = 0;
    query.limit = 100;
    query.count = true;
    return query;
}

void page(benchmark::State& state, std::vector<std::string> owners) {
    const auto query = at_depth(static_cast<std::size_t>(state.range(0)), std::move(owners));
    std::size_t shown = 0, total = 0;
    for (auto _ : state) {
        const auto found = million().list(query).value();
        shown = found.objects.size();
        total = found.total;
    }
    state.counters["shown"] = static_cast<double>(shown);
    state.counters["total"] = static_cast<double>(total);
}
BENCHMARK_CAPTURE(page, of_all, {})->Arg(0)->Arg(990'000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(page, of_one, {"DE*CCC"})->Arg(0)->Arg(120'000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(page, of_three, {"DE*CCC", "FR*DDD", "IT*GGG"})->Arg(0)->Arg(370'000)->Unit(benchmark::kMicrosecond);

void page_by_offset(benchmark::State& state) {
    store::object_query query;
    query.kind = "locations";
    query.offset = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(million().list(query).value());
}
BENCHMARK(page_by_offset)->Arg(0)->Arg(990'000)->Unit(benchmark::kMicrosecond);

void total(benchmark::State& state) {
    store::object_query query;
    query.kind = "locations";
    query.limit = 0;
    if (state.range(0) != 0) query.date_from = timestamp(std::chrono::milliseconds(500'000'000));
    for (auto _ : state) benchmark::DoNotOptimize(million().list(query).value().total);
}
BENCHMARK(total)->ArgName("window")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
