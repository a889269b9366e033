// A hub and its members over thousands of seeds: requests and answers are lost, doubled and overtaken, members go away
// and come back, the hub is killed and its store fails. Whatever happens:
//  - nothing that was acknowledged is lost, and the last writer by last_updated wins;
//  - every member that is there in the end has what it should have, and nothing that was told to somebody else;
//  - nobody who is suspended is sent anything, and nobody who is offline anything but the question whether it lives.
//
// INCAR_SIMULATIONS sets how many seeds are run, INCAR_SIMULATION_SEED the first one.

#include "house.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

using namespace incar;
using namespace incar::hub;

namespace {

struct rates {
    double lost_request, lost_answer, doubled, overtaken;
};

// Deliveries in a disorder that the seed decides.
class weather {
public:
    explicit weather(std::uint64_t seed) : random_(seed) {}

    rates now{0, 0, 0, 0};
    std::map<std::string, net::http_handler> hosts;
    std::set<std::string> dead;
    std::size_t deliveries = 0;

    net::http_client from(const std::string& sender) {
        return {sender, [this](net::http_request request, const net::http_limits&, net::http_completion done) {
                    queue_.push_back({std::move(request), std::make_shared<net::http_completion>(std::move(done))});
                }};
    }

    bool chance(double rate) { return std::uniform_real_distribution<>(0, 1)(random_) < rate; }
    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

    // One delivery; false when there is none.
    bool step() {
        if (queue_.empty()) return false;
        const std::size_t which = chance(now.overtaken) ? below(queue_.size()) : 0;
        message next = std::move(queue_[which]);
        queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(which));
        const std::string host(next.request.url.host());
        if (chance(now.lost_request) || dead.count(host) > 0 || hosts.count(host) == 0) {
            complete(next.done, error{net::errc::timed_out, "", "lost"});
            return true;
        }
        if (chance(now.doubled)) queue_.push_back({next.request, std::make_shared<net::http_completion>()});
        ++deliveries;
        const bool is_answer_lost = chance(now.lost_answer);
        const net::http_handler handler = hosts.at(host);
        handler(std::move(next.request), [this, done = next.done, is_answer_lost](net::http_response response) {
            if (is_answer_lost)
                complete(done, error{net::errc::timed_out, "", "lost"});
            else
                complete(done, std::move(response));
        });
        return true;
    }

private:
    struct message {
        net::http_request request;
        std::shared_ptr<net::http_completion> done;
    };

    static void complete(const std::shared_ptr<net::http_completion>& done, expected<net::http_response> answer) {
        if (!*done) return; // of a doubled request, or completed before
        const net::http_completion once = std::move(*done);
        *done = nullptr;
        once(std::move(answer));
    }

    std::mt19937_64 random_;
    std::deque<message> queue_;
};

// One run.
class simulation {
public:
    explicit simulation(std::uint64_t seed) : wind_(seed), seed_(seed) {
        objects_ = store::memory_store(store::commit_mode::by_caller);
        const auto commit = objects_.commit, rollback = objects_.rollback;
        objects_.commit = [this, commit, rollback]() -> expected<void> {
            if (wind_.chance(commit_fails_)) {
                (void)rollback();
                return error{errc::unavailable, "", "the disk is full"};
            }
            return commit();
        };
        options_.base_url = net::url::parse("https://hub.example/ocpi").value();
        options_.self = role_of(v221::role::hub, "EU", "HUB");
        open();
        wind_.hosts["hub.example"] = [this](net::http_request request, net::http_respond respond) {
            middle_->handle(std::move(request), std::move(respond));
            if (wind_.chance(0.7)) flush(); // else several requests share a batch
        };
        add("cpo", {role_of(v221::role::cpo, "NL", "CPO")});
        add("cpx", {role_of(v221::role::cpo, "NL", "CPX")});
        add("msp", {role_of(v221::role::emsp, "DE", "MSP")});
        add("msx", {role_of(v221::role::emsp, "DE", "MSX")});
        add("two", {role_of(v221::role::cpo, "FR", "TWO"), role_of(v221::role::emsp, "FR", "TWO")});
    }

    // The wild part, then calm.
    void run() {
        wind_.now = {0.04, 0.04, 0.03, 0.2};
        commit_fails_ = 0.03;
        for (int i = 0; i < 150; ++i) {
            act();
            for (std::size_t steps = wind_.below(6); steps > 0; --steps) wind_.step();
        }
        wind_.now = {0, 0, 0, 0};
        commit_fails_ = 0;
        wind_.dead.clear();
        for (const auto& each : parties_)
            if (is_suspended(each.first)) (void)middle_->resume(each.first);
        for (int i = 0; i < 40; ++i) pass(std::chrono::minutes(1));
    }

