#include "adapters/sqlite/checkpointer.hpp"
#include "adapters/sqlite/file_lock.hpp"
#include "adapters/sqlite/log.hpp"
#include "adapters/sqlite/pages.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/sql.hpp"

#include <incar/adapters/sqlite.hpp>

#include <filesystem>

namespace incar::adapters {

using namespace sqlite;
using store::object_key;
using store::stored_object;

namespace {

error at_file(error reason) {
    reason.where = "/file";
    return reason;
}

expected<void> check(const sqlite_options& options) {
    const auto fits = [](int megabytes) { return megabytes >= 1 && megabytes <= 65'536; };
    if (options.file.empty()) return error{errc::missing, "/file", "a store needs a file"};
    if (options.file[0] == ':' || options.file.find('\0') != std::string::npos)
        return error{errc::out_of_range, "/file", "this is no name of a file"};
    if (!fits(options.cache_mb)) return error{errc::out_of_range, "/cache_mb", "1 to 65536 are possible"};
    if (!fits(options.wal_mb)) return error{errc::out_of_range, "/wal_mb", "1 to 65536 are possible"};
    if (options.busy_time_limit.count() < 0 || options.busy_time_limit > std::chrono::hours(1))
        return error{errc::out_of_range, "/busy_time_limit", "0 to one hour are possible"};
    return {};
}

// The name by which every process finds the same lock.
std::string canonical(const std::string& file) {
    std::error_code failed;
    const auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(file, failed), failed);
    return failed ? file : path.string();
}

} // namespace

class sqlite_store::objects {
public:
    explicit objects(const sqlite_options& options)
        : file_(options.file), busy_time_limit_(options.busy_time_limit),
          commits_each_(options.commits == store::commit_mode::each_save), lock_(options.file + "-lock"),
          db_(open_file(options)), wal_(options.file, options.wal_mb) {
        sqlite3_wal_hook(db_.handle(), &grown, &wal_pages_);
        revision_ = static_cast<std::uint64_t>(db_.number(sql::latest));
        statement latest(db_, sql::latest_of_kind);
        for (const std::int64_t kind : scopes_.kinds({}))
            for (rows each = latest.with(kind); each.next();)
                revision_ = std::max(revision_, static_cast<std::uint64_t>(each.number(0)));
    }

    objects(const objects&) = delete;
    objects& operator=(const objects&) = delete;

    // What is stale in the log is not left for the readers to find.
    ~objects() {
        (void)rollback();
        (void)writing([&]() -> expected<void> {
            begin_.run();
            end_batch(0);
            return {};
        });
    }

    bool commits_each() const { return commits_each_; }

    expected<std::optional<stored_object>> find(const object_key& key) {
        return reading([&]() -> expected<std::optional<stored_object>> {
            const auto at = place(key);
            if (!at) return std::optional<stored_object>();
            return std::optional<stored_object>(pages_.object(at->pk));
        });
    }

    expected<store::object_page> list(const store::object_query& query) {
        return reading([&] { return at_once([&] { return pages_.list(query); }); });
    }

    expected<store::object_changes> changes(std::uint64_t after, const std::vector<std::string>& kinds,
                                            std::size_t limit) {
        return reading(
            [&]() -> expected<store::object_changes> { return pages_.changes(after, kinds, limit, revision_); });
    }

    expected<void> save(const stored_object& object) {
        return changing([&]() -> expected<void> {
            const std::string id = lower(object.key.id);
            const auto before = place(object.key);
            const scope& in = scopes_.of(object.key, object.audience);
            const auto revision = static_cast<std::int64_t>(++revision_);
            const std::int64_t last_updated = object.last_updated.since_1970().count();
            const auto write = [&](const auto& spelling) {
                if (before)
                    replace_.run(before->pk, in.id, spelling, last_updated, revision, std::int64_t{object.removed},
                                 object.text);
                else
                    add_.run(revision, in.home_id, in.id, id, spelling, last_updated, revision,
                             std::int64_t{object.removed}, object.text);
            };
            id == object.key.id ? write(nullptr) : write(object.key.id);
            log_.add(in.kind_id, revision, before ? before->pk : revision);
            if (before) log_.supersede(in.kind_id, before->revision);
            if (before && !before->removed) scopes_.add(before->scope_id, -1);
            if (!object.removed) scopes_.add(in.id, 1);
            return {};
        });
    }

    expected<bool> erase(const object_key& key) {
        return changing([&]() -> expected<bool> {
            const auto before = place(key);
            if (!before) return false;
            erase_.run(before->pk);
            log_.supersede(scopes_[before->scope_id].kind_id, before->revision);
            if (!before->removed) scopes_.add(before->scope_id, -1);
            erased_ = true;
            return true;
        });
    }

    expected<void> commit() {
        const auto made = writing([&]() -> expected<void> {
            if (db_.in_transaction()) end_batch();
            return {};
        });
        if (!made) (void)rollback();
        return made;
    }

    expected<void> rollback() {
        try {
            if (db_.in_transaction()) rollback_.run();
        } catch (const failure& failed) {
            return failed.reason;
        }
        scopes_.rolled_back();
        log_.rolled_back();
        erased_ = is_broken_ = false;
        if (is_doubtful_) outdate();
        return {};
    }

    expected<void> backup(const std::string& file) const;

private:
    struct location {
        std::int64_t pk, scope_id;
        bool removed;
        std::int64_t revision;
    };

