#include "ocpi_client/mock_data.hpp"

#include <incar/net/link.hpp>

#include <algorithm>

namespace incar::ocpi_client {
namespace {

// Whether the next random number below 1 is less than the probability.
bool happens(const random_source& random, double probability) {
    if (probability >= 1) return true;
    unsigned char bytes[2];
    random(bytes, 2);
    return (bytes[0] * 256 + bytes[1]) / 65536.0 < probability;
}

net::http_response rejection(const fault& why, timestamp now) {
    ocpi::envelope body;
    body.status_code = why.status_code;
    body.status_message = "as the test wants";
    body.timestamp = now;
    return {why.http_status, {{"Content-Type", "application/json"}}, ocpi::encode(body)};
}

void link_to(net::http_response& page, const std::string& url) {
    page.headers.set("Link", net::format(net::link{url, {{"rel", "next"}}}).value()).value();
}

// The elements of the list in the body, changed.
template <class Change>
void change_list(net::http_response& page, Change change) {
    auto body = json::parse(page.body);
    if (!body || !body->find("data") || !body->find("data")->as_array()) return;
    json::object members = *body->as_object();
    for (json::member& each : members)
        if (each.name == "data") {
            json::array elements = *each.value.as_array();
            change(elements);
            each.value = json::value(std::move(elements));
        }
    page.body = json::format(json::value(std::move(members)));
}

void spoil(const fault& how, const net::url& requested, net::http_response& answer) {
    switch (how.what) {
    case fault::kind::change_status: answer.status = how.http_status; break;
    case fault::kind::cut_body: answer.body.resize(answer.body.size() / 2); break;
    case fault::kind::cut_page:
        answer.headers.remove("Link");
        change_list(answer, [](json::array& list) { list.empty() ? void() : list.pop_back(); });
        break;
    case fault::kind::repeat_link: link_to(answer, requested.text()); break;
    case fault::kind::foreign_link: link_to(answer, "https://elsewhere.example/next"); break;
    case fault::kind::break_object:
        change_list(answer, [](json::array& list) { list.insert(list.begin(), json::value("no object")); });
        break;
    case fault::kind::reject:
    case fault::kind::drop:
    case fault::kind::ignore:
    case fault::kind::delay: break;
    }
}

} // namespace

struct mock_partner::state {
    struct planned {
        fault what;
        std::size_t seen = 0;
    };
    struct late {
        timestamp due;
        std::function<void()> act;
    };
    mock_options options;
    party_ports ports;
    std::unique_ptr<party> self;
    std::vector<planned> faults;
    std::vector<late> later; // in the order in which they were planned
    std::vector<net::http_respond> unanswered;
    std::vector<net::http_request> received;
    std::vector<change> changes;

    std::optional<fault> fault_for(const net::http_request& request) {
        for (planned& each : faults) {
            const fault& what = each.what;
            if (!what.method.empty() && what.method != request.method) continue;
            if (request.url.path().find(what.path) == std::string_view::npos) continue;
            const std::size_t number = each.seen++;
            if (number < what.skip || (number - what.skip) % std::max<std::size_t>(what.every, 1) != 0) continue;
            if (happens(ports.random, what.probability)) return what;
        }
        return std::nullopt;
    }

    template <class Result>
    void plan_result(const callback& where, Result result) {
        for (std::size_t i = 0; i < options.results.copies; ++i)
            later.push_back({ports.clock() + options.results.after,
                             [this, where, result] { self->send_result(where, result, [](expected<void>) {}); }});
    }

    expected<v221::command_response> answer_command(const callback& where) {
        const mock_results& how = options.results;
        if (how.response == v221::command_response_type::accepted)
            plan_result(where, v221::command_result{how.result, {}, {}});
        return v221::command_response{how.response, how.timeout, {}, {}};
    }

    template <class Result>
    expected<v221::charging_profile_response> answer_profile(const callback& where) {
        Result result;
        result.result = v221::charging_profile_result_type::accepted;
        plan_result(where, result);
        return v221::charging_profile_response{
            v221::charging_profile_response_type::accepted, options.results.timeout, {}};
    }