    void check() {
        CAPTURE(seed_);
        CHECK(violations_.empty());
        for (const std::string& each : violations_) MESSAGE(each);
        for (const auto& [key, wanted] : acknowledged_) {
            CAPTURE(key);
            const auto kept = kept_at_hub(key);
            REQUIRE(kept);
            CHECK(kept->last_updated >= wanted);                   // not lost
            CHECK(attempted_[key].count(kept->last_updated) == 1); // and nobody's invention
            for (const auto& [name, party] : parties_) check_party(name, key, *kept);
        }
    }

    std::size_t deliveries() const { return wind_.deliveries; }
    std::size_t acknowledged() const { return acknowledged_.size(); }

private:
    void open() {
        middle_.reset();
        hub_ports ports;
        ports.http = {"hub", [this, send = wind_.from("hub").send](
                                 net::http_request request, const net::http_limits& limits, net::http_completion done) {
                          look_at(request);
                          send(std::move(request), limits, std::move(done));
                      }};
        ports.objects = objects_;
        ports.clock = time_.as_clock();
        ports.random = seeded_random(seed_ * 31 + ++openings_);
        middle_ = std::make_unique<incar::hub::hub>(options_, ports);
    }

    void add(const std::string& name, std::vector<v221::credentials_role> roles) {
        ocpi_client::party_options own;
        own.base_url = net::url::parse("https://" + name + ".example/ocpi").value();
        own.roles = roles;
        ocpi_client::party_ports needs;
        needs.http = wind_.from(name);
        needs.objects = stores_[name] = store::memory_store();
        needs.clock = time_.as_clock();
        needs.random = seeded_random(seed_ + parties_.size() + 100);
        parties_[name] = std::make_unique<party>(own, needs, handlers{});
        wind_.hosts[name + ".example"] = [served = parties_[name].get()](auto request, auto respond) {
            served->handle(std::move(request), std::move(respond));
        };
        middle_->apply({name, "ops@example", roles, {}}).value();
        const auto token = middle_->approve(name).value();
        middle_->set_catch_up(name, true).value();
        middle_->flush().value();
        bool done = false;
        parties_[name]->register_with("hub", "https://hub.example/ocpi/versions", token,
                                      [&](expected<void> outcome) { done = outcome.has_value(); });
        settle();
        REQUIRE(done);
    }

    void flush() {
        const timestamp begun = time_.now();
        if (middle_->flush()) flushed_ = begun;
    }

    void settle() {
        do {
            flush();
        } while (wind_.step());
    }

    void pass(std::chrono::milliseconds step) {
        time_.advance(step);
        middle_->tick();
        for (auto& [name, each] : parties_) each->tick();
        settle();
    }

    bool is_suspended(const std::string& name) { return middle_->find(name)->standing == standing::suspended; }

    std::string any(std::initializer_list<const char*> names) {
        return *(names.begin() + static_cast<std::ptrdiff_t>(wind_.below(names.size())));
    }

    void act() {
        time_.advance(std::chrono::milliseconds(wind_.below(4000)));
        switch (wind_.below(12)) {
        case 0:
        case 1:
        case 2: return push_location(any({"cpo", "cpx", "two"}));
        case 3: return push_tariff(any({"cpo", "cpx"}));
        case 4:
        case 5: return push_token(any({"msp", "msx", "two"}));
        case 6:
        case 7: return push_session(any({"cpo", "cpx"}), any({"MSP", "MSX"}));
        case 8: {
            const std::string name = any({"cpo", "cpx", "msp", "msx", "two"});
            if (wind_.dead.erase(name + ".example") == 0) wind_.dead.insert(name + ".example");
            return;
        }
        case 9: {
            const std::string name = any({"msp", "msx", "cpx"});
            flush(); // lets out what was decided before
            if (is_suspended(name))
                (void)middle_->resume(name);
            else
                (void)middle_->suspend(name, "by the simulation");
            flush();
            return;
        }
        case 10: // killed: what was not committed is gone
            if (wind_.chance(0.3)) {
                (void)objects_.rollback();
                open();
            }
            return;
        default:
            middle_->tick();
            for (auto& [name, each] : parties_) each->tick();
            flush();
        }
    }

    std::string now() { return format(time_.now()); }

    template <class T>
    void push(const std::string& from, const recipient& to, const std::string& key, T object) {
        const timestamp updated = object.last_updated;
        attempted_[key].insert(updated);
        parties_[from]->push(to, object, [this, key, updated](expected<void> done) {
            if (!done) return;
            auto& latest = acknowledged_[key];
            latest = std::max(latest, updated);
        });
    }

