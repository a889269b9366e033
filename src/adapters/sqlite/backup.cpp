#include "adapters/sqlite/objects.hpp"

#include <filesystem>

namespace incar::adapters {

using namespace sqlite;

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
        error reason = failed.reason;
        reason.where = "/file";
        return reason;
    }
}

} // namespace incar::adapters
