#include "adapters/sqlite/leaves.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/sql.hpp"

#include <filesystem>

namespace incar::adapters::sqlite {
namespace {

[[noreturn]] void refuse(errc code, std::string why) {
    throw failure{error{code, "", std::move(why)}};
}

int version_of(connection& db) {
    const auto maker = db.number("PRAGMA application_id");
    const auto version = db.number("PRAGMA user_version");
    if (maker == 0 && version == 0 && db.number("SELECT count(*) FROM sqlite_schema") == 0) return 0;
    if (maker != sql::application_id) refuse(errc::malformed, "the file is no store of incar");
    if (version > sql::version)
        refuse(errc::inconsistent, "the file has version " + std::to_string(version) + ", this is incar for version " +
                                       std::to_string(sql::version));
    return static_cast<int>(version);
}

void make_leaves(connection& db) {
    constexpr std::size_t at_once = 10'000;
    leaves made(db);
    std::vector<entry> all;
    for (const char* entries : {sql::entries_of_version_1, sql::more_entries_of_version_1}) {
        statement select(db, entries);
        for (rows each = select.with(); each.next();) {
            all.push_back({each.number(0), each.number(1), each.number(2)});
            if (all.size() < at_once) continue;
            made.insert(all);
            all.clear();
        }
        made.insert(all);
        all.clear();
    }
    db.run(sql::drop_entries_of_version_1);
}

void migrate(connection& db, int from) {
    for (int version = from; version < sql::version; ++version) {
        db.run("BEGIN IMMEDIATE");
        db.run(sql::migrations[version]);
        if (version == 1) make_leaves(db);
        db.run("PRAGMA application_id = " + std::to_string(sql::application_id));
        db.run("PRAGMA user_version = " + std::to_string(version + 1));
        db.run("COMMIT");
    }
}

std::uintmax_t size_of(const std::string& file) {
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(file, failed);
    return failed ? 0 : size;
}

} // namespace

connection open_file(const sqlite_options& options) {
    // A file that was closed has all of its pages. SQLite itself would take the missing half of the last one for zeros.
    const std::uintmax_t size = size_of(options.file), log_size = size_of(options.file + "-wal");
    connection db(options.file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options.busy_time_limit);
    if (sqlite3_db_readonly(db.handle(), "main") == 1) refuse(errc::unavailable, "the file cannot be written");
    const int version = version_of(db);
    if (log_size == 0 &&
        size < static_cast<std::uintmax_t>(db.number("PRAGMA page_count") * db.number("PRAGMA page_size")))
        refuse(errc::unavailable, "the file is malformed: its end is missing");
    if (db.text("PRAGMA journal_mode = WAL") != "wal")
        refuse(errc::unavailable, "the file system cannot do SQLite's write-ahead log");
    const bool is_full = options.durability == sqlite_durability::full;
    db.run(std::string("PRAGMA synchronous = ") + (is_full ? "FULL" : "NORMAL"));
    db.run("PRAGMA wal_autocheckpoint = 0");
    db.run("PRAGMA journal_size_limit = " + std::to_string(std::int64_t{options.wal_mb} << 20));
    db.run("PRAGMA cache_size = -" + std::to_string(options.cache_mb * 1024));
    migrate(db, version);
    return db;
}

} // namespace incar::adapters::sqlite
