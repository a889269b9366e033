#pragma once

#include "adapters/sqlite/database.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace incar::adapters::sqlite {

// Moves pages from the write-ahead log into the file, on a thread and a connection of its own. A checkpoint that fails
// is tried again with the next commit; meanwhile the log grows.
class checkpointer {
public:
    checkpointer(const std::string& file, int wal_mb);
    checkpointer(const checkpointer&) = delete;
    checkpointer& operator=(const checkpointer&) = delete;
    ~checkpointer();

    // The log has so many pages. Called between transactions; waits only when the log has reached its size.
    void grown_to(int pages);

private:
    void run();
    void move_pages();

    connection db_;
    const int most_pages_;
    std::mutex moving_; // of who uses the connection
    std::atomic<int> moved_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    bool wanted_ = false, stopping_ = false;
    std::thread thread_;
};

} // namespace incar::adapters::sqlite
