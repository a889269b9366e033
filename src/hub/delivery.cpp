#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {
namespace {

// Delivery is synchronisation: every member has a place in the order of changes, and is sent the latest state of what
// changed since, one object at a time. The last changes are in memory, earlier ones come from the store.

constexpr std::size_t most_recent = 1024;

const std::vector<std::string>& delivered_kinds() {
    static const std::vector<std::string> kinds = {"locations", "tariffs",         "tokens",       "sessions",
                                                   "cdrs",      "scoptimizations", "hubclientinfo"};
    return kinds;
}

change as_change(store::stored_object object) {
    return {object.revision, std::move(object.key),  std::move(object.audience),
            object.removed,  std::move(object.text), false};
}

std::string name_of(const store::object_key& key) {
    return key.kind + "\n" + key.owner + "\n" + key.id;
}

// "ID", "ID/RFID" or "ID\tNL*ABC", as objects are kept.
std::string id_of(const change& what) {
    return what.key.id.substr(0, what.key.id.find('\t'));
}

ocpi_client::call request_about(const change& what) {
    ocpi_client::call request;
    request.method = what.removed ? "DELETE" : "PUT";
    request.module = what.key.kind;
    request.side = interface_role::receiver;
    if (!what.removed) request.body = what.text;
    if (what.key.kind == "cdrs") {
        request.method = "POST";
        return request;
    }
    const auto owner = ocpi::parse_party_key(what.key.owner).value();
    request.segments = {owner.country_code.text(), owner.party_id.text()};
    if (what.key.kind == "hubclientinfo") return request;
    std::string id = id_of(what);
    if (what.key.kind == "tokens") {
        const std::size_t slash = id.rfind('/');
        request.parameters = {{"type", id.substr(slash + 1)}};
        id.resize(slash);
    }
    request.segments.push_back(std::move(id));
    return request;
}

} // namespace

// Takes up what was saved since it was called last.
void hub::core::see_changes() {
    if (!has_unseen) return;
    has_unseen = false;
    while (true) {
        auto fresh = ports.objects.changes(newest, delivered_kinds(), 256);
        if (!fresh) {
            has_unseen = true;
            return note(log_level::error, "the changes cannot be read: " + format(fresh.error()));
        }
        for (store::stored_object& each : fresh->objects) {
            const auto seen = std::make_shared<change>(as_change(std::move(each)));
            auto& latest = recent_by_key[name_of(seen->key)];
            if (latest) latest->is_superseded = true;
            latest = seen;
            recent.push_back(seen);
            if (recent.size() <= most_recent) continue;
            if (!recent.front()->is_superseded) recent_by_key.erase(name_of(recent.front()->key));
            recent.pop_front();
        }
        newest = std::max(newest, fresh->revision);
        if (fresh->objects.size() < 256) return;
    }
}

// Whether a member is told of a change: it is on the other side of the module, and the object is for it.
bool hub::core::is_for(const member& who, const change& what) const {
    const module_rule* rule = find_rule(what.key.kind);
    if (!rule || !has_role(who.roles, rule->receivers)) return false;
    const partner* connection = connections->find(who.name);
    if (!connection || !ocpi_client::find_endpoint(*connection, what.key.kind, interface_role::receiver)) return false;
    if (what.key.kind != "hubclientinfo" && has_party(who.roles, what.key.owner)) return false;
    if (what.key.kind == "sessions" && provider_for(what.key.owner, what.text) == &who) return true;
    if (what.audience.empty()) return rule->is_broadcast || what.key.kind == "hubclientinfo";
    // Pushed to one party, which had its chance then; it is sent again only what it asked to be.
    return who.wants_catch_up && has_party(who.roles, what.audience);
}

void hub::core::deliver_all() {
    if (!ports.objects.commit) deliver_now(); // else the flush does, once for its batch
}

void hub::core::deliver_now() {
    if (closed) return;
    see_changes();
    for (auto& [name, way] : deliveries)
        if (!way.under_way && !way.again_at && (way.place < newest || !way.missed.empty())) deliver(name);
}