    handlers answers() {
        handlers ours;
        ours.changed = [this](const caller&, const change& each) { changes.push_back(each); };
        const auto command = [this](const caller&, const auto&, const callback& where) {
            return answer_command(where);
        };
        ours.cancel_reservation = command;
        ours.reserve_now = command;
        ours.start_session = command;
        ours.stop_session = command;
        ours.unlock_connector = command;
        ours.get_active_profile = [this](const caller&, const std::string&, int, const callback& where) {
            return answer_profile<v221::active_charging_profile_result>(where);
        };
        ours.set_charging_profile = [this](const caller&, const std::string&, const v221::set_charging_profile&,
                                           const callback& where) {
            return answer_profile<v221::charging_profile_result>(where);
        };
        ours.clear_charging_profile = [this](const caller&, const std::string&, const callback& where) {
            return answer_profile<v221::clear_profile_result>(where);
        };
        return ours;
    }
};

mock_partner::mock_partner(mock_options options, party_ports ports) : state_(std::make_shared<state>()) {
    v221::credentials_role role;
    role.role = options.role;
    role.country_code = options.party.country_code;
    role.party_id = options.party.party_id;
    role.business_details.name = "Mock";
    party_options ours;
    ours.base_url = options.base_url;
    ours.roles = {role};
    ours.page_limit = options.page_limit;
    if (options.sends_wrong_tokens)
        ports.http.send = [real = ports.http.send](net::http_request request, const net::http_limits& limits,
                                                   net::http_completion done) {
            request.headers.set("Authorization", format_authorization("wrong-on-purpose")).value();
            real(std::move(request), limits, std::move(done));
        };
    state_->options = std::move(options);
    state_->ports = ports;
    state_->self = std::make_unique<party>(std::move(ours), std::move(ports), state_->answers());
    fill(*state_->self, state_->options);
}

mock_partner::~mock_partner() = default;

party& mock_partner::self() {
    return *state_->self;
}

void mock_partner::handle(net::http_request request, net::http_respond respond) {
    state& mine = *state_;
    mine.received.push_back(request);
    const auto how = mine.fault_for(request);
    if (!how) return mine.self->handle(std::move(request), std::move(respond));
    if (how->what == fault::kind::reject) return respond(rejection(*how, mine.ports.clock()));
    if (how->what == fault::kind::ignore) return mine.unanswered.push_back(std::move(respond));
    const net::url requested = request.url;
    mine.self->handle(std::move(request), [=, weak = std::weak_ptr<state>(state_)](net::http_response answer) {
        const auto there = weak.lock();
        if (!there) return;
        spoil(*how, requested, answer);
        if (how->what == fault::kind::drop) return there->unanswered.push_back(respond);
        if (how->what != fault::kind::delay) return respond(std::move(answer));
        there->later.push_back({there->ports.clock() + how->delay, [respond, answer] { respond(answer); }});
    });
}

void mock_partner::add(fault each) {
    state_->faults.push_back({std::move(each), 0});
}

void mock_partner::clear_faults() {
    state_->faults.clear();
}

const std::vector<net::http_request>& mock_partner::received() const {
    return state_->received;
}

const std::vector<change>& mock_partner::changes() const {
    return state_->changes;
}

std::optional<timestamp> mock_partner::next_deadline() const {
    std::optional<timestamp> first = state_->self->next_deadline();
    for (const auto& each : state_->later)
        if (!first || each.due < *first) first = each.due;
    return first;
}

void mock_partner::tick() {
    const auto alive = state_;
    const timestamp now = alive->ports.clock();
    const auto due = std::stable_partition(alive->later.begin(), alive->later.end(),
                                           [&](const state::late& each) { return each.due > now; });
    const std::vector<state::late> ready(due, alive->later.end());
    alive->later.erase(due, alive->later.end());
    for (const auto& each : ready) each.act();
    alive->self->tick();
}

} // namespace incar::ocpi_client
