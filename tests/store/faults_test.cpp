// A disk that fails at every single call, once or for good, under a run of batches.

#include "store/faulty_vfs.hpp"
#include "store/script.hpp"

#include <doctest/doctest.h>

using namespace incar;
using store::commit_mode;

namespace {

struct kind_of_fault {
    std::string name;
    faulty::call what;
    int code;
};

const kind_of_fault kinds[] = {
    {"a full disk at a write", faulty::call::write, SQLITE_FULL},
    {"a failing write", faulty::call::write, SQLITE_IOERR_WRITE},
    {"a failing sync", faulty::call::sync, SQLITE_IOERR_FSYNC},
    {"a failing truncation", faulty::call::truncate, SQLITE_IOERR_TRUNCATE},
    {"a failing read", faulty::call::read, SQLITE_IOERR_READ},
    {"a failing opening", faulty::call::open, SQLITE_CANTOPEN},
    {"a failing removal", faulty::call::remove, SQLITE_IOERR_DELETE},
    {"shared memory that cannot grow", faulty::call::shm_map, SQLITE_IOERR_SHMSIZE},
    {"a lock that fails", faulty::call::shm_lock, SQLITE_IOERR_SHMLOCK},
};

struct tally {
    int faults = 0, failures = 0, acknowledged = 0, lost = 0, showing = 0;
};

std::ostream& operator<<(std::ostream& to, const tally& all) {
    return to << all.faults << " faults, " << all.failures << " batches failed, " << all.acknowledged
              << " acknowledged, " << all.lost << " lost, " << all.showing << " showing though failed";
}

void compare(const script::contents& found, const script::contents& wanted, tally& all) {
    for (const auto& [key, text] : wanted)
        if (const auto at = found.find(key); at == found.end() || at->second != text) ++all.lost;
    for (const auto& [key, text] : found)
        if (const auto at = wanted.find(key); at == wanted.end() || at->second != text) ++all.showing;
}

void look(const store::object_store& at, const script::contents& wanted, tally& all) {
    if (const auto found = script::read(at))
        compare(*found, wanted, all);
    else
        CHECK(found.error().code == errc::unavailable);
}

// One run over a disk of which one call fails. False when there is no such call.
bool run(const faulty::fault& fault, commit_mode mode, const std::vector<script::batch>& batches, int wal_mb,
         tally& all) {
    const folder here;
    auto options = script::options(here, mode);
    options.wal_mb = wal_mb;
    script::contents wanted;
    faulty::install();
    faulty::fail(fault);
    {
        auto opened = adapters::sqlite_store::open(options);
        if (!opened) {
            CHECK(opened.error().code == errc::unavailable);
            CHECK(opened.error().where == "/file");
            faulty::heal();
            opened = adapters::sqlite_store::open(options);
        }
        const store::object_store objects = opened.value().port();
        for (const script::batch& batch : batches) {
            if (const auto done = script::run(objects, batch); !done) {
                ++all.failures;
                CHECK(done.error().code == errc::unavailable);
                CHECK(!done.error().message.empty());
                if (objects.rollback) CHECK(objects.rollback());
                look(objects, wanted, all);
                const bool had_struck = faulty::has_struck();
                faulty::heal();
                compare(script::found_after_a_kill(here), wanted, all);
                if (!had_struck) CHECK_MESSAGE(false, "failed without a fault: " << done.error().message);
                REQUIRE(script::run(objects, batch)); // the disk is well again
            }
            ++all.acknowledged;
            for (const script::step& each : batch) script::apply(wanted, each);
            look(objects, wanted, all);
        }
    }
    const bool struck = faulty::has_struck();
    faulty::heal();
    all.faults += struck;
    compare(script::found_after_a_kill(here), wanted, all);
    compare(script::read(adapters::sqlite_store::open(options).value().port()).value(), wanted, all);
    CHECK(script::wrong_counters(options.file) == 0);
    CHECK(script::damages(options.file) == 0);
    return struck;
}

// Fails every call of every kind, `stride` calls apart.
void run_all(commit_mode mode, const std::vector<script::batch>& batches, int stride) {
    for (const auto& kind : kinds)
        for (const bool lasts : {false, true}) {
            CAPTURE(kind.name);
            CAPTURE(lasts);
            tally all;
            faulty::fault fault{kind.what, 0, lasts, kind.code, faulty::thread::here};
            while (run(fault, mode, batches, 64, all)) fault.skip += stride;
            MESSAGE(kind.name, std::string(lasts ? " for good: " : " once: "), all);
            CHECK(all.faults > 0);
            CHECK(all.lost == 0);
            CHECK(all.showing == 0);
        }
}

} // namespace

