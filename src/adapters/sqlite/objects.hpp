#pragma once

// The objects of an open file: what the port's functions do.

#include "adapters/sqlite/checkpointer.hpp"
#include "adapters/sqlite/file_lock.hpp"
#include "adapters/sqlite/lists.hpp"
#include "adapters/sqlite/pages.hpp"
#include "adapters/sqlite/sql.hpp"

#include <incar/adapters/sqlite.hpp>

namespace incar::adapters {

class sqlite_store::objects {
public:
    explicit objects(const sqlite_options& options);
    objects(const objects&) = delete;
    objects& operator=(const objects&) = delete;
    ~objects() { (void)rollback(); }

    bool commits_each() const { return commits_each_; }

    expected<std::optional<store::stored_object>> find(const store::object_key& key);
    expected<store::object_page> list(const store::object_query& query);
    expected<store::object_changes> changes(std::uint64_t after, const std::vector<std::string>& kinds,
                                            std::size_t limit);
    expected<void> save(const store::stored_object& object);
    expected<bool> erase(const store::object_key& key);
    expected<void> commit();
    expected<void> rollback();

    expected<void> backup(const std::string& file) const;

private:
    struct location {
        std::int64_t pk, scope_id, last_updated, revision;
        bool removed;
    };

    static int grown(void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
    }

    template <class Work>
    auto reading(Work&& work) -> decltype(work()) {
        if (is_broken_ && commits_each_) (void)rollback();
        if (is_broken_) return error{errc::unavailable, "", "a batch has failed: roll it back first"};
        const bool was_in_batch = db_.in_transaction();
        try {
            return work();
        } catch (const sqlite::failure& failed) {
            if (was_in_batch && !db_.in_transaction()) is_broken_ = true; // SQLite has forgotten it
            return failed.reason;
        }
    }

    template <class Work>
    auto writing(Work&& work) -> decltype(work()) {
        return reading([&] {
            is_broken_ = true; // until it is done
            auto done = work();
            is_broken_ = false;
            return done;
        });
    }

    // In one transaction: without, SQLite takes and gives back its locks for each statement.
    template <class Work>
    auto at_once(Work&& work) -> decltype(work()) {
        if (lists_.has_unwritten()) {
            const auto written = writing([&]() -> expected<void> { return lists_.write(), expected<void>(); });
            if (!written) return written.error();
        }
        return reading([&] {
            if (db_.in_transaction()) return work();
            read_.run();
            const ending end{commit_};
            return work();
        });
    }
    struct ending {
        sqlite::statement& commit;
        ~ending() { (void)commit.with().try_next(); }
    };

    template <class Work>
    auto changing(Work&& work) -> decltype(work()) {
        auto result = writing([&] {
            if (!db_.in_transaction()) begin_.run();
            auto done = work();
            if (commits_each_) end_batch();
            return done;
        });
        if (!result && commits_each_) (void)rollback();
        return result;
    }

    void end_batch();
    void outdate();
    std::optional<location> place(const store::object_key& key);
    std::optional<location> place_before_change(const store::object_key& key);
    void leave(const location& before);

    const std::string file_;
    const std::chrono::milliseconds busy_time_limit_;
    const bool commits_each_;
    sqlite::file_lock lock_;
    sqlite::connection db_;
    sqlite::scopes scopes_{db_};
    sqlite::lists lists_{db_};
    sqlite::pages pages_{db_, scopes_, lists_};
    sqlite::statement read_{db_, "BEGIN"}, begin_{db_, "BEGIN IMMEDIATE"}, commit_{db_, "COMMIT"},
        rollback_{db_, "ROLLBACK"};
    sqlite::statement place_{db_, sqlite::sql::place}, add_{db_, sqlite::sql::add}, replace_{db_, sqlite::sql::replace},
        erase_{db_, sqlite::sql::erase};
    sqlite::statement keep_scope_{db_, sqlite::sql::keep_scope}, keep_latest_{db_, sqlite::sql::keep_latest};
    sqlite::checkpointer wal_;
    int wal_pages_ = 0;
    std::uint64_t revision_ = 0;
    std::optional<std::pair<store::object_key, std::optional<location>>> found_; // last, and nothing has changed since
    bool erased_ = false;                                                        // since the last commit
    bool is_broken_ = false;                                                     // a write was begun and not finished
    bool is_doubtful_ = false;                                                   // a commit was
};

} // namespace incar::adapters
