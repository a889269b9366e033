#include "net/wake.hpp"

#include <algorithm>
#include <utility>

namespace incar::net {
namespace {

thread_local wake_batch* outermost = nullptr;

} // namespace

void wake(const std::shared_ptr<sleeper>& which) {
    if (!outermost) return which->wake();
    auto& owed = outermost->owed_;
    if (std::find(owed.begin(), owed.end(), which) == owed.end()) owed.push_back(which);
}

void wake_all_owed() noexcept {
    if (outermost) outermost->pay();
}

wake_batch::wake_batch() noexcept {
    if (!outermost) outermost = this;
}

wake_batch::~wake_batch() {
    if (outermost != this) return;
    pay();
    outermost = nullptr;
}

void wake_batch::pay() noexcept {
    while (!owed_.empty()) {
        const auto last = std::move(owed_.back()); // with it may go what owes another
        owed_.pop_back();
        last->wake();
    }
}

} // namespace incar::net
