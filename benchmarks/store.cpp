// What a save and a page cost in the SQLite store. Files are made in the folder for temporary files, which should be on
// a real disk; the CPU time is that of all threads, checkpoints included. Beside it the same upserts straight on
// SQLite, without a change log, counters or audiences.

#include <incar/adapters/sqlite.hpp>

#include <benchmark/benchmark.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>

using namespace incar;

namespace {

class file {
public:
    explicit file(const std::string& name) : path_(std::filesystem::temp_directory_path() / ("incar_" + name + ".db")) {
        remove();
    }
    ~file() { remove(); }
    std::string path() const { return path_.string(); }
    store::object_store open() const {
        adapters::sqlite_options options;
        options.file = path();
        options.commits = store::commit_mode::by_caller;
        return adapters::sqlite_store::open(options).value().port();
    }

private:
    void remove() const {
        for (const char* end : {"", "-wal", "-shm", "-lock"}) std::filesystem::remove(path() + end);
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
template <class Save, class Commit>
void replace(benchmark::State& state, Save&& save, Commit&& commit) {
    std::mt19937 random(8);
    std::int64_t now = 1'000'000'000;
    for (auto _ : state) {
        for (std::int64_t i = 0; i < state.range(0); ++i) save(object(random() % 100'000, ++now, 2'089));
        commit();
    }
    const auto saved = static_cast<double>(state.iterations() * state.range(0));
    state.counters["cpu_of_one"] = benchmark::Counter(saved, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void save(benchmark::State& state) {
    static const file kept("save");
    static const store::object_store objects = [] {
        auto made = kept.open();
        fill(made, 100'000, 2'089);
        return made;
    }();
    replace(
        state, [&](const store::stored_object& each) { objects.save(each).value(); },
        [&] { objects.commit().value(); });
}

class bare {
public:
    explicit bare(const std::string& path) {
        sqlite3_open(path.c_str(), &db_);
        run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;"
            "PRAGMA cache_size = -65536; CREATE TABLE object (pk INTEGER PRIMARY KEY, party TEXT, id TEXT,"
            "  last_updated INTEGER, text TEXT, UNIQUE (party, id));"
            "CREATE INDEX by_time ON object (last_updated, pk); BEGIN");
        sqlite3_prepare_v2(db_,
                           "INSERT INTO object (party, id, last_updated, text) VALUES (?1, ?2, ?3, ?4)"
                           " ON CONFLICT (party, id) DO UPDATE SET last_updated = ?3, text = ?4",
                           -1, &upsert_, nullptr);
    }
    bare(const bare&) = delete;
    bare& operator=(const bare&) = delete;
    ~bare() {
        sqlite3_finalize(upsert_);
        sqlite3_close(db_);
    }
    void save(const store::stored_object& given) {
        const auto bind = [&](int place, const std::string& text) {
            sqlite3_bind_text(upsert_, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
        };
        bind(1, given.key.owner);
        bind(2, given.key.id);
        sqlite3_bind_int64(upsert_, 3, given.last_updated.since_1970().count());
        bind(4, given.text);
        if (sqlite3_step(upsert_) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
        sqlite3_reset(upsert_);
    }
    void run(const char* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_));
    }

private:
    sqlite3* db_ = nullptr;
    sqlite3_stmt* upsert_ = nullptr;
};

void save_bare(benchmark::State& state) {
    static const file kept("bare");
    static bare objects(kept.path());
    static const bool is_full = [] {
        for (std::uint32_t number = 0; number < 100'000; ++number) {
            objects.save(object(number, number, 2'089));
            if (number % 512 == 511) objects.run("COMMIT; BEGIN");
        }
        return true;
    }();
    benchmark::DoNotOptimize(is_full);
    replace(
        state, [&](const store::stored_object& each) { objects.save(each); }, [&] { objects.run("COMMIT; BEGIN"); });
}

void batches(benchmark::internal::Benchmark* each) {
    each->Arg(1)->Arg(8)->Arg(64)->Arg(512)->MeasureProcessCPUTime()->MinTime(2)->Unit(benchmark::kMicrosecond);
}
BENCHMARK(save)->Apply(batches);
BENCHMARK(save_bare)->Apply(batches);

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
    million();
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

// Opening a million objects and answering with a page of 100 and the total; before, they were closed, or the process
// that had replaced 6,000 of them was killed, so that the log has to be read.
void restart(benchmark::State& state) {
    static const file kept("restart");
    static const bool is_full = (fill(kept.open(), 1'000'000, 345), true);
    benchmark::DoNotOptimize(is_full);
    for (auto _ : state) {
        state.PauseTiming();
        if (const ::pid_t child = state.range(0) != 0 ? ::fork() : -1; child == 0) {
            const auto objects = kept.open();
            std::mt19937 random(9);
            for (int i = 1; i <= 6'000; ++i) {
                objects.save(object(random() % 1'000'000, 1'000'000'000 + i, 345)).value();
                if (i % 64 == 0) objects.commit().value();
            }
            ::kill(::getpid(), SIGKILL);
        } else if (child > 0) {
            ::waitpid(child, nullptr, 0);
        }
        state.counters["log_MB"] = std::filesystem::exists(kept.path() + "-wal")
                                       ? static_cast<double>(std::filesystem::file_size(kept.path() + "-wal") >> 20)
                                       : 0;
        state.ResumeTiming();
        std::optional<store::object_store> objects = kept.open();
        store::object_query query;
        query.kind = "locations";
        benchmark::DoNotOptimize(objects->list(query).value());
        state.PauseTiming();
        objects.reset();
        state.ResumeTiming();
    }
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmRSS:") status >> state.counters["resident_kB"].value;
}
BENCHMARK(restart)->ArgName("killed")->Arg(0)->Arg(1)->Iterations(10)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
