#include "adapters/sqlite/database.hpp"

#include <system_error>

namespace incar::adapters::sqlite {
namespace {

[[noreturn]] void fail(sqlite3* handle, int result) {
    std::string words = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
    if (const int reason = handle ? sqlite3_system_errno(handle) : 0; reason != 0 && (result & 0xff) == SQLITE_CANTOPEN)
        words += ", " + std::system_category().message(reason);
    const int code = handle ? sqlite3_extended_errcode(handle) : result;
    const errc kind = (result & 0xff) == SQLITE_NOTADB ? errc::malformed : errc::unavailable;
    throw failure{error{kind, "", "SQLite: " + words + " (" + std::to_string(code) + ")"}};
}

} // namespace

connection::connection(const std::string& file, int flags, std::chrono::milliseconds busy_time_limit) {
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(handle);
    require(result);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, static_cast<int>(busy_time_limit.count()));
}

void connection::require(int result) const {
    if (result != SQLITE_OK) fail(handle(), result);
}

void connection::run(const std::string& sql) {
    require(sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t connection::number(const std::string& sql) {
    statement asked(*this, sql.c_str());
    rows answer = asked.with();
    return answer.next() ? answer.number(0) : 0;
}

std::string connection::text(const std::string& sql) {
    statement asked(*this, sql.c_str());
    rows answer = asked.with();
    return answer.next() ? answer.text(0) : std::string();
}

statement::statement(const connection& on, const char* sql) : on_(on) {
    sqlite3_stmt* handle = nullptr;
    on_.require(sqlite3_prepare_v3(on_.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr));
    handle_.reset(handle);
}

} // namespace incar::adapters::sqlite
