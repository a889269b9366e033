// 200 members, some of them dead, hanging or failing, on a network where each message takes its time: those that are
// well are told as soon as if all were well.

#include "house.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <queue>

using namespace incar;
using namespace incar::hub;

namespace {

using std::chrono::milliseconds;

enum class health { well, dead, hanging, failing };

// Time passes from event to event.
class crowd {
public:
    explicit crowd(const std::function<health(int)>& state_of) {
        hub_options options;
        options.base_url = net::url::parse("https://hub.example/ocpi").value();
        options.self = role_of(v221::role::hub, "EU", "HUB");
        hub_ports ports;
        ports.http = client();
        ports.objects = store::memory_store();
        ports.clock = time_.as_clock();
        ports.random = seeded_random(1);
        middle_ = std::make_unique<incar::hub::hub>(options, ports);
        serve("hub.example",
              [this](auto request, auto respond) { middle_->handle(std::move(request), std::move(respond)); });
        cpo_ = join("cpo", role_of(v221::role::cpo, "NL", "CPO"), [](const auto&) {});
        for (int i = 0; i < 200; ++i) {
            const std::string id = {'A', static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)};
            const std::string name = "msp" + std::to_string(i);
            members_.push_back(join(name, role_of(v221::role::emsp, "DE", id.c_str()), [this, i](const auto& what) {
                if (what.module == "locations") told_[what.id][i] = time_.now();
            }));
            states_[name + ".example"] = state_of(i);
        }
        run(time_.now() + std::chrono::minutes(1)); // until all know of all
        is_ill_ = true;
    }

    // When each member that is well learns of a location that is pushed now; how long it takes, sorted.
    std::vector<milliseconds> push(const std::string& id) {
        v221::location location = ocpi_client::location_of(id, format(time_.now()));
        const timestamp begun = time_.now();
        recipient everybody("hub");
        everybody.to = key_of("EU", "HUB");
        bool is_stored = false;
        cpo_->push(everybody, location, [&](expected<void> done) { is_stored = done.has_value(); });
        run(begun + std::chrono::seconds(5));
        CHECK(is_stored);
        std::vector<milliseconds> waited;
        for (const auto& [member, when] : told_[id]) waited.push_back(when - begun);
        std::sort(waited.begin(), waited.end());
        return waited;
    }

    std::size_t count(v221::connection_status status) const {
        std::size_t found = 0;
        for (const member& each : middle_->members()) found += each.status == status;
        return found;
    }

    std::size_t open_requests = 0, most_open_at_one = 0; // from the hub to one member

private:
    struct event {
        timestamp when;
        std::uint64_t number;
        std::function<void()> act;
        bool operator<(const event& other) const {
            return std::tie(other.when, other.number) < std::tie(when, number); // the earliest first
        }
    };

    void at(timestamp when, std::function<void()> act) { events_.push({when, ++number_, std::move(act)}); }

    void serve(const std::string& host, net::http_handler handler) { hosts_[host] = std::move(handler); }

    // Ten milliseconds there and ten back; a dead host is found out after three seconds, a hanging one after thirty.
    net::http_client client() {
        return {"time", [this](net::http_request request, const net::http_limits& limits, net::http_completion done) {
                    const std::string host(request.url.host());
                    const health state = is_ill_ ? states_[host] : health::well;
                    const timestamp now = time_.now();
                    const std::size_t open = ++open_at_[host];
                    if (host != "hub.example") most_open_at_one = std::max(most_open_at_one, open);
                    const auto finish = [this, host, done](expected<net::http_response> answer) {
                        --open_at_[host];
                        done(std::move(answer));
                    };
                    if (state == health::dead)
                        return at(now + std::chrono::seconds(3), [finish] {
                            finish(error{net::errc::not_connected, "", "no route"});
                        });
                    if (state == health::hanging)
                        return at(now + limits.time_limit, [finish] {
                            finish(error{net::errc::timed_out, "", "no answer"});
                        });
                    if (state == health::failing)
                        return at(now + milliseconds(20), [finish] { finish(net::http_response{500, {}, ""}); });
                    at(now + milliseconds(10), [this, host, request, finish] {
                        hosts_.at(host)(request, [this, finish](net::http_response response) {
                            at(time_.now() + milliseconds(10), [finish, response] { finish(response); });
                        });
                    });
                }};
    }

