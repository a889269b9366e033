#pragma once

/// \file
/// SQLite as a store for objects: one file, durable, fast at any depth of a list.
///
///     adapters::sqlite_options options;
///     options.file = "/var/lib/hub/objects.db";
///     auto opened = adapters::sqlite_store::open(options);
///     if (!opened) return opened.error();
///     const store::object_store objects = opened->port();
///
/// Beside the file lie FILE-wal and FILE-shm, which belong to it while the store is open or after a crash, and
/// FILE-lock, an empty file. To copy the file of an open store use `backup`.

#include <incar/core/expected.hpp>
#include <incar/store/object_store.hpp>
#include <incar/store_sqlite/export.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace incar::adapters {

/// What a save survives once it is durable. Both survive the end of the process, however sudden.
enum class sqlite_durability {
    full,   ///< Power loss too: each commit waits for the disk.
    normal, ///< Power loss can take the last seconds; the file stays sound. Commits do not wait.
};

/// Where and how to keep objects.
struct sqlite_options {
    std::string file; ///< Made if there is none; its folder must exist.
    sqlite_durability durability = sqlite_durability::full;
    store::commit_mode commits = store::commit_mode::each_save; ///< `by_caller` saves many objects for one wait.
    int cache_mb = 64;                                          ///< 1 to 65,536. Memory for pages of the file.
    int wal_mb = 64; ///< 1 to 65,536. Size of FILE-wal from which on a commit waits until it is emptied.
    std::chrono::milliseconds busy_time_limit =
        std::chrono::seconds(5); ///< For other programs that look into the file.
};

/// A file of objects. It is closed when this and every copy of its port are gone; what was not committed is forgotten.
///
/// The port's functions are used by one thread at a time; `backup` by any. A thread of the store moves committed pages
/// from FILE-wal into the file. One process at a time has the file open.
///
/// Each combination of kind, owner and audience, in each spelling, takes some hundred bytes of memory. Whatever SQLite
/// reports (full disk, failing disk, damaged file) comes back as errc::unavailable with its message; after a rollback
/// the store serves again as soon as the disk does. Should the disk fail to confirm a commit, then refuse every write,
/// and the process be killed, the failed batch can turn out to be kept, as a whole.
class INCAR_STORE_SQLITE_EXPORT sqlite_store {
public:
    /// Opens the file, and brings it up to date if an older version of incar wrote it. Errors, with the option as
    /// `where` ("/file"): errc::missing and errc::out_of_range for an option; errc::malformed for a file that is no
    /// store of incar, which is left as it is; errc::inconsistent for one that a newer version wrote; errc::unavailable
    /// when another process has it open or SQLite cannot.
    static expected<sqlite_store> open(const sqlite_options& options);

    /// This store for whoever takes any. May outlive it.
    store::object_store port() const;

    /// Writes what is committed to a new file, which `open` takes, while the store is in use. Errors, at "/file":
    /// errc::duplicate when there is such a file, errc::unavailable with SQLite's message; then no file is left.
    /// Meanwhile FILE-wal can outgrow `wal_mb`.
    expected<void> backup(const std::string& file) const;

private:
    class objects;
    explicit sqlite_store(std::shared_ptr<objects> opened) noexcept;
    std::shared_ptr<objects> objects_;
};

} // namespace incar::adapters
