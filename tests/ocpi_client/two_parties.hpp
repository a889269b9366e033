#pragma once

// Two parties wired back to back: what one sends is handed to the other, with a clock that is set by hand and a record
// of every request and response.

#include <incar/core/clock.hpp>
#include <incar/core/random.hpp>
#include <incar/ocpi_client/party.hpp>

#include <deque>
#include <map>
#include <memory>

namespace incar::ocpi_client {

struct recorded {
    net::http_request request;
    std::optional<net::http_response> response;
};

// A net of parties by host name. Requests wait in a queue until `run`, so that nothing happens inside anything else.
class wires {
public:
    std::vector<recorded> log;
    // Asked before each delivery: a response instead of the real one, or an error, or nothing.
    std::function<std::optional<expected<net::http_response>>(const net::http_request&)> fault;

    net::http_client client() {
        return {"wires", [this](net::http_request request, const net::http_limits&, net::http_completion done) {
                    queue_.push_back({std::move(request), std::move(done)});
                }};
    }

    void attach(const std::string& host, net::http_handler handler) { hosts_[host] = std::move(handler); }
    void attach(const std::string& host, party& served) {
        attach(host, [&served](auto request, auto respond) { served.handle(std::move(request), std::move(respond)); });
    }
    // A party whose answers are changed on their way.
    void attach(const std::string& host, party& served,
                const std::function<net::http_response(const net::http_request&, net::http_response)>& change) {
        attach(host, [&served, change](net::http_request request, net::http_respond respond) {
            served.handle(request, [=](net::http_response response) { respond(change(request, std::move(response))); });
        });
    }
    void detach(const std::string& host) { hosts_.erase(host); }

    // At most so many deliveries.
    void run(std::size_t most = 100'000) {
        while (!queue_.empty() && most-- > 0) {
            auto [request, done] = std::move(queue_.front());
            queue_.pop_front();
            const std::size_t place = log.size();
            log.push_back({request, std::nullopt});
            if (fault)
                if (auto instead = fault(request)) {
                    done(std::move(*instead));
                    continue;
                }
            const auto host = hosts_.find(std::string(request.url.host()));
            if (host == hosts_.end()) {
                done(error{net::errc::not_resolved, "", "no such host"});
                continue;
            }
            const net::http_handler handler = host->second; // may be detached meanwhile
            handler(std::move(request), [this, place, done = std::move(done)](net::http_response response) {
                if (place < log.size()) log[place].response = response;
                done(std::move(response));
            });
        }
    }

private:
    struct message {
        net::http_request request;
        net::http_completion done;
    };
    std::deque<message> queue_;
    std::map<std::string, net::http_handler> hosts_;
};

inline v221::credentials_role role_of(v221::role role, const char* country, const char* id) {
    v221::credentials_role self;
    self.role = role;
    self.country_code = ci_string<2>(country);
    self.party_id = ci_string<3>(id);
    self.business_details.name = std::string(id) + " Ltd";
    return self;
}

// A CPO (NL*CPO at cpo.example) and an EMSP (DE*MSP at msp.example).
struct two_parties {
    manual_clock time{timestamp::parse("2026-01-01T12:00:00Z").value()};
    wires net;
    store::object_store cpo_store = store::memory_store();
    store::object_store msp_store = store::memory_store();
    std::map<std::string, partner> cpo_saved, msp_saved;
    std::vector<std::string> logged;
    std::unique_ptr<party> cpo, msp;

