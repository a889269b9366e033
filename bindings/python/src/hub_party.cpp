#include "hub_party.hpp"

#include <incar/ocpi/codec.hpp>

#include <algorithm>

namespace incar::python {
namespace {

using ocpi_client::party;
using ocpi_client::recipient;

// Waits, so to speak, for what a call reports.
template <class T, class Start>
T wait_for(wires& net, Start start) {
    const auto outcome = std::make_shared<expected<T>>(error{net::errc::timed_out, "", "there was no answer"});
    start([outcome](expected<T> done) { *outcome = std::move(done); });
    net.run();
    return std::move(*outcome).value();
}

template <class T>
void push_one(party& from, wires& net, const recipient& to, const std::string& text) {
    const T object = ocpi::decode<T>(text).value();
    from.own(object).value();
    const auto outcome = std::make_shared<expected<void>>(error{net::errc::timed_out, "", "there was no answer"});
    if constexpr (std::is_same_v<T, v221::cdr>)
        from.post(to, object, [outcome](const expected<std::string>& done) {
            *outcome = done ? expected<void>() : expected<void>(done.error());
        });
    else
        from.push(to, object, [outcome](expected<void> done) { *outcome = std::move(done); });
    net.run();
    outcome->value();
}

template <class T>
std::vector<std::string> pull_all(party& asking, wires& net, const recipient& from) {
    std::vector<std::string> texts;
    const auto summary = wait_for<ocpi_client::pull_summary>(net, [&](auto done) {
        asking.pull<T>(
            from, {}, [&](const T& each) { texts.push_back(ocpi::encode(each)); }, done);
    });
    if (!summary.refused.empty()) throw exception(summary.refused.front());
    return texts;
}

struct module_row {
    const char* name;
    void (*push)(party&, wires&, const recipient&, const std::string&);
    std::vector<std::string> (*pull)(party&, wires&, const recipient&);
};

constexpr module_row modules[] = {
    {"cdrs", push_one<v221::cdr>, pull_all<v221::cdr>},
    {"hubclientinfo", nullptr, pull_all<v221::client_info>},
    {"locations", push_one<v221::location>, pull_all<v221::location>},
    {"scoptimizations", push_one<v221::sc_optimisation>, pull_all<v221::sc_optimisation>},
    {"sessions", push_one<v221::session>, pull_all<v221::session>},
    {"tariffs", push_one<v221::tariff>, pull_all<v221::tariff>},
    {"tokens", push_one<v221::token>, pull_all<v221::token>},
};

const module_row& find_module(const std::string& name) {
    const auto found =
        std::find_if(std::begin(modules), std::end(modules), [&](const module_row& each) { return name == each.name; });
    if (found == std::end(modules))
        throw exception(error{errc::not_found, "module", name + " is no module of objects"});
    return *found;
}

template <class Command>
void send_one(party& from, const recipient& to, const std::string& wish, const std::shared_ptr<sent_command>& sent,
              const ocpi_client::outcome<v221::command_response>& responded) {
    from.command(to, ocpi::decode<Command>(wish, {ocpi::reading::lenient, {}}).value(), responded,
                 [sent](const v221::command_result& came) { sent->results.emplace_back(came.result.text()); });
}

struct command_row {
    const char* name;
    void (*send)(party&, const recipient&, const std::string&, const std::shared_ptr<sent_command>&,
                 const ocpi_client::outcome<v221::command_response>&);
};

constexpr command_row commands[] = {
    {"CANCEL_RESERVATION", send_one<v221::cancel_reservation>}, {"RESERVE_NOW", send_one<v221::reserve_now>},
    {"START_SESSION", send_one<v221::start_session>},           {"STOP_SESSION", send_one<v221::stop_session>},
    {"UNLOCK_CONNECTOR", send_one<v221::unlock_connector>},
};

ocpi_client::partner_habits everything() {
    ocpi_client::partner_habits habits;
    habits.knows_other_modules = true;
    return habits;
}

const char* word_of(ocpi_client::change::kind what) {
    switch (what) {
    case ocpi_client::change::kind::created: return "created";
    case ocpi_client::change::kind::updated: return "updated";
    case ocpi_client::change::kind::removed: return "removed";
    }
    return "";
}

} // namespace

template <class Command>
auto hub_party::taking(const char* word) {
    return [this, word](const ocpi_client::caller&, const Command& wish, const ocpi_client::callback& where) {
        return take(word, ocpi::encode(wish), where);
    };
}

hub_party::hub_party(wires& net, const std::string& host, std::vector<v221::credentials_role> roles, incar::clock now,
                     random_source random)
    : net_(net), host_(host) {
    ocpi_client::party_options options;
    options.base_url = net::url::parse("https://" + host + "/ocpi").value();
    options.roles = std::move(roles);
    ocpi_client::party_ports ports;
    ports.http = net.client();
    ports.objects = objects_;
    ports.clock = std::move(now);
    ports.random = std::move(random);
    ocpi_client::handlers ours;
    ours.changed = [this](const ocpi_client::caller&, const ocpi_client::change& what) {
        if (changed) net_.guard([&] { changed(what.module, word_of(what.what), what.text); });
    };
    ours.cancel_reservation = taking<v221::cancel_reservation>("CANCEL_RESERVATION");
    ours.reserve_now = taking<v221::reserve_now>("RESERVE_NOW");
    ours.start_session = taking<v221::start_session>("START_SESSION");
    ours.stop_session = taking<v221::stop_session>("STOP_SESSION");
    ours.unlock_connector = taking<v221::unlock_connector>("UNLOCK_CONNECTOR");
    party_ = std::make_unique<party>(options, std::move(ports), std::move(ours));
    net_.hosts[host] = [served = party_.get()](net::http_request request, net::http_respond respond) {
        served->handle(std::move(request), std::move(respond));
    };
}

hub_party::~hub_party() {
    net_.hosts.erase(host_);
}

void hub_party::join(const std::string& versions_url, const std::string& token) {
    expected<void> outcome = error{net::errc::timed_out, "", "there was no answer"};
    party_->register_with(
        "hub", versions_url, token, [&](expected<void> done) { outcome = std::move(done); }, everything());
    net_.run();
    outcome.value();
}

recipient hub_party::through_hub(const std::string& to) const {
    recipient made("hub");
    if (!to.empty()) {
        made.to = ocpi::parse_party_key(to).value();
        return made;
    }
    for (const v221::credentials_role& each : party_->find("hub")->roles)
        if (each.role == v221::role::hub) made.to = ocpi::party_key{each.country_code, each.party_id};
    return made;
}

void hub_party::push(const std::string& module, const std::string& text, const std::string& to) {
    const module_row& row = find_module(module);
    if (!row.push) throw exception(error{errc::not_found, "module", module + " is the hub's alone"});
    row.push(*party_, net_, through_hub(to), text);
}

std::vector<std::string> hub_party::pull(const std::string& module, const std::string& to) {
    return find_module(module).pull(*party_, net_, through_hub(to));
}

std::shared_ptr<sent_command> hub_party::command(const std::string& word, const std::string& wish,
                                                 const std::string& to) {
    const auto found =
        std::find_if(std::begin(commands), std::end(commands), [&](const auto& each) { return word == each.name; });
    if (found == std::end(commands)) throw exception(error{errc::not_found, "word", word + " is no command"});
    const auto sent = std::make_shared<sent_command>();
    const auto answer = wait_for<v221::command_response>(
        net_, [&](auto done) { found->send(*party_, through_hub(to), wish, sent, done); });
    sent->response = answer.result.text();
    return sent;
}

net::http_response hub_party::request(const ocpi_client::call& about, const std::optional<std::string>& to) {
    return wait_for<net::http_response>(
        net_, [&](auto done) { party_->forward(to ? through_hub(*to) : recipient("hub"), about, std::move(done)); });
}

std::vector<std::string> hub_party::stored(const std::string& module) const {
    store::object_query query;
    query.kind = module;
    query.limit = static_cast<std::size_t>(-1);
    std::vector<std::string> texts;
    for (const store::stored_object& each : objects_.list(query).value().objects) texts.push_back(each.text);
    return texts;
}

expected<v221::command_response> hub_party::take(const char* word, const std::string& wish,
                                                 const ocpi_client::callback& where) {
    v221::command_response said;
    said.result = v221::command_response_type::not_supported;
    if (!commanded) return said;
    asked_command about{word, wish, [this, where](const std::string& result) {
                            v221::command_result told;
                            told.result = ocpi::open_enum<v221::command_result_type>(result);
                            party_->send_result(where, told, [](const expected<void>&) {});
                            net_.run();
                        }};
    net_.guard([&] {
        said.result = ocpi::open_enum<v221::command_response_type>(commanded(about));
        said.timeout = 30;
    });
    return said;
}

} // namespace incar::python
