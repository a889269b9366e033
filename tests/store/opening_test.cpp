// What a file can be that is to be opened, and what a copy of one in use holds.

#include "store/script.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

using namespace incar;
using store::commit_mode;

namespace {

std::string bytes_of(const std::string& file) {
    if (!std::filesystem::is_regular_file(file)) return "";
    std::ifstream from(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
}

void write(const std::string& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

void execute(const std::string& file, const std::string& sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

// A store with 60 objects of some kilobytes.
adapters::sqlite_options filled(const folder& in) {
    const auto options = script::options(in, commit_mode::by_caller);
    const store::object_store objects = adapters::sqlite_store::open(options).value().port();
    for (const auto& batch : script::batches(1, 20, 6, 9'000)) REQUIRE(script::run(objects, batch));
    return options;
}

void refuses(const adapters::sqlite_options& options, errc code, const std::string& words) {
    const std::string before = bytes_of(options.file);
    const auto opened = adapters::sqlite_store::open(options);
    REQUIRE(!opened);
    CAPTURE(opened.error().message);
    CHECK(opened.error().code == code);
    CHECK(opened.error().where == "/file");
    CHECK(opened.error().message.find(words) != std::string::npos);
    CHECK(bytes_of(options.file) == before);
}

} // namespace

TEST_CASE("a file is opened only if it is a sound store of this or an earlier version, and else left as it is") {
    const folder here;
    auto options = script::options(here, commit_mode::each_save);

    SUBCASE("of a newer version") {
        options = filled(here);
        execute(options.file, "PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)");
        refuses(options, errc::inconsistent, "version 999");
    }
    SUBCASE("of another program") {
        execute(options.file, "CREATE TABLE notes (text TEXT)");
        refuses(options, errc::malformed, "no store of incar");
    }
    SUBCASE("no database") {
        write(options.file, std::string(20'000, 'x'));
        refuses(options, errc::malformed, "not a database");
    }
    SUBCASE("with a damaged header") {
        options = filled(here);
        write(options.file, "damaged" + bytes_of(options.file).substr(7));
        refuses(options, errc::malformed, "not a database");
    }
    SUBCASE("cut off") {
        options = filled(here);
        const std::string whole = bytes_of(options.file);
        for (const std::size_t size : {whole.size() - 1'000, whole.size() / 2, std::size_t{4'096}, std::size_t{50}}) {
            CAPTURE(size);
            write(options.file, whole.substr(0, size));
            refuses(options, errc::unavailable, "malformed");
        }
    }
    SUBCASE("a folder") {
        std::filesystem::create_directory(options.file);
        refuses(options, errc::unavailable, "Is a directory");
    }
    SUBCASE("in use, here") {
        const auto first = adapters::sqlite_store::open(options);
        REQUIRE(first);
        CHECK(adapters::sqlite_store::open(options).error().code == errc::unavailable);
        CHECK(adapters::sqlite_store::open(options).error().message.find("open already") != std::string::npos);
    }
}

TEST_CASE("a second process cannot open the file, and can when the first has ended without closing it") {
    const folder here;
    const auto options = filled(here);
    int ready[2], end[2];
    REQUIRE(::pipe(ready) == 0);
    REQUIRE(::pipe(end) == 0);
    const ::pid_t child = ::fork();
    if (child == 0) {
        const bool done = bool(adapters::sqlite_store::open(options));
        const auto held = adapters::sqlite_store::open(options);
        char byte = done && held ? 'y' : 'n';
        (void)!::write(ready[1], &byte, 1);
        (void)!::read(end[0], &byte, 1);
        ::_exit(0);
    }
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    CHECK(byte == 'y');
    refuses(options, errc::unavailable, "open already");
    REQUIRE(::write(end[1], &byte, 1) == 1);
    ::waitpid(child, nullptr, 0);
    CHECK(adapters::sqlite_store::open(options));
    for (const int each : {ready[0], ready[1], end[0], end[1]}) ::close(each);
}

TEST_CASE("a file without rights is refused at once, not at the first save") {
    const folder here;
    const auto options = filled(here);
    namespace fs = std::filesystem;
    fs::permissions(options.file, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    fs::permissions(here.path, fs::perms::all);
    fs::permissions(options.file + "-lock", fs::perms::all);
    const ::uid_t who = ::geteuid();
    if (who == 0) REQUIRE(::seteuid(65'534) == 0); // who may do everything proves nothing
    refuses(options, errc::unavailable, "cannot be written");
    if (who == 0) REQUIRE(::seteuid(0) == 0);
    fs::permissions(options.file + "-lock", fs::perms::none);
    if (who == 0) REQUIRE(::seteuid(65'534) == 0);
    refuses(options, errc::unavailable, "Permission denied");
    if (who == 0) REQUIRE(::seteuid(0) == 0);
}

namespace {

const char* const first_version =
    "PRAGMA journal_mode = WAL; PRAGMA application_id = 474614654; PRAGMA user_version = 1;"
    "CREATE TABLE scope (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, audience TEXT NOT NULL,"
    "  live INTEGER NOT NULL);"
    "CREATE TABLE latest (revision INTEGER NOT NULL);"
    "CREATE TABLE object (pk INTEGER PRIMARY KEY, home INTEGER NOT NULL, scope INTEGER NOT NULL, id TEXT NOT NULL,"
    "  spelling TEXT, last_updated INTEGER NOT NULL, revision INTEGER NOT NULL, removed INTEGER NOT NULL,"
    "  text TEXT NOT NULL);"
    "CREATE UNIQUE INDEX object_by_key ON object (home, id);"
    "CREATE INDEX object_by_scope ON object (scope, last_updated) WHERE removed = 0;"
    "CREATE TABLE log (kind INTEGER NOT NULL, revision INTEGER NOT NULL, pk INTEGER NOT NULL,"
    "  PRIMARY KEY (kind, revision)) WITHOUT ROWID;";

} // namespace

TEST_CASE("a file of the first version is brought up to date") {
    const folder here;
    const auto options = script::options(here, commit_mode::by_caller);
    execute(
        options.file,
        std::string(first_version) +
            "INSERT INTO scope VALUES (1, 'a', 'NL*AAA', '', 1), (2, 'a', 'nl*aaa', 'X', 1), (3, 'a', 'DE*BBB', '', 0);"
            "INSERT INTO latest VALUES (9);"
            "INSERT INTO object VALUES (1, 1, 1, 'one', 'One', 2000, 1, 0, 'first'),"
            "  (2, 1, 2, 'two', NULL, 1000, 4, 0, 'second'), (3, 3, 3, 'three', NULL, 3000, 3, 1, 'third');"
            "INSERT INTO log VALUES (1, 1, 1), (1, 2, 2), (1, 3, 3), (1, 4, 2);"); // what revision 2 was, 4 replaced
    for (int turn = 0; turn < 2; ++turn) {
        const store::object_store objects = adapters::sqlite_store::open(options).value().port();
        CHECK(objects.find({"A", "nl*AAA", "ONE"}).value().value().key.id == "One");
        CHECK(objects.find({"a", "de*bbb", "three"}).value().value().removed);
        store::object_query query;
        query.kind = "a";
        const auto page = objects.list(query).value();
        CHECK(page.total == 2);
        REQUIRE(page.objects.size() == 2);
        CHECK(page.objects[0].text == "second");
        CHECK(page.objects[0].audience == "X");
        CHECK(page.objects[1].text == "first");
        const auto told = objects.changes(1, {}, 10).value();
        REQUIRE(told.objects.size() == 2);
        CHECK(told.objects[0].text == "third");
        CHECK(told.objects[1].text == "second");
        REQUIRE(objects.save({{"a", "NL*AAA", "new"}, timestamp(), "new", "", false, 0}));
        CHECK(objects.find({"a", "NL*AAA", "new"}).value().value().revision > 9);
        REQUIRE(objects.rollback());
    }
}

TEST_CASE("a large file of the first version keeps its lists, their order and what was changed last") {
    const folder here;
    const auto options = script::options(here, commit_mode::by_caller);
    execute(options.file, std::string(first_version) +
                              "INSERT INTO scope VALUES (1, 'a', 'NL*AAA', '', 15000), (2, 'a', 'DE*BBB', 'X', 15000);"
                              "INSERT INTO latest VALUES (0);"
                              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
                              "  INSERT INTO object SELECT i, 1 + i % 2, 1 + i % 2, 'o' || i, NULL,"
                              "    (i * 7919 % 30011) / 3, i, 0, 'text ' || i FROM n;"
                              "INSERT INTO log SELECT 1, revision, pk FROM object;");
    const store::object_store objects = adapters::sqlite_store::open(options).value().port();
    store::object_query query;
    query.kind = "a";
    query.limit = 1'000;
    std::vector<std::pair<std::int64_t, std::uint64_t>> order;
    do {
        const auto page = objects.list(query).value();
        CHECK(page.total == 30'000);
        for (const auto& each : page.objects)
            order.emplace_back(each.last_updated.since_1970().count(), std::stoull(each.text.substr(5)));
        query.after = page.next;
    } while (!query.after.empty());
    REQUIRE(order.size() == 30'000);
    CHECK(std::is_sorted(order.begin(), order.end()));
    query.after.clear();
    query.limit = 0;
    for (const int from : {0, 1, 17, 5'000, 9'999, 20'000}) {
        query.date_from = timestamp() + std::chrono::milliseconds(from);
        query.date_to = timestamp() + std::chrono::milliseconds(from + 40);
        const auto in_window = [&](const auto& each) { return each.first >= from && each.first < from + 40; };
        CHECK(objects.list(query).value().total ==
              static_cast<std::size_t>(std::count_if(order.begin(), order.end(), in_window)));
    }
    CHECK(objects.changes(0, {}, 100'000).value().objects.size() == 30'000);
    CHECK(objects.changes(29'990, {}, 100).value().objects.size() == 10);
    CHECK(script::number(options.file, "SELECT count(*) FROM sqlite_schema WHERE name IN ('log', 'object_by_scope')") ==
          0);
}

TEST_CASE("a copy of a store in use has every batch whole, up to one of them") {
    const folder here;
    auto options = script::options(here, commit_mode::by_caller);
    options.wal_mb = 1;
    const auto opened = adapters::sqlite_store::open(options).value();
    std::atomic<int> copies{0}, committed{0};
    std::thread writer([&] {
        const store::object_store objects = opened.port();
        for (int batch = 1; copies < 6 && batch < 100'000; ++batch) {
            for (int member = 0; member < 20; ++member)
                (void)objects.save({{"a", "NL*AAA", std::to_string(member)},
                                    timestamp(),
                                    std::to_string(batch) + std::string(2'000, '.'),
                                    "",
                                    false,
                                    0});
            if (objects.commit()) committed = batch;
        }
    });
    int last = 0;
    for (; copies < 6; ++copies) {
        const int before = committed;
        auto copy = options;
        copy.file = here.file("copy" + std::to_string(copies) + ".db");
        REQUIRE(opened.backup(copy.file));
        CHECK(opened.backup(copy.file).error().code == errc::duplicate);
        CHECK(script::damages(copy.file) == 0);
        const store::object_store objects = adapters::sqlite_store::open(copy).value().port();
        store::object_query query;
        query.kind = "a";
        const auto page = objects.list(query).value();
        if (before == 0 && page.objects.empty()) continue;
        REQUIRE(page.objects.size() == 20);
        CHECK(page.total == 20);
        const int batch = std::stoi(page.objects[0].text);
        CHECK(batch >= std::max(before, last));
        for (const auto& each : page.objects) CHECK(std::stoi(each.text) == batch);
        last = batch;
    }
    writer.join();
    CHECK(last > 0);
    auto nowhere = opened.backup((here.path / "missing" / "copy.db").string());
    CHECK(nowhere.error().code == errc::unavailable);
    CHECK(nowhere.error().where == "/file");
}
