#include "hub/core.hpp"

namespace incar::hub {

using v221::connection_status;

void hub::core::heard(const std::string& name) {
    delivery& way = deliveries[name];
    way.heard_at = ports.clock();
    way.failures = 0;
    const member* who = find_active(name);
    if (!who || who->status != connection_status::offline) return;
    way.again_at.reset();
    if (!who->wants_catch_up) { // it asks for what it missed
        see_changes();
        way.place = newest;
        way.told.clear();
        way.missed.clear();
    }
    if (auto kept = set_status(name, connection_status::connected); !kept)
        note(log_level::warning, "the state of " + name + " could not be kept: " + format(kept.error()));
}

void hub::core::not_heard(const std::string& name) {
    delivery& way = deliveries[name];
    if (++way.failures < options.timing.attempts) {
        const auto step = options.timing.first_retry * (1 << (way.failures - 1));
        unsigned char chance[2];
        ports.random(chance, sizeof chance);
        const auto part = step / 2 * (chance[0] * 256 + chance[1]) / 65536;
        way.again_at = ports.clock() + std::chrono::duration_cast<std::chrono::milliseconds>(step / 2 + part);
        return;
    }
    way.again_at.reset();
    if (auto kept = set_status(name, connection_status::offline); !kept)
        note(log_level::warning, "the state of " + name + " could not be kept: " + format(kept.error()));
}

// Members that were silent are asked for their versions, and those that come to a time for another attempt get it.
void hub::core::check_silent(timestamp now) {
    for (auto& [name, way] : deliveries) {
        if (way.again_at && now >= *way.again_at) way.again_at.reset();
        if (!find_active(name) || way.being_asked || now < way.heard_at + options.timing.silence) continue;
        way.being_asked = true;
        way.heard_at = now; // the next question comes after as long again
        connections->ask_versions(name, [this, who = name](expected<void> answered_them) {
            deliveries[who].being_asked = false;
            if (answered_them) {
                heard(who);
            } else {
                if (auto kept = set_status(who, connection_status::offline); !kept)
                    note(log_level::warning, "the state of " + who + " could not be kept");
            }
            deliver_all();
        });
    }
}

} // namespace incar::hub
