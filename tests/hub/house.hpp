#pragma once

// A hub and members around it, wired back to back: parties of <incar/ocpi_client/party.hpp> that register, push, pull
// and send commands through it, with a clock that is set by hand and a record of every request.

#include "../ocpi_client/objects.hpp"
#include "../ocpi_client/two_parties.hpp"

#include <incar/hub/hub.hpp>

namespace incar::hub {

using ocpi_client::ask;
using ocpi_client::handlers;
using ocpi_client::make_request;
using ocpi_client::party;
using ocpi_client::recipient;
using ocpi_client::result_of;
using ocpi_client::role_of;
using ocpi_client::status_of;
using ocpi_client::wires;

struct house {
    manual_clock time{timestamp::parse("2026-01-01T12:00:00Z").value()};
    wires net;
    store::object_store objects = store::memory_store();
    hub_options options;
    hub_ports ports;
    std::vector<std::string> logged;
    std::unique_ptr<hub> middle;
    std::map<std::string, std::unique_ptr<party>> parties;
    std::map<std::string, std::vector<ocpi_client::change>> changes; // that each party was told of

    house() {
        options.base_url = net::url::parse("https://hub.example/ocpi").value();
        options.self = role_of(v221::role::hub, "EU", "HUB");
        ports.http = net.client();
        ports.objects = objects;
        ports.clock = time.as_clock();
        ports.random = seeded_random(7);
        ports.log = [this](const log_record& each) { logged.emplace_back(each.message); };
    }

    // Starts the hub, or starts it again on the same store.
    void open() {
        middle.reset();
        middle = std::make_unique<hub>(options, ports);
        net.attach("hub.example", [this](auto request, auto respond) {
            middle->handle(std::move(request), std::move(respond));
            middle->flush().value();
        });
    }

    // Until nothing is under way any more.
    void run() {
        for (int i = 0; i < 20; ++i) {
            net.run();
            (void)middle->flush();
        }
    }

    void pass(std::chrono::milliseconds time_passing) {
        time.advance(time_passing);
        middle->tick();
        run();
    }

    // A party that is at NAME.example; not connected yet.
    party& add(const std::string& name, std::vector<v221::credentials_role> roles, handlers tasks = {},
               std::vector<ocpi_client::module_side> offered = {}) {
        ocpi_client::party_options own;
        own.offered = std::move(offered);
        own.base_url = net::url::parse("https://" + name + ".example/ocpi").value();
        own.roles = std::move(roles);
        ocpi_client::party_ports needs;
        needs.http = net.client();
        needs.objects = store::memory_store();
        needs.clock = time.as_clock();
        needs.random = seeded_random(parties.size() + 100);
        tasks.changed = [this, name, told = std::move(tasks.changed)](const auto& who, const auto& what) {
            changes[name].push_back(what);
            if (told) told(who, what);
        };
        parties[name] = std::make_unique<party>(own, needs, std::move(tasks));
        net.attach(name + ".example", *parties[name]);
        return *parties[name];
    }

    static ocpi_client::partner_habits knowing() {
        ocpi_client::partner_habits habits;
        habits.knows_other_modules = true;
        return habits;
    }

    // Applies, is approved and registers.
    party& join(const std::string& name, std::vector<v221::credentials_role> roles, handlers tasks = {},
                std::vector<ocpi_client::module_side> offered = {}) {
        if (!middle) open();
        party& made = add(name, roles, std::move(tasks), std::move(offered));
        middle->apply({name, "ops@" + name + ".example", std::move(roles), {}}).value();
        const std::string token = middle->approve(name, knowing()).value();
        expected<void> outcome = error{errc::unavailable, "", "nothing happened"};
        made.register_with(
            "hub", "https://hub.example/ocpi/versions", token, [&](expected<void> done) { outcome = std::move(done); },
            knowing());
        run();
        outcome.value();
        return made;
    }

    party& join_cpo(handlers tasks = {}) {
        return join("cpo", {role_of(v221::role::cpo, "NL", "CPO")}, std::move(tasks));
    }
    party& join_msp(handlers tasks = {}) {
        return join("msp", {role_of(v221::role::emsp, "DE", "MSP")}, std::move(tasks));
    }

    // Requests that went to NAME.example, since the log was cleared.
    std::vector<ocpi_client::recorded> at(const std::string& name) const {
        std::vector<ocpi_client::recorded> found;
        for (const auto& each : net.log)
            if (each.request.url.host() == name + ".example") found.push_back(each);
        return found;
    }
};

inline ocpi::party_key key_of(const char* country, const char* id) {
    return {ci_string<2>(country), ci_string<3>(id)};
}

// To a party, through the hub.
inline recipient through_hub(const char* country, const char* id) {
    recipient to("hub");
    to.to = key_of(country, id);
    return to;
}
inline recipient to_everybody() {
    return through_hub("EU", "HUB");
}

inline std::string header(const net::http_request& request, const char* name) {
    const std::string* value = request.headers.find(name);
    return value ? *value : "";
}
inline std::string from_of(const net::http_request& request) {
    return header(request, "OCPI-from-country-code") + "*" + header(request, "OCPI-from-party-id");
}
inline std::string to_of(const net::http_request& request) {
    return header(request, "OCPI-to-country-code") + "*" + header(request, "OCPI-to-party-id");
}

// Pushes, and waits until everybody who is concerned has it.
template <class T>
expected<void> push(house& all, party& from, const recipient& to, const T& object) {
    auto done_with = result_of<void>(all.net, [&](auto done) { from.push(to, object, done); });
    all.run();
    return done_with;
}

template <class T>
std::vector<std::string> ids(house& all, party& asking, const recipient& from) {
    std::vector<std::string> found;
    result_of<ocpi_client::pull_summary>(all.net, [&](auto done) {
        asking.pull<T>(
            from, {}, [&](T each) { found.push_back(each.id.text()); }, done);
    }).value();
    return found;
}

inline net::http_request raw(party& asking, const std::string& method, const std::string& path,
                             const std::string& body = "") {
    return make_request(method, "https://hub.example/ocpi/2.2.1/" + path, asking.find("hub")->token_out, body);
}

inline net::http_response answer_to(house& all, net::http_request request) {
    std::vector<net::http_response> answers;
    all.middle->handle(std::move(request), [&](net::http_response each) { answers.push_back(std::move(each)); });
    all.run();
    if (answers.size() != 1) throw std::logic_error("there must be one answer");
    return answers.front();
}

inline void address(net::http_request& request, const char* country, const char* id, const char* direction = "to") {
    request.headers.set(std::string("OCPI-") + direction + "-country-code", country).value();
    request.headers.set(std::string("OCPI-") + direction + "-party-id", id).value();
}

} // namespace incar::hub