// What the member is told next: first what did not arrive, then what follows its place.
std::shared_ptr<const change> hub::core::next_for(const member& who, delivery& way) {
    while (!way.missed.empty()) {
        const std::uint64_t revision = *way.missed.begin();
        auto page = ports.objects.changes(revision - 1, delivered_kinds(), 1);
        if (!page) {
            note(log_level::error, "the changes cannot be read: " + format(page.error()));
            return nullptr;
        }
        if (!page->objects.empty() && page->objects.front().revision == revision) { // else it was saved again since
            auto next = std::make_shared<const change>(as_change(std::move(page->objects.front())));
            if (is_for(who, *next)) return next;
        }
        way.missed.erase(way.missed.begin());
    }
    const auto is_wanted = [&](const change& each) { return way.told.count(each.revision) == 0 && is_for(who, each); };
    const bool is_recent = !recent.empty() && recent.front()->revision <= way.place + 1;
    if (is_recent) {
        const auto after = [](std::uint64_t place, const std::shared_ptr<change>& each) {
            return place < each->revision;
        };
        for (auto each = std::upper_bound(recent.begin(), recent.end(), way.place, after); each != recent.end();
             ++each) {
            if (!(*each)->is_superseded && is_wanted(**each)) return *each;
            way.place = (*each)->revision;
        }
        return nullptr;
    }
    while (way.place < newest) {
        auto page = ports.objects.changes(way.place, delivered_kinds(), 100);
        if (!page) {
            note(log_level::error, "the changes cannot be read: " + format(page.error()));
            return nullptr;
        }
        if (page->objects.empty()) way.place = newest;
        for (store::stored_object& each : page->objects) {
            auto candidate = std::make_shared<const change>(as_change(std::move(each)));
            if (is_wanted(*candidate)) return candidate;
            way.place = candidate->revision;
        }
    }
    return nullptr;
}

void hub::core::deliver(const std::string& name) {
    delivery& way = deliveries[name];
    const member* who = find_active(name);
    if (!who || way.under_way || way.again_at) return;
    if (who->status != v221::connection_status::connected) return;
    const std::shared_ptr<const change> next = next_for(*who, way);
    way.told.erase(way.told.begin(), way.told.upper_bound(way.place));
    if (!next) return;

    ocpi_client::recipient leg(name);
    const auto parties = parties_of(who->roles);
    leg.to = parties.front();
    for (const party_key& each : parties)
        if (equals_ignoring_case(format(each), next->audience)) leg.to = each;
    leg.from = self();
    if (!next->audience.empty())
        if (const auto owner = ocpi::parse_party_key(next->key.owner)) leg.from = *owner;
    way.under_way = true;
    const bool was_missed = way.missed.count(next->revision) > 0;
    connections->forward(leg, request_about(*next),
                         [this, name, next, was_missed](expected<net::http_response> response) {
                             delivery& mine = deliveries[name];
                             mine.under_way = false;
                             const bool is_taken = response && response->status < 500;
                             if (is_taken) {
                                 if (was_missed)
                                     mine.missed.erase(next->revision);
                                 else
                                     mine.place = std::max(mine.place, next->revision);
                                 heard(name);
                                 const auto body = ocpi::decode_envelope(response->body);
                                 if (response->status >= 300 || !body || !ocpi::succeeded(*body))
                                     note(log_level::warning, name + " refused " + next->key.kind + " " +
                                                                  next->key.owner + " " + id_of(*next));
                             } else if (!response && response.error().code == errc::unavailable) {
                                 return; // the store failed, not the member
                             } else {
                                 not_heard(name);
                             }
                             deliver_all();
                         });
}

// Places need not be durable at once: after a crash an object is told twice, which changes nothing.
void hub::core::keep_places() {
    for (auto& [name, way] : deliveries) {
        std::uint64_t place = way.place; // and what may still turn out not to have arrived is not behind it
        for (const auto* open : {&way.on_the_way, &way.missed})
            if (!open->empty()) place = std::min(place, *open->begin() - 1);
        if (place == way.kept_place) continue;
        if (save(place_kind, name, std::to_string(place))) way.kept_place = place;
    }
}

} // namespace incar::hub
