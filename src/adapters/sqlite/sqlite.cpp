#include "adapters/sqlite/objects.hpp"

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
