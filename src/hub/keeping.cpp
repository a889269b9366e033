#include "hub/core.hpp"

namespace incar::hub {

expected<void> hub::flush() {
    return core_->flush();
}

void hub::core::let_out(held effect) {
    if (!ports.objects.commit) return effect(!is_broken);
    waiting.push_back(std::move(effect));
}

expected<void> hub::core::flush() {
    const auto alive = shared_from_this();
    expected<void> result;
    const auto store = ports.objects; // also when the hub is destroyed by what is let out
    do {
        std::vector<held> effects;
        effects.swap(waiting);
        expected<void> done;
        if (is_broken)
            done = error{errc::unavailable, "", "the store failed"};
        else if (store.commit)
            done = store.commit();
        if (!done) {
            if (store.rollback) (void)store.rollback();
            is_broken = false;
            ++undone;
            note(log_level::error, "the store failed, nothing since the last flush is kept: " + format(done.error()));
            if (auto loaded = load(); !loaded) note(log_level::error, "and cannot be read: " + format(loaded.error()));
            if (result) result = done;
        } else {
            ++flushed;
        }
        for (held& each : effects) each(done.has_value());
        if (!closed && result) deliver_now(); // a store that stays broken is tried once a flush
    } while (!waiting.empty());
    return result;
}

expected<void> hub::core::save(store::stored_object object) {
    has_unseen = true;
    auto saved = ports.objects.save(std::move(object));
    if (!saved && ports.objects.commit) is_broken = true; // the whole batch is undone by the next flush
    return saved;
}

expected<void> hub::core::erase(const store::object_key& key) {
    const auto erased = ports.objects.erase(key);
    if (erased) return {};
    if (ports.objects.commit) is_broken = true;
    return erased.error();
}

expected<void> hub::core::save(const char* kind, const std::string& id, std::string text) {
    store::stored_object object;
    object.key = {kind, "", id};
    object.last_updated = ports.clock();
    object.text = std::move(text);
    return save(std::move(object));
}

// Every object of a kind that is the hub's own.
expected<void> hub::core::each_of(const char* kind,
                                  const std::function<expected<void>(const store::stored_object&)>& take) const {
    store::object_query query;
    query.kind = kind;
    query.limit = 1000;
    query.count = false;
    do {
        const auto page = ports.objects.list(query);
        if (!page) return page.error();
        for (const store::stored_object& each : page->objects)
            if (auto taken = take(each); !taken) {
                const error& why = taken.error();
                return error{why.code, std::string(kind) + "/" + each.key.id + why.where, why.message};
            }
        query.after = page->next;
    } while (!query.after.empty());
    return {};
}

// Everything in memory, as the store has it.
expected<void> hub::core::load() {
    std::map<std::string, member> found;
    auto done = each_of(member_kind, [&](const store::stored_object& each) -> expected<void> {
        auto read = member_from_json(each.text);
        if (!read) return read.error();
        found[read->name] = std::move(*read);
        return {};
    });
    if (!done) return done;
    members = std::move(found);

    std::set<std::string> connected;
    done = each_of(connection_kind, [&](const store::stored_object& each) -> expected<void> {
        const auto opened = ports.open ? ports.open(each.text) : expected<std::string>(each.text);
        if (!opened) return opened.error();
        auto read = ocpi_client::decode_partner(*opened);
        if (!read) return read.error();
        connected.insert(read->name);
        connections->restore(std::move(*read));
        return {};
    });
    if (!done) return done;
    for (const partner& each : connections->partners()) {
        if (connected.count(each.name) > 0) continue;
        partner none;
        none.name = each.name;
        none.state = ocpi_client::partner_state::unregistered;
        connections->restore(none);
    }

    results.clear();
    done = each_of(result_kind, [&](const store::stored_object& each) -> expected<void> {
        auto read = decode_result(each.text);
        if (!read) return read.error();
        // Between the question and its answer nobody knows what was promised.
        if (!due(*read)) read->deadline = ports.clock() + usual_result_time + options.timing.result_margin;
        results.put(std::move(*read));
        return {};
    });
    if (!done) return done;

    // Changes from before are read when a member needs them; where they end is where the next save stands.
    recent.clear();
    recent_by_key.clear();
    if (auto marked = save(place_kind, "", ""); !marked) return marked;
    const auto mark = ports.objects.find({place_kind, "", ""});
    if (!mark) return mark.error();
    newest = *mark ? (*mark)->revision : 0;
    for (const auto& [name, who] : members) {
        delivery& way = deliveries[name];
        const auto place = ports.objects.find({place_kind, "", name});
        if (!place) return place.error();
        const bool is_known = place->has_value();
        way.place = is_known ? std::stoull((*place)->text) : newest;
        way.kept_place = is_known ? way.place : 0;
        way.told.clear();
        if (way.heard_at == timestamp()) way.heard_at = ports.clock();
    }
    if (auto loaded = load_private_copies(); !loaded) return loaded;
    return load_contexts();
}

} // namespace incar::hub
