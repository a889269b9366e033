#pragma once

/// \file
/// Work from many threads, done one piece at a time and in order: what stands between transports with threads of their
/// own and something that belongs to one thread at a time, such as `ocpi_client::party`.
///
///     net::strand strand;
///     ports.http = strand.wrap(client.port());                       // completions run on the strand
///     auto server = adapters::http_server::start(options, strand.wrap(handler));
///     strand.post([&] { party.push("hub", location, done); });       // and so does the host
///
/// A strand has no thread and blocks none: whoever posts while nothing runs does the work, and whatever is posted
/// meanwhile, from any thread, is done by the same thread before it returns.

#include <incar/net/export.hpp>
#include <incar/net/http_client.hpp>
#include <incar/net/http_server.hpp>

#include <functional>
#include <memory>

namespace incar::net {

/// A queue of work. Copies share it. All members may be called from any thread, also from a task.
class INCAR_NET_EXPORT strand {
public:
    strand();

    /// Runs the task after those that were posted before: before this returns when nothing else is running, else on
    /// the thread that is. A task must not throw (the process ends) and should not block. Tasks that are posted when
    /// the last copy of the strand is gone still run.
    void post(std::function<void()> task) const;

    /// The same client, its completions as tasks.
    http_client wrap(http_client client) const;

    /// The same handler, each request as a task. An exception is answered with status 500.
    http_handler wrap(http_handler handler) const;

private:
    struct queue;
    std::shared_ptr<queue> queue_;
};

} // namespace incar::net
