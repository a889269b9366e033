#pragma once

// A disk that fails on demand, under SQLite: its default VFS from `install` on, in front of the real one. Syncing is
// counted and not done, for tests end stores and processes, not machines.

#include <sqlite3.h>

#include <cstdint>

namespace faulty {

enum class call { read, write, sync, truncate, open, remove, shm_map, shm_lock };
constexpr int calls = 8;

enum class thread { here, elsewhere }; // the one that installed, or any other

struct fault {
    call what = call::write;
    int skip = 0;             // so many calls go well
    bool lasts = false;       // all from there on fail, not one
    int code = SQLITE_IOERR;  // what it fails with
    thread of = thread::here; // of the others calls are neither counted nor failed
};

void install();
void fail(const fault& next);
void heal();
bool has_struck(); // since the last `fail`

int count(call what, thread of = thread::here); // since `install`

// From now on all files together hold so many bytes; writes beyond fail with SQLITE_FULL. -1: as many as there are.
void set_capacity(std::int64_t bytes);

} // namespace faulty