TEST_CASE("whichever call of the disk fails under batches, what is acknowledged stays and what failed does not show") {
    run_all(commit_mode::by_caller, script::batches(1, 5, 4, 5'000), 1);
}

TEST_CASE(
    "whichever call of the disk fails under single saves, what is acknowledged stays and what failed is not shown") {
    std::vector<script::batch> singles;
    for (const auto& each : script::batches(2, 3, 4, 5'000))
        for (const auto& step : each) singles.push_back({step});
    run_all(commit_mode::each_save, singles, 3);
}

TEST_CASE("a batch that SQLite forgets because a read fails is not acknowledged as if it had no more than its end") {
    const folder here;
    faulty::install();
    auto options = script::options(here, commit_mode::by_caller);
    const auto save = [](const store::object_store& to, int number, std::size_t bytes) {
        return to.save({{"a", "NL*AAA", std::to_string(number)}, timestamp(), std::string(bytes, '.'), "", false, 0});
    };
    {
        const store::object_store objects = adapters::sqlite_store::open(options).value().port();
        for (int number = 0; number < 500; ++number) REQUIRE(save(objects, number, 9'000));
        REQUIRE(objects.commit());
    }
    options.cache_mb = 1; // most has to be read from the disk
    const auto opened = adapters::sqlite_store::open(options);
    const store::object_store objects = opened.value().port();
    int lost = 0, failed = 0;
    for (int skip = 0; skip < 40; ++skip) {
        const int first = 1'000 + 2 * skip;
        bool is_kept = bool(save(objects, first, 10));
        faulty::fail({faulty::call::read, skip, false, SQLITE_IOERR_READ, faulty::thread::here});
        for (int number = 0; number < 5; ++number)
            failed += !objects.find({"a", "NL*AAA", std::to_string((skip * 97 + number * 31) % 500)});
        faulty::heal();
        is_kept = bool(save(objects, first + 1, 10)) && is_kept;
        is_kept = bool(objects.commit()) && is_kept;
        REQUIRE(objects.rollback());
        for (const int number : {first, first + 1})
            lost += objects.find({"a", "NL*AAA", std::to_string(number)}).value().has_value() != is_kept;
    }
    CHECK(failed > 5);
    CHECK(lost == 0);
}

TEST_CASE("a batch is one wait for the disk") {
    const folder here;
    faulty::install();
    const auto opened = adapters::sqlite_store::open(script::options(here, commit_mode::by_caller));
    const store::object_store objects = opened.value().port();
    const auto batches = script::batches(3, 40, 16, 3'000);
    REQUIRE(script::run(objects, batches[0]));
    const int before = faulty::count(faulty::call::sync);
    for (std::size_t i = 1; i < batches.size(); ++i) REQUIRE(script::run(objects, batches[i]));
    CHECK(faulty::count(faulty::call::sync) - before == static_cast<int>(batches.size()) - 1);
    CHECK(faulty::count(faulty::call::sync, faulty::thread::elsewhere) == 0); // no checkpoint was due
}

TEST_CASE("a disk that fails only where pages are moved out of the log fails no batch") {
    int moved = 0;
    const auto batches = script::batches(4, 60, 8, 20'000);
    for (const auto& kind : kinds)
        for (const bool lasts : {false, true}) {
            CAPTURE(kind.name);
            tally all;
            for (const int skip : {0, 1, 7, 40})
                run({kind.what, skip, lasts, kind.code, faulty::thread::elsewhere}, commit_mode::by_caller, batches, 1,
                    all);
            MESSAGE(kind.name, std::string(lasts ? " for good: " : " once: "), all);
            CHECK(all.failures == 0);
            moved += all.faults;
            CHECK(all.lost == 0);
            CHECK(all.showing == 0);
        }
    CHECK(moved > 0);
}

TEST_CASE("the log is emptied while batches come, and stays as small as it was told to") {
    const folder here;
    auto options = script::options(here, commit_mode::by_caller);
    options.wal_mb = 1;
    const auto opened = adapters::sqlite_store::open(options);
    const store::object_store objects = opened.value().port();
    for (const auto& each : script::batches(6, 100, 8, 20'000)) REQUIRE(script::run(objects, each)); // 8 MB
    CHECK(std::filesystem::file_size(here.path / "objects.db-wal") < 3u << 19);                      // one batch beyond
    CHECK(std::filesystem::file_size(here.path / "objects.db") > 100'000);
}

TEST_CASE("a batch fails whole when the index of the log cannot grow") {
    const folder here;
    faulty::install();
    auto options = script::options(here, commit_mode::by_caller);
    options.wal_mb = 1'024;
    const auto opened = adapters::sqlite_store::open(options);
    const store::object_store objects = opened.value().port();
    script::contents wanted;
    faulty::fail({faulty::call::shm_map, 0, true, SQLITE_IOERR_SHMSIZE, faulty::thread::here});
    script::batch large(1);
    large[0].object.key = {"a", "NL*AAA", "large"};
    int done = 0;
    for (; done < 100; ++done) {
        large[0].object.text = std::string(200'000, static_cast<char>('a' + done % 26));
        if (!script::run(objects, large)) break;
        for (const script::step& each : large) script::apply(wanted, each);
    }
    CHECK(done < 100); // a part of the index has room for 4,062 pages
    CHECK(script::read(objects).value() == wanted);
    faulty::heal();
    CHECK(script::found_after_a_kill(here) == wanted);
    REQUIRE(script::run(objects, large));
    script::apply(wanted, large[0]);
    CHECK(script::read(objects).value() == wanted);
    CHECK(script::found_after_a_kill(here) == wanted);
}

TEST_CASE("a store on a full disk keeps what it has, and serves again when there is room, without a restart") {
    const auto batches = script::batches(5, 200, 6, 6'000);
    int positions = 0, refused = 0;
    tally all;
    for (std::int64_t room = 60'000; room < 400'000; room += 3'400, ++positions) {
        const folder here;
        faulty::install();
        auto opened = adapters::sqlite_store::open(script::options(here, commit_mode::by_caller));
        const store::object_store objects = opened.value().port();
        script::contents wanted;
        faulty::set_capacity(room);
        std::size_t next = 0;
        for (; next < batches.size(); ++next) {
            if (const auto done = script::run(objects, batches[next]); !done) {
                CHECK(done.error().code == errc::unavailable);
                break;
            }
            ++all.acknowledged;
            for (const script::step& each : batches[next]) script::apply(wanted, each);
        }
        REQUIRE(next < batches.size());
        for (int again = 0; again < 3; ++again) {
            CHECK(objects.rollback());
            compare(script::read(objects).value(), wanted, all);
            refused += !script::run(objects, batches[next]);
        }
        CHECK(objects.rollback());
        faulty::set_capacity(-1);
        compare(script::found_after_a_kill(here), wanted, all);
        for (std::size_t more = next; more < next + 3; ++more) {
            REQUIRE(script::run(objects, batches[more]));
            ++all.acknowledged;
            for (const script::step& each : batches[more]) script::apply(wanted, each);
        }
        compare(script::read(objects).value(), wanted, all);
        compare(script::found_after_a_kill(here), wanted, all);
    }
    MESSAGE("the disk was full at ", positions, " places: ", all, ", ", refused, " refused again while it was");
    CHECK(refused == 3 * positions);
    CHECK(all.lost == 0);
    CHECK(all.showing == 0);
}