    void push_location(const std::string& from) {
        auto made = ocpi_client::location_of("L" + std::to_string(wind_.below(4)), now());
        sign(from, made);
        push(from, to_everybody(), "locations " + owner_of(from) + " " + made.id.text(), made);
    }
    void push_tariff(const std::string& from) {
        auto made = ocpi_client::tariff_of("T" + std::to_string(wind_.below(3)), now());
        sign(from, made);
        push(from, to_everybody(), "tariffs " + owner_of(from) + " " + made.id.text(), made);
    }
    void push_token(const std::string& from) {
        auto made = ocpi_client::token_of("U" + std::to_string(wind_.below(3)), "RFID", now());
        sign(from, made);
        push(from, to_everybody(), "tokens " + owner_of(from) + " " + made.uid.text() + "/RFID", made);
    }
    // Each session is one EMSP's, whatever its number.
    void push_session(const std::string& from, const std::string& party) {
        auto made = ocpi_client::session_of(party + std::to_string(wind_.below(3)), now(), party);
        sign(from, made);
        push(from, through_hub("DE", party.c_str()), "sessions " + owner_of(from) + " " + made.id.text(), made);
    }

    template <class T>
    void sign(const std::string& from, T& object) {
        const auto key = ocpi::parse_party_key(owner_of(from)).value();
        object.country_code = key.country_code;
        object.party_id = key.party_id;
    }

    static std::string owner_of(const std::string& name) {
        std::string id = name;
        for (char& each : id) each = static_cast<char>(std::toupper(each));
        return (name == "two" ? "FR*" : name[0] == 'c' ? "NL*" : "DE*") + id;
    }

    static store::object_key read_key(const std::string& key) {
        const auto first = key.find(' '), second = key.find(' ', first + 1);
        return {key.substr(0, first), key.substr(first + 1, second - first - 1), key.substr(second + 1)};
    }

    std::optional<store::stored_object> kept_at_hub(const std::string& key) {
        return objects_.find(read_key(key)).value();
    }

    void check_party(const std::string& name, const std::string& key, const store::stored_object& kept) {
        const auto theirs = stores_[name].find(read_key(key)).value();
        const std::string kind = kept.key.kind;
        const bool is_owner = kept.key.owner == owner_of(name);
        const bool takes = kind == "tokens"     ? name == "cpo" || name == "cpx" || name == "two"
                           : kind == "sessions" ? (name == "msp" && kept.audience == "DE*MSP") ||
                                                      (name == "msx" && kept.audience == "DE*MSX")
                                                : name == "msp" || name == "msx" || name == "two";
        CAPTURE(name);
        if (is_owner) return; // has it from before, by its own word
        if (!takes) {
            CHECK_FALSE(theirs);
            return;
        }
        REQUIRE(theirs);
        CHECK(theirs->last_updated == kept.last_updated);
    }

    // What the hub sends: nothing at all to one that is shut out, to one that is offline the question whether it lives,
    // to the others what is for them.
    void look_at(const net::http_request& request) {
        const std::string host(request.url.host()), name = host.substr(0, host.find('.'));
        if (!middle_) return;
        const auto who = middle_->find(name);
        const bool is_question = request.url.path() == "/ocpi/versions";
        const std::string what = " got " + request.method + " " + std::string(request.url.path());
        if (!who) return violations_.push_back("nobody's " + name + what);
        if (who->standing == standing::suspended) violations_.push_back("suspended " + name + what);
        // What waited for the store when it went offline goes out all the same.
        const bool is_known_offline = who->status == v221::connection_status::offline && who->status_since < flushed_;
        if (who->standing == standing::active && is_known_offline && !is_question)
            violations_.push_back("offline " + name + what);
        const std::string* audience = request.headers.find("OCPI-to-party-id");
        if (audience && who->standing == standing::active && owner_of(name).substr(3) != *audience)
            violations_.push_back(name + " got what is for " + *audience);
    }

    weather wind_;
    std::uint64_t seed_;
    std::uint64_t openings_ = 0;
    double commit_fails_ = 0;
    manual_clock time_{timestamp::parse("2026-01-01T12:00:00Z").value()};
    timestamp flushed_;
    store::object_store objects_;
    hub_options options_;
    std::map<std::string, std::unique_ptr<party>> parties_;
    std::map<std::string, store::object_store> stores_;
    std::unique_ptr<incar::hub::hub> middle_;
    std::map<std::string, timestamp> acknowledged_;
    std::map<std::string, std::set<timestamp>> attempted_;
    std::vector<std::string> violations_;
};

std::uint64_t number_from(const char* variable, std::uint64_t fallback) {
    const char* text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : fallback;
}

} // namespace

TEST_CASE("whatever happens on the way, what was acknowledged reaches whom it is for, and nobody else") {
    const std::uint64_t first = number_from("INCAR_SIMULATION_SEED", 1);
    const std::uint64_t count = number_from("INCAR_SIMULATIONS", 200);
    std::size_t deliveries = 0, acknowledged = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        simulation one(seed);
        one.run();
        one.check();
        deliveries += one.deliveries();
        acknowledged += one.acknowledged();
    }
    MESSAGE(count << " simulations, " << deliveries << " deliveries, " << acknowledged << " objects acknowledged");
    CHECK(acknowledged > count * 5);
}