    explicit two_parties(handlers of_cpo = {}, handlers of_msp = {},
                         const std::function<void(party_options&, party_options&)>& adjust = {}) {
        party_options cpo_options;
        cpo_options.base_url = net::url::parse("https://cpo.example/ocpi").value();
        cpo_options.roles = {role_of(v221::role::cpo, "NL", "CPO")};
        party_options msp_options;
        msp_options.base_url = net::url::parse("https://msp.example/ocpi/").value();
        msp_options.roles = {role_of(v221::role::emsp, "DE", "MSP")};
        if (adjust) adjust(cpo_options, msp_options);
        cpo = std::make_unique<party>(cpo_options, ports(cpo_store, cpo_saved, 1, cpo_saves_fail), std::move(of_cpo));
        msp = std::make_unique<party>(msp_options, ports(msp_store, msp_saved, 2, msp_saves_fail), std::move(of_msp));
        net.attach("cpo.example", *cpo);
        net.attach("msp.example", *msp);
    }

    party_ports ports(const store::object_store& objects, std::map<std::string, partner>& saved, std::uint64_t seed,
                      int& failures) {
        party_ports ports;
        ports.http = net.client();
        ports.objects = objects;
        ports.clock = time.as_clock();
        ports.random = seeded_random(seed);
        ports.save = [&saved, &failures](const partner& each) -> expected<void> {
            if (failures > 0 && failures--) return error{errc::unavailable, "", "the disk is full"};
            saved[each.name] = each;
            return {};
        };
        ports.log = [this](const log_record& each) { logged.emplace_back(each.message); };
        return ports;
    }

    // The next calls of `save` fail, on that side.
    int cpo_saves_fail = 0, msp_saves_fail = 0;

    // The EMSP registers at the CPO; what each knows about the habits of the other.
    expected<void> connect(const partner_habits& of_cpo = {}, const partner_habits& of_msp = {}) {
        const auto token = cpo->invite("msp", of_msp);
        if (!token) return token.error();
        expected<void> outcome = error{errc::unavailable, "", "nothing happened"};
        msp->register_with(
            "cpo", "https://cpo.example/ocpi/versions", *token, [&](expected<void> done) { outcome = done; }, of_cpo);
        net.run();
        return outcome;
    }
};

inline net::http_request make_request(const std::string& method, const std::string& url, const std::string& token,
                                      const std::string& body = "") {
    net::http_request request;
    request.method = method;
    request.url = net::url::parse(url).value();
    if (!token.empty()) request.headers.set("Authorization", format_authorization(token)).value();
    request.body = body;
    return request;
}

// What the party answers; it must do so at once, and once.
inline net::http_response ask(party& served, net::http_request request) {
    std::vector<net::http_response> answers;
    served.handle(std::move(request), [&](net::http_response response) { answers.push_back(std::move(response)); });
    if (answers.size() != 1) throw std::logic_error("there must be one answer");
    return answers.front();
}

// HTTP status and OCPI status, as in "200 2001".
inline std::string status_of(const net::http_response& response) {
    const auto body = ocpi::decode_envelope(response.body);
    return std::to_string(response.status) + " " + (body ? std::to_string(body->status_code) : "no envelope");
}
inline std::string status_of(party& served, net::http_request request) {
    return status_of(ask(served, std::move(request)));
}

// Runs a call that reports through an outcome and returns what it reported.
template <class T, class Start>
expected<T> result_of(wires& net, Start start) {
    expected<T> outcome = error{errc::unavailable, "", "nothing happened"};
    start([&](expected<T> done) { outcome = std::move(done); });
    net.run();
    return outcome;
}

// Whether each side takes what the other sends: a list is asked for in both directions.
inline bool works(two_parties& both) {
    bool there = false, back = false;
    for (const partner& each : both.msp->partners())
        if (each.state == partner_state::registered)
            there = result_of<pull_summary>(both.net, [&](auto done) {
                        both.msp->pull<v221::location>(
                            each.name, {}, [](v221::location) {}, done);
                    }).has_value();
    for (const partner& each : both.cpo->partners())
        if (each.state == partner_state::registered)
            back = result_of<pull_summary>(both.net, [&](auto done) {
                       both.cpo->pull<v221::token>(
                           each.name, {}, [](v221::token) {}, done);
                   }).has_value();
    return there && back;
}

} // namespace incar::ocpi_client
