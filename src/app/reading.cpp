#include "app/core.hpp"

namespace incar::app {
namespace {

constexpr std::size_t slice = 256; // objects: a few milliseconds, in which nobody is answered
constexpr auto between_looks = std::chrono::seconds(1);

} // namespace

void core::see(const store::stored_object& object) {
    if (object.key.kind == "locations") places.see(object);
    if (object.key.kind == "sessions") sessions.see(object);
    if (object.key.kind == "cdrs") cdrs.see(object);
}

// Whether nothing more was saved than what was read now.
expected<bool> core::advance(feed& of) {
    const auto fresh = middle.view().objects.changes(of.known, {of.kind}, slice);
    if (!fresh) return fresh.error();
    for (const store::stored_object& each : fresh->objects) {
        see(each);
        unsure.push_back(each.key);
    }
    of.known = fresh->revision;
    if (fresh->objects.size() < slice) of.is_complete = true;
    return fresh->objects.size() < slice;
}

// What was seen of a batch that was undone since, is looked at again; and revisions count from before it.
expected<void> core::forget_undone() {
    const auto view = middle.view();
    if (view.undone != undone) {
        for (const store::object_key& each : unsure) {
            auto found = view.objects.find(each);
            if (!found) return found.error();
            store::stored_object now;
            now.key = each;
            now.removed = true;
            see(*found ? **found : now);
        }
        if (auto loaded = load_commands(); !loaded) return loaded;
        for (feed& each : feeds) each.known = each.durable;
        undone = view.undone;
    }
    if (view.flushed == flushed) return {};
    flushed = view.flushed;
    unsure.clear();
    for (feed& each : feeds) each.durable = each.known;
    return {};
}

// Brings an index to the present, if it was complete once.
expected<void> core::is_ready(feed_kind kind) {
    if (auto done = forget_undone(); !done) return done;
    feed& mine = feeds[kind];
    while (mine.is_complete) {
        const auto done = advance(mine);
        if (!done) return done.error();
        if (*done) return {};
    }
    return error{errc::unavailable, "", std::string("the ") + mine.kind + " are still being read"};
}

// A slice of the first index that is not complete, else of all, so that no request finds much to read.
void core::read_on(timestamp now) {
    if (options.tokens.empty() || (look_at && now < *look_at)) return; // without tokens nobody can ask
    look_at = now + between_looks;
    if (!forget_undone()) return;
    for (feed& each : feeds) {
        const bool was_complete = each.is_complete;
        const auto done = advance(each);
        if (!done) return;
        if (*done) continue;
        look_at = now;
        if (!was_complete) return;
    }
}

} // namespace incar::app
