#pragma once

// Batches to run on a store whose disk fails, and what must then be in it.

#include "store/folder.hpp"

#include <incar/adapters/sqlite.hpp>

#include <sqlite3.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace script {

using namespace incar;

struct step {
    store::stored_object object;
    bool erases = false;
};
using batch = std::vector<step>;
using contents = std::map<std::string, std::string>; // by owner and id: the text, "-" before it when removed

inline void apply(contents& to, const step& each) {
    const std::string key = each.object.key.owner + "/" + each.object.key.id;
    if (each.erases)
        to.erase(key);
    else
        to[key] = (each.object.removed ? "-" : "") + each.object.text;
}

inline std::vector<batch> batches(std::uint32_t seed, std::size_t count, std::size_t steps, std::size_t bytes) {
    std::mt19937 random(seed);
    std::vector<batch> all(count);
    for (std::size_t number = 0; number < count; ++number)
        for (std::size_t i = 0; i < steps; ++i) {
            step next;
            next.object.key = {"a", random() % 2 ? "NL*AAA" : "DE*BBB", std::to_string(random() % 12)};
            next.object.last_updated = timestamp() + std::chrono::seconds(random() % 100);
            next.object.text = std::to_string(number) + "." + std::to_string(i) + std::string(random() % bytes, '.');
            next.object.removed = random() % 8 == 0;
            next.erases = random() % 8 == 0;
            all[number].push_back(next);
        }
    return all;
}

inline expected<void> run(const store::object_store& on, const batch& all) {
    for (const step& each : all) {
        if (each.erases) {
            if (const auto done = on.erase(each.object.key); !done) return done.error();
        } else if (const auto done = on.save(each.object); !done) {
            return done.error();
        }
    }
    return on.commit ? on.commit() : expected<void>();
}

// By `changes`; what the lists say otherwise is marked.
inline expected<contents> read(const store::object_store& from) {
    contents all;
    const auto told = from.changes(0, {}, 1'000'000);
    if (!told) return told.error();
    std::size_t listed = 0;
    for (const auto& each : told->objects) {
        apply(all, {each, false});
        listed += !each.removed;
    }
    store::object_query query;
    query.kind = "a";
    query.limit = 7;
    std::size_t found = 0, total = 0;
    do {
        const auto page = from.list(query);
        if (!page) return page.error();
        total = page->total;
        for (const auto& each : page->objects) {
            const auto at = all.find(each.key.owner + "/" + each.key.id);
            if (at == all.end() || at->second != each.text) all["listed as " + each.text] = each.key.id;
        }
        found += page->objects.size();
        query.after = page->next;
    } while (!query.after.empty());
    query.date_from = timestamp() - std::chrono::hours(1'000'000);
    query.limit = 0;
    const auto counted = from.list(query);
    if (!counted) return counted.error();
    if (found != listed || total != listed || counted->total != listed) all["lists"] = "differ from changes";
    return all;
}

inline adapters::sqlite_options options(const folder& in, store::commit_mode commits) {
    adapters::sqlite_options made;
    made.file = in.file("objects.db");
    made.commits = commits;
    made.busy_time_limit = std::chrono::milliseconds(0);
    return made;
}

// As it is found by who comes after the end of the process, were it to end now.
inline contents found_after_a_kill(const folder& in) {
    const folder copy;
    for (const char* name : {"objects.db", "objects.db-wal"})
        if (std::filesystem::exists(in.path / name)) std::filesystem::copy_file(in.path / name, copy.path / name);
    const auto opened = adapters::sqlite_store::open(options(copy, store::commit_mode::by_caller));
    return read(opened.value().port()).value();
}

inline std::int64_t number(const std::string& file, const std::string& sql) {
    sqlite3* db = nullptr;
    sqlite3_stmt* asked = nullptr;
    std::int64_t answer = -1;
    sqlite3_open(file.c_str(), &db);
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &asked, nullptr) == SQLITE_OK && sqlite3_step(asked) == SQLITE_ROW)
        answer = sqlite3_column_int64(asked, 0);
    sqlite3_finalize(asked);
    sqlite3_close(db);
    return answer;
}

// How many counters differ from what they count.
inline std::int64_t wrong_counters(const std::string& file) {
    return number(file, "SELECT count(*) FROM scope WHERE live <>"
                        " (SELECT count(*) FROM object WHERE object.scope = scope.id AND removed = 0)");
}

inline std::int64_t damages(const std::string& file) {
    return number(file, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
}

} // namespace script
