#include "adapters/sqlite/checkpointer.hpp"

namespace incar::adapters::sqlite {
namespace {

constexpr int bytes_of_a_page = 4096 + 24;
constexpr int parts = 4; // the thread sets to work with each of them

// A connection that has read nothing does not know of the log, and SQLite's checkpoints on it do nothing.
connection reading(const std::string& file) {
    connection db(file, SQLITE_OPEN_READWRITE, std::chrono::milliseconds(0));
    db.number("PRAGMA schema_version");
    return db;
}

} // namespace

checkpointer::checkpointer(const std::string& file, int wal_mb)
    : db_(reading(file)), most_pages_(static_cast<int>((std::int64_t{wal_mb} << 20) / bytes_of_a_page)),
      thread_([this] { run(); }) {}

checkpointer::~checkpointer() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void checkpointer::grown_to(int pages) {
    if (pages < moved_) moved_ = 0; // the log began anew
    if (pages >= most_pages_) return move_pages();
    if (pages - moved_ < most_pages_ / parts) return;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        wanted_ = true;
    }
    changed_.notify_one();
}

void checkpointer::run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return wanted_ || stopping_; });
        if (stopping_) return;
        wanted_ = false;
        lock.unlock();
        move_pages();
        lock.lock();
    }
}

void checkpointer::move_pages() {
    const std::lock_guard<std::mutex> lock(moving_);
    int pages = 0, moved = 0;
    const int result = sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    if (result == SQLITE_OK) moved_ = moved;
}

} // namespace incar::adapters::sqlite
