#pragma once

/// \file
/// Work from many threads, done by one thread in batches: what stands between transports with threads of their own and
/// something that is quicker when it is asked many things at a time, such as `hub::hub` on a store with group commit.
///
///     net::work_loop loop;
///     ports.http = loop.wrap(client.port());                         // completions run on the loop
///     hub::hub hub(options, ports);
///     auto server = adapters::http_server::start(listen, loop.wrap(handler));
///     net::work_rounds rounds;
///     rounds.finish = [&] { hub.flush(); };
///     rounds.next_deadline = [&] { return hub.next_deadline(); };
///     rounds.tick = [&] { hub.tick(); };
///     loop.run(rounds, system_clock());                              // until stop()
///
/// Compare <incar/net/strand.hpp>, which needs no thread and does each piece of work at once.

#include <incar/core/clock.hpp>
#include <incar/net/export.hpp>
#include <incar/net/http_client.hpp>
#include <incar/net/http_server.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace incar::net {

/// What `work_loop::run` does beside the tasks, on its thread. Functions that are not set are left out.
struct work_rounds {
    std::function<void()> finish;                            ///< After each batch of tasks, and after `tick`.
    std::function<std::optional<timestamp>()> next_deadline; ///< When `tick` is wanted; asked after `finish`.
    std::function<void()> tick;                              ///< When that time has come.
    std::size_t most_tasks = 512;                            ///< In a batch; > 0.
};

/// A queue of work and the loop that does it. Copies share it.
class INCAR_NET_EXPORT work_loop {
public:
    work_loop();

    /// Puts a task at the end. May be called from any thread, also from a task. A task must not throw (the process
    /// ends) and should not block: threads that sleep hear of what a task posts or sends when its batch is done, so one
    /// that waited for them would wait long. What is posted after `stop` is destroyed without being run, on any
    /// thread.
    void post(std::function<void()> task) const;

    /// Does what is posted on the calling thread, in order, until `stop`; then what was posted before it is done and
    /// finished. One call in the life of a loop.
    void run(const work_rounds& rounds, const incar::clock& now) const;

    /// Lets `run` return. May be called from any thread, more than once, also before `run`.
    void stop() const;

    /// The same client, its completions as tasks.
    http_client wrap(http_client client) const;

    /// The same handler, each request as a task. An exception is answered with status 500.
    http_handler wrap(http_handler handler) const;

private:
    struct queue;
    std::shared_ptr<queue> queue_;
};

} // namespace incar::net
