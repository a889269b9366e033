#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {
namespace {

const reply store_failed() {
    return failure(ocpi::status_code::server_error, "the store cannot serve at present", 503);
}

net::http_response as_response(const reply& out, timestamp now) {
    ocpi::envelope body;
    body.status_code = out.status_code;
    body.status_message = out.message;
    body.timestamp = now;
    return {out.http_status, {{"Content-Type", "application/json"}}, ocpi::encode(body)};
}

std::vector<ocpi_client::module_side> all_modules() {
    std::vector<ocpi_client::module_side> offered;
    for (const char* module :
         {"locations", "sessions", "cdrs", "tariffs", "tokens", "commands", "chargingprofiles", "scoptimizations"})
        for (const interface_role side : {interface_role::sender, interface_role::receiver})
            offered.push_back({module, side});
    offered.push_back({"hubclientinfo", interface_role::sender});
    return offered;
}

} // namespace

reply failure(const error& reason) {
    const ocpi::error_answer answer = ocpi::answer_to(reason.code);
    reply out;
    out.http_status = answer.http_status;
    out.status_code = answer.status_code;
    out.message = reason.where.empty() ? reason.message : reason.where + ": " + reason.message;
    return out;
}

reply failure(ocpi::status_code code, std::string message, int http_status) {
    reply out;
    out.http_status = http_status;
    out.status_code = static_cast<int>(code);
    out.message = std::move(message);
    return out;
}

reply success(std::optional<std::string> data, int http_status) {
    reply out;
    out.http_status = http_status;
    out.data = std::move(data);
    return out;
}

reply unknown_session() {
    v221::command_response none;
    none.result = v221::command_response_type::unknown_session;
    return success(ocpi::encode(none));
}

std::vector<party_key> parties_of(const std::vector<v221::credentials_role>& roles) {
    std::vector<party_key> found;
    for (const v221::credentials_role& each : roles) {
        const party_key key{each.country_code, each.party_id};
        if (std::find(found.begin(), found.end(), key) == found.end()) found.push_back(key);
    }
    return found;
}

bool has_role(const std::vector<v221::credentials_role>& roles, std::string_view words) {
    return std::any_of(roles.begin(), roles.end(),
                       [&](const v221::credentials_role& each) { return has_word(words, each.role.text()); });
}

hub::hub(hub_options options, hub_ports ports) : core_(std::make_shared<core>()) {
    const auto need = [](bool there, const char* what) {
        if (!there) throw exception(error{errc::missing, what, "a hub cannot work without it"});
    };
    need(!options.base_url.empty(), "options.base_url");
    need(!options.self.country_code.empty() && !options.self.party_id.empty(), "options.self");
    need(options.page_limit > 0, "options.page_limit");
    need(ports.http.send && ports.clock && ports.random, "ports");
    need(ports.objects.find && ports.objects.save && ports.objects.list && ports.objects.changes, "ports.objects");
    need(!ports.seal == !ports.open, "ports.seal and ports.open together");
    core& mine = *core_;
    mine.options = std::move(options);
    mine.ports = std::move(ports);
    mine.options.self.role = v221::role::hub;

    ocpi_client::party_options own;
    own.base_url = mine.options.base_url;
    own.roles = {mine.options.self};
    own.offered = all_modules();
    own.page_limit = mine.options.page_limit;
    own.strictness = mine.options.strictness;
    own.limits = mine.options.limits;

    ocpi_client::party_ports needs;
    needs.http.name = mine.ports.http.name;
    needs.http.send = [hub = core_.get()](net::http_request request, const net::http_limits& limits,
                                          net::http_completion done) {
        hub->let_out([send = hub->ports.http.send, request = std::move(request), limits,
                      done = std::move(done)](bool durable) mutable {
            if (durable) return send(std::move(request), limits, std::move(done));
            done(error{errc::unavailable, "", "the store failed before the request was sent"});
        });
    };
    needs.objects = mine.ports.objects; // the party stores nothing itself: everything goes to `relay`
    needs.clock = mine.ports.clock;
    needs.random = mine.ports.random;
    needs.fingerprint = mine.ports.fingerprint;
    needs.log = mine.ports.log;
    needs.save = [hub = core_.get()](const partner& changed) { return hub->keep_connection(changed); };

    ocpi_client::handlers tasks;
    tasks.admit = [hub = core_.get()](const partner& who, const v221::credentials& theirs) {
        return hub->admit(who, theirs);
    };
    tasks.relay = [hub = core_.get()](incoming in, answer_with done) { hub->relay(std::move(in), std::move(done)); };
    mine.connections = std::make_unique<ocpi_client::party>(std::move(own), std::move(needs), std::move(tasks));
    if (auto loaded = mine.load(); !loaded) throw exception(loaded.error());
    mine.has_backlog = std::any_of(mine.deliveries.begin(), mine.deliveries.end(),
                                   [&](const auto& each) { return each.second.place < mine.newest; });
}

hub::~hub() {
    core_->closed = true;
    core_->connections.reset();
    core_->waiting.clear(); // they hold the core; who waits for them is answered by the server
}

void hub::handle(net::http_request request, net::http_respond respond) {
    const auto alive = core_;
    const auto is_later = std::make_shared<bool>(false); // whether the answer comes after this returned
    alive->connections->handle(
        std::move(request), [alive, is_later, respond = std::move(respond)](net::http_response answer) {
            alive->let_out([respond, answer = std::move(answer), alive](bool durable) mutable {
                respond(durable ? std::move(answer) : as_response(store_failed(), alive->ports.clock()));
            });
            if (*is_later) alive->deliver_all();
        });
    *is_later = true;
    alive->deliver_all();
}

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

net::url hub::core::our_url(const std::vector<std::string>& segments) const {
    return options.base_url.append(segments).value();
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

std::optional<timestamp> hub::next_deadline() const {
    std::optional<timestamp> first = core_->connections->next_deadline();
    const auto consider = [&](std::optional<timestamp> due) {
        if (due && (!first || *due < *first)) first = due;
    };
    consider(core_->results.next_due());
    if (core_->has_backlog) consider(core_->ports.clock());
    for (const auto& [name, each] : core_->deliveries) {
        timestamp due = each.again_at.value_or(timestamp::max());
        if (!each.being_asked) due = std::min(due, each.heard_at + core_->options.timing.silence);
        if ((!first || due < *first) && core_->find_active(name)) first = due;
    }
    return first;
}

void hub::tick() {
    const auto alive = core_;
    const timestamp now = alive->ports.clock();
    alive->has_backlog = false;
    alive->connections->tick();
    alive->time_out_results(now);
    alive->check_silent(now);
    alive->keep_places();
    alive->deliver_all();
}

} // namespace incar::hub
