#include "store/faulty_vfs.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <thread>

namespace faulty {
namespace {

std::mutex mutex;
fault armed;
bool is_armed = false, struck = false;
int seen[2][calls] = {}; // here, elsewhere
std::thread::id installer;
std::int64_t capacity = -1;
std::map<std::string, std::int64_t> sizes;
sqlite3_vfs* real = nullptr;

int ask(call what) {
    const std::lock_guard<std::mutex> lock(mutex);
    const thread of = std::this_thread::get_id() == installer ? thread::here : thread::elsewhere;
    ++seen[static_cast<int>(of)][static_cast<int>(what)];
    if (!is_armed || what != armed.what || of != armed.of || armed.skip-- > 0) return SQLITE_OK;
    is_armed = armed.lasts;
    struck = true;
    return armed.code;
}

int grow(const std::string& name, std::int64_t size) {
    const std::lock_guard<std::mutex> lock(mutex);
    std::int64_t& kept = sizes[name];
    if (size <= kept) return SQLITE_OK;
    std::int64_t all = size - kept;
    for (const auto& [each, bytes] : sizes) all += bytes;
    if (capacity >= 0 && all > capacity) {
        struck = true;
        return SQLITE_FULL;
    }
    kept = size;
    return SQLITE_OK;
}

void set_size(const std::string& name, std::int64_t size) {
    const std::lock_guard<std::mutex> lock(mutex);
    sizes[name] = size;
}

struct file : sqlite3_file {
    std::string name;
    sqlite3_file* under() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

file& of(sqlite3_file* given) {
    return *static_cast<file*>(given);
}
sqlite3_file* under(sqlite3_file* given) {
    return of(given).under();
}

const sqlite3_io_methods methods = [] {
    sqlite3_io_methods all = {};
    all.iVersion = 2;
    all.xClose = [](sqlite3_file* f) {
        const int result = under(f)->pMethods->xClose(under(f));
        of(f).~file();
        return result;
    };
    all.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
        if (const int failed = ask(call::read)) return failed;
        return under(f)->pMethods->xRead(under(f), to, size, at);
    };
    all.xWrite = [](sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
        if (const int failed = ask(call::write)) return failed;
        if (const int failed = grow(of(f).name, at + size)) return failed;
        return under(f)->pMethods->xWrite(under(f), from, size, at);
    };
    all.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
        if (const int failed = ask(call::truncate)) return failed;
        set_size(of(f).name, size);
        return under(f)->pMethods->xTruncate(under(f), size);
    };
    all.xSync = [](sqlite3_file*, int) { return ask(call::sync); };
    all.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return under(f)->pMethods->xFileSize(under(f), size); };
    all.xLock = [](sqlite3_file* f, int level) { return under(f)->pMethods->xLock(under(f), level); };
    all.xUnlock = [](sqlite3_file* f, int level) { return under(f)->pMethods->xUnlock(under(f), level); };
    all.xCheckReservedLock = [](sqlite3_file* f, int* is) {
        return under(f)->pMethods->xCheckReservedLock(under(f), is);
    };
    all.xFileControl = [](sqlite3_file* f, int what, void* with) {
        return under(f)->pMethods->xFileControl(under(f), what, with);
    };
    all.xSectorSize = [](sqlite3_file* f) { return under(f)->pMethods->xSectorSize(under(f)); };
    all.xDeviceCharacteristics = [](sqlite3_file* f) { return under(f)->pMethods->xDeviceCharacteristics(under(f)); };
    all.xShmMap = [](sqlite3_file* f, int region, int size, int extend, void volatile** at) {
        if (const int failed = ask(call::shm_map)) return failed;
        return under(f)->pMethods->xShmMap(under(f), region, size, extend, at);
    };
    all.xShmLock = [](sqlite3_file* f, int offset, int count, int flags) {
        if (const int failed = (flags & SQLITE_SHM_LOCK) ? ask(call::shm_lock) : SQLITE_OK) return failed;
        return under(f)->pMethods->xShmLock(under(f), offset, count, flags);
    };
    all.xShmBarrier = [](sqlite3_file* f) { under(f)->pMethods->xShmBarrier(under(f)); };
    all.xShmUnmap = [](sqlite3_file* f, int remove) { return under(f)->pMethods->xShmUnmap(under(f), remove); };
    return all;
}();

int open(sqlite3_vfs*, const char* name, sqlite3_file* given, int flags, int* made) {
    given->pMethods = nullptr;
    if (const int failed = ask(call::open)) return failed;
    file* const opened = new (given) file;
    opened->name = name ? name : "";
    const int result = real->xOpen(real, name, opened->under(), flags, made);
    if (result != SQLITE_OK) {
        opened->~file();
        return result;
    }
    sqlite3_int64 size = 0;
    opened->under()->pMethods->xFileSize(opened->under(), &size);
    set_size(opened->name, size);
    opened->pMethods = &methods;
    return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int sync) {
    if (const int failed = ask(call::remove)) return failed;
    set_size(name, 0);
    return real->xDelete(real, name, sync);
}

} // namespace

void install() {
    static sqlite3_vfs shim = [] {
        real = sqlite3_vfs_find(nullptr);
        sqlite3_vfs all = *real;
        all.zName = "faulty";
        all.szOsFile = static_cast<int>(sizeof(file)) + real->szOsFile;
        all.xOpen = open;
        all.xDelete = remove;
        return all;
    }();
    sqlite3_vfs_register(&shim, 1);
    const std::lock_guard<std::mutex> lock(mutex);
    installer = std::this_thread::get_id();
    is_armed = struck = false;
    capacity = -1;
    sizes.clear();
    for (auto& each : seen) std::fill(each, each + calls, 0);
}

void fail(const fault& next) {
    const std::lock_guard<std::mutex> lock(mutex);
    armed = next;
    is_armed = true;
    struck = false;
}

void heal() {
    const std::lock_guard<std::mutex> lock(mutex);
    is_armed = false;
}

bool has_struck() {
    const std::lock_guard<std::mutex> lock(mutex);
    return struck;
}

int count(call what, thread of) {
    const std::lock_guard<std::mutex> lock(mutex);
    return seen[static_cast<int>(of)][static_cast<int>(what)];
}

void set_capacity(std::int64_t bytes) {
    const std::lock_guard<std::mutex> lock(mutex);
    capacity = bytes;
    struck = false;
}

} // namespace faulty