    void run(timestamp until) {
        while (true) {
            const auto due = middle_->next_deadline();
            const bool has_event = !events_.empty() && events_.top().when <= until;
            if (due && *due <= until && (!has_event || *due < events_.top().when)) {
                time_.set(std::max(time_.now(), *due));
                middle_->tick();
                continue;
            }
            if (!has_event) break;
            const event next = events_.top();
            events_.pop();
            time_.set(std::max(time_.now(), next.when));
            next.act();
        }
        time_.set(until);
    }

    std::unique_ptr<party> join(const std::string& name, const v221::credentials_role& self,
                                std::function<void(const ocpi_client::change&)> told) {
        ocpi_client::party_options own;
        own.base_url = net::url::parse("https://" + name + ".example/ocpi").value();
        own.roles = {self};
        ocpi_client::party_ports needs;
        needs.http = client();
        needs.objects = store::memory_store();
        needs.clock = time_.as_clock();
        needs.random = seeded_random(members_.size() + 7);
        handlers tasks;
        tasks.changed = [told](const auto&, const ocpi_client::change& what) { told(what); };
        auto made = std::make_unique<party>(own, needs, std::move(tasks));
        serve(name + ".example", [served = made.get()](auto request, auto respond) {
            served->handle(std::move(request), std::move(respond));
        });
        middle_->apply({name, "ops@example", {self}, {}}).value();
        bool is_done = false;
        made->register_with("hub", "https://hub.example/ocpi/versions", middle_->approve(name).value(),
                            [&](expected<void> done) { is_done = done.has_value(); });
        run(time_.now() + milliseconds(500));
        REQUIRE(is_done);
        return made;
    }

    manual_clock time_{timestamp::parse("2026-01-01T12:00:00Z").value()};
    std::priority_queue<event> events_;
    std::uint64_t number_ = 0;
    std::map<std::string, net::http_handler> hosts_;
    std::map<std::string, health> states_;
    std::map<std::string, std::size_t> open_at_;
    bool is_ill_ = false;
    std::map<std::string, std::map<int, timestamp>> told_;
    std::unique_ptr<incar::hub::hub> middle_;
    std::unique_ptr<party> cpo_;
    std::vector<std::unique_ptr<party>> members_;
};

milliseconds p99(const std::vector<milliseconds>& sorted) {
    return sorted.at(sorted.size() * 99 / 100);
}

} // namespace

TEST_CASE("of 200 members a tenth dead, a tenth hanging and a twentieth failing delay nobody") {
    crowd all_well([](int) { return health::well; });
    crowd some_ill([](int i) {
        return i % 10 == 3   ? health::dead
               : i % 10 == 7 ? health::hanging
               : i % 20 == 5 ? health::failing
                             : health::well;
    });
    for (int i = 0; i < 20; ++i) {
        const std::string id = "L" + std::to_string(i);
        const auto well = all_well.push(id), ill = some_ill.push(id);
        REQUIRE(well.size() == 200);
        REQUIRE(ill.size() == 150);
        CHECK(p99(ill) <= 2 * p99(well));
        CHECK(ill.back() <= 2 * well.back());
        CAPTURE(well.back().count());
        CAPTURE(i);
        CHECK(well.back() == milliseconds(20)); // to the hub, and on
    }
    CHECK(all_well.most_open_at_one == 1); // one delivery at a time to each
    CHECK(some_ill.most_open_at_one == 1);
    CHECK(some_ill.count(v221::connection_status::offline) == 50);
    CHECK(all_well.count(v221::connection_status::offline) == 0);
}
