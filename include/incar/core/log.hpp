#pragma once

/// \file
/// Where messages for the operator go: a function of the host's, standard error, or nowhere.
///
///     const log_sink log = stderr_log(log_level::info);
///     log({log_level::warning, "hub", "partner NL-ABC is slow"}); // prints: warning hub: partner NL-ABC is slow
///
/// To log into your own system pass a function: `log_sink([&](const log_record& record) { journal.add(...); })`.

#include <incar/core/export.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace incar {

/// How much a message matters, in rising order.
enum class log_level {
    debug,   ///< For who develops the program.
    info,    ///< The ordinary course of things.
    warning, ///< Something is amiss and was dealt with.
    error,   ///< Something failed; a person should look.
};

/// One message. The texts live as long as the call of the sink; a sink that keeps them copies them.
struct log_record {
    log_level level = log_level::info;
    std::string_view component; ///< Who speaks, for example "hub" or "ocpp".
    std::string_view message;   ///< One sentence. May hold text from strangers: a sink that writes lines escapes it.
};

/// Takes messages. It must not throw. Each user of a sink says from which threads it calls it.
using log_sink = std::function<void(const log_record&)>;

/// "warning hub: the text" on one line, whatever the texts hold: control characters of ASCII and of Unicode (C1) and
/// the Unicode line separators appear as `\n`, `\t`, `\x1b`, `\u{85}`, and a backslash as `\\`, so that no message can
/// look like a second line or command a terminal. Without a line end.
INCAR_CORE_EXPORT std::string format(const log_record& record);

/// Drops all messages.
INCAR_CORE_EXPORT log_sink discard_log();

/// Writes messages of at least this level to standard error, each as one `format`ted line in one write.
/// Safe to use from many threads at a time.
INCAR_CORE_EXPORT log_sink stderr_log(log_level least);

} // namespace incar
