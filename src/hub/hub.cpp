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
    tasks.relay = [hub = core_.get()](const incoming& in, answer_with done) { hub->relay(in, std::move(done)); };
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
    ++alive->handling;
    alive->connections->handle(std::move(request),
                               [alive, respond = std::move(respond)](net::http_response answer) mutable {
                                   alive->let_out([respond = std::move(respond), answer = std::move(answer),
                                                   hub = alive.get()](bool durable) mutable {
                                       if (!durable) answer = as_response(store_failed(), hub->ports.clock());
                                       respond(std::move(answer));
                                   });
                                   if (alive->handling == 0) alive->deliver_all(); // the answer comes later
                               });
    --alive->handling;
    alive->deliver_all();
}

net::url hub::core::our_url(const std::vector<std::string>& segments) const {
    return options.base_url.append(segments).value();
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
