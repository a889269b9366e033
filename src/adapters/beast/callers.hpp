#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

namespace incar::adapters {

// How many connections carry which Authorization. Safe to use from many threads at a time.
class callers {
public:
    // 0: as many as you like.
    explicit callers(int most) : most_(most) {}

    // The connection's caller is another from now on; false when that one has connections enough, then nothing changes.
    bool change(std::string& from, const std::string& to) {
        if (most_ == 0 || from == to) return true;
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!to.empty()) {
            int& count = counts_[to];
            if (count >= most_) return false;
            ++count;
        }
        take_off(from);
        from = to;
        return true;
    }

    void leave(const std::string& caller) {
        if (most_ == 0) return;
        const std::lock_guard<std::mutex> lock(mutex_);
        take_off(caller);
    }

private:
    void take_off(const std::string& caller) {
        const auto found = counts_.find(caller);
        if (found != counts_.end() && --found->second == 0) counts_.erase(found);
    }

    const int most_;
    std::mutex mutex_;
    std::unordered_map<std::string, int> counts_;
};

} // namespace incar::adapters