    static int grown(void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
    }

    template <class Work>
    auto reading(Work&& work) -> decltype(work()) {
        if (is_broken_ && commits_each_) (void)rollback();
        if (is_broken_) return error{errc::unavailable, "", "a batch has failed: roll it back first"};
        try {
            return work();
        } catch (const failure& failed) {
            return failed.reason;
        }
    }

    // In one transaction: without, SQLite takes and gives back its locks for each statement.
    template <class Work>
    auto at_once(Work&& work) -> decltype(work()) {
        if (db_.in_transaction()) return work();
        read_.run();
        const ending end{commit_};
        return work();
    }
    struct ending {
        statement& commit;
        ~ending() { (void)commit.with().try_next(); }
    };

    template <class Work>
    auto writing(Work&& work) -> decltype(work()) {
        return reading([&] {
            is_broken_ = true; // until it is done
            auto done = work();
            is_broken_ = false;
            return done;
        });
    }

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

    void end_batch(std::size_t stale = revision_log::enough) {
        scopes_.for_changed(
            [&](const scope& each) { keep_scope_.run(each.id, each.kind, each.owner, each.audience, each.live); });
        if (erased_) keep_latest_.run(static_cast<std::int64_t>(revision_));
        log_.sweep(stale);
        is_doubtful_ = true;
        commit_.run();
        is_doubtful_ = false;
        scopes_.committed();
        log_.committed();
        erased_ = false;
        wal_.grown_to(wal_pages_);
    }

    // A commit that failed may have left its pages in the log, whole but for the wait for the disk: after a kill they
    // would count. An empty commit takes their place there, even when it fails in the same way.
    void outdate() {
        is_doubtful_ = false;
        try {
            begin_.run();
            keep_latest_.run(static_cast<std::int64_t>(++revision_));
            commit_.run();
        } catch (const failure&) {
            if (db_.in_transaction()) (void)rollback_.with().try_next();
        }
    }

    std::optional<location> place(const object_key& key) {
        const std::int64_t home = scopes_.home(key);
        if (home < 0) return std::nullopt;
        const std::string id = lower(key.id);
        rows found = place_.with(home, std::string_view(id));
        if (!found.next()) return std::nullopt;
        return location{found.number(0), found.number(1), found.number(2) != 0, found.number(3)};
    }

    const std::string file_;
    const std::chrono::milliseconds busy_time_limit_;
    const bool commits_each_;
    file_lock lock_;
    connection db_;
    scopes scopes_{db_};
    revision_log log_{db_};
    pages pages_{db_, scopes_, log_};
    statement read_{db_, "BEGIN"}, begin_{db_, "BEGIN IMMEDIATE"}, commit_{db_, "COMMIT"}, rollback_{db_, "ROLLBACK"};
    statement place_{db_, sql::place}, add_{db_, sql::add}, replace_{db_, sql::replace}, erase_{db_, sql::erase};
    statement keep_scope_{db_, sql::keep_scope}, keep_latest_{db_, sql::keep_latest};
    checkpointer wal_;
    int wal_pages_ = 0;
    std::uint64_t revision_ = 0;
    bool erased_ = false;      // since the last commit
    bool is_broken_ = false;   // a write was begun and not finished
    bool is_doubtful_ = false; // a commit was
};

expected<void> sqlite_store::objects::backup(const std::string& file) const {
    std::error_code unseen;
    if (std::filesystem::exists(file, unseen)) return error{errc::duplicate, "/file", "there is such a file"};
    try {
        const connection from(file_, SQLITE_OPEN_READWRITE, busy_time_limit_);
        const connection to(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busy_time_limit_);
        sqlite3_backup* const copying = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
        if (copying) {
            (void)sqlite3_backup_step(copying, -1);
            (void)sqlite3_backup_finish(copying);
        }
        to.require(sqlite3_errcode(to.handle()));
        return {};
    } catch (const failure& failed) {
        for (const char* each : {"", "-journal"}) std::filesystem::remove(file + each, unseen);
        return at_file(failed.reason);
    }
}

sqlite_store::sqlite_store(std::shared_ptr<objects> opened) noexcept : objects_(std::move(opened)) {}

expected<sqlite_store> sqlite_store::open(const sqlite_options& options) {
    if (const auto checked = check(options); !checked) return checked.error();
    sqlite_options found = options;
    found.file = canonical(options.file);
    try {
        return sqlite_store(std::make_shared<objects>(found));
    } catch (const failure& failed) {
        return at_file(failed.reason);
    }
}

store::object_store sqlite_store::port() const {
    store::object_store port;
    port.find = [all = objects_](const object_key& key) { return all->find(key); };
    port.save = [all = objects_](const stored_object& object) { return all->save(object); };
    port.erase = [all = objects_](const object_key& key) { return all->erase(key); };
    port.list = [all = objects_](const store::object_query& query) { return all->list(query); };
    port.changes = [all = objects_](std::uint64_t after, const std::vector<std::string>& kinds, std::size_t limit) {
        return all->changes(after, kinds, limit);
    };
    if (objects_->commits_each()) return port;
    port.commit = [all = objects_] { return all->commit(); };
    port.rollback = [all = objects_] { return all->rollback(); };
    return port;
}

expected<void> sqlite_store::backup(const std::string& file) const {
    return objects_->backup(file);
}

} // namespace incar::adapters
