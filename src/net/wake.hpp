#pragma once

// Waking other threads once for all that a thread gives them while it works through a batch. A thread that is woken for
// the first piece takes turns with the one that wakes it, and sleeps again after each.

#include <incar/net/export.hpp>

#include <memory>
#include <vector>

namespace incar::net {

// A thread that may be asleep.
class sleeper {
public:
    virtual ~sleeper() = default;
    virtual void wake() noexcept = 0; // from any thread; nothing happens when it is awake
};

// Wakes it now, or when the batch of this thread ends.
INCAR_NET_EXPORT void wake(const std::shared_ptr<sleeper>& which);

// For a thread that is about to wait for others in the middle of a batch.
INCAR_NET_EXPORT void wake_all_owed() noexcept;

// From here to the end of the scope this thread wakes nobody. Of scopes in scopes the outermost counts.
class INCAR_NET_EXPORT wake_batch {
public:
    wake_batch() noexcept;
    ~wake_batch();
    wake_batch(const wake_batch&) = delete;
    wake_batch& operator=(const wake_batch&) = delete;

private:
    friend void wake(const std::shared_ptr<sleeper>&);
    friend void wake_all_owed() noexcept;

    void pay() noexcept;

    std::vector<std::shared_ptr<sleeper>> owed_;
};

} // namespace incar::net
