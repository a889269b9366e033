#pragma once

// SQLite's connections and statements as values. What fails throws a `failure`, which never leaves the adapter.

#include <incar/core/error.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace incar::adapters::sqlite {

struct failure {
    error reason;
};

class connection {
public:
    connection(const std::string& file, int flags, std::chrono::milliseconds busy_time_limit);

    sqlite3* handle() const { return handle_.get(); }
    void run(const std::string& sql);
    std::int64_t number(const std::string& sql);
    std::string text(const std::string& sql);
    bool in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }
    void require(int result) const; // SQLITE_OK, or throws

private:
    struct closing {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, closing> handle_;
};

struct blob {
    std::string_view bytes;
};

// The rows of a statement, which is free for its next use when they are gone.
class rows {
public:
    rows(const connection& from, sqlite3_stmt* statement) : from_(from), statement_(statement) {}
    rows(const rows&) = delete;
    rows& operator=(const rows&) = delete;
    ~rows() { sqlite3_reset(statement_); }

    bool try_next() noexcept { return sqlite3_step(statement_) == SQLITE_ROW; }
    bool next() {
        const int result = sqlite3_step(statement_);
        if (result != SQLITE_ROW && result != SQLITE_DONE) from_.require(result);
        return result == SQLITE_ROW;
    }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
    bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::string text(int column) const {
        const void* const bytes = sqlite3_column_text(statement_, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return size == 0 ? std::string() : std::string(static_cast<const char*>(bytes), size);
    }

private:
    const connection& from_;
    sqlite3_stmt* statement_;
};

class statement {
public:
    statement(const connection& on, const char* sql);

    // With these parameters in their order. Texts must live as long as the rows.
    template <class... Values>
    rows with(const Values&... values) {
        int place = 0;
        (bind(++place, values), ...);
        return rows(on_, handle_.get());
    }

    template <class... Values>
    void run(const Values&... values) {
        rows all = with(values...);
        while (all.next()) {
        }
    }

    template <std::size_t count>
    void run_all(const std::int64_t (&numbers)[count]) {
        for (std::size_t i = 0; i < count; ++i) bind(static_cast<int>(i) + 1, numbers[i]);
        run();
    }

private:
    void bind(int place, std::int64_t number) { on_.require(sqlite3_bind_int64(handle_.get(), place, number)); }
    void bind(int place, blob given) {
        on_.require(sqlite3_bind_blob64(handle_.get(), place, given.bytes.data(), given.bytes.size(), SQLITE_STATIC));
    }
    void bind(int place, std::nullptr_t) { on_.require(sqlite3_bind_null(handle_.get(), place)); }
    void bind(int place, std::string_view text) {
        on_.require(sqlite3_bind_text64(handle_.get(), place, text.data() ? text.data() : "", text.size(),
                                        SQLITE_STATIC, SQLITE_UTF8));
    }

    struct finalizing {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    const connection& on_;
    std::unique_ptr<sqlite3_stmt, finalizing> handle_;
};

} // namespace incar::adapters::sqlite
