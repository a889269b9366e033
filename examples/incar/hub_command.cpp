#include "command.hpp"
#include "files.hpp"
#include "hub/administration.hpp"
#include "hub/service.hpp"

#include <incar/ocpi/party_key.hpp>

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

namespace incar::program {
namespace {

// Each option that has a text, and where it goes.
struct text_option {
    const char* name;
    std::string service_options::*to;
};

constexpr text_option text_options[] = {
    {"--store", &service_options::store},
    {"--listen", &service_options::listen},
    {"--public-url", &service_options::public_url},
    {"--certificate", &service_options::certificate_file},
    {"--key", &service_options::key_file},
    {"--secrets-file", &service_options::secrets_file},
    {"--admin-token", &service_options::admin_token},
    {"--app-token", &service_options::app_token},
};

expected<void> read_party(const std::string& text, ocpi::v221::credentials_role& self) {
    const auto key = ocpi::parse_party_key(text);
    if (!key) return error{key.error().code, "--party", "a country code and a party id belong here, as in EU*HUB"};
    self.country_code = key->country_code;
    self.party_id = key->party_id;
    return {};
}

expected<void> read_addresses(const std::string& text, std::vector<net::address_block>& to) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        const auto block = net::address_block::parse(text.substr(begin, comma - begin));
        if (!block) return error{block.error().code, "--allow-addresses", block.error().message};
        to.push_back(*block);
        begin = comma + 1;
    }
    return {};
}

expected<service_options> read_options(const arguments& given) {
    service_options made;
    for (const text_option& each : text_options)
        if (const std::string* text = given.find(each.name)) made.*each.to = *text;
    made.hub.self.country_code = ci_string<2>("EU");
    made.hub.self.party_id = ci_string<3>("HUB");
    const std::string* name = given.find("--name");
    made.hub.self.business_details.name = name ? *name : "incar hub";
    if (const std::string* party = given.find("--party"))
        if (auto done = read_party(*party, made.hub.self); !done) return done.error();
    if (const std::string* blocks = given.find("--allow-addresses"))
        if (auto done = read_addresses(*blocks, made.allowed_addresses); !done) return done.error();
    if (given.has("--open-routing")) made.hub.open_routing = hub::open_routing::by_content;
    made.access_log = given.has("--access-log");
    const auto rate = number_option(given, "--member-rate", made.requests_per_second, 1, 1e6);
    if (!rate) return rate.error();
    made.requests_per_second = *rate;
    const auto patience = number_option(given, "--answer-time", 30, 0.1, 600);
    if (!patience) return patience.error();
    made.hub.limits.time_limit = std::chrono::milliseconds(static_cast<long long>(*patience * 1000));
    return made;
}

expected<exit_status> serve(const arguments& given) {
    auto options = read_options(given);
    if (!options) return options.error();

    // Signals reach the one thread that waits for them; others are started with them blocked.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    auto started = service::start(std::move(*options));
    if (!started) return started.error();
    service& running = **started;
    const auto said = print("OCPI for members:  " + running.versions_url().text() + "\nadministration:    " +
                            running.admin_url().text() + "\napps of drivers:   " + running.app_url().text() + "\n");
    if (!said) return said.error();
    std::thread waiting([&] {
        int which = 0;
        sigwait(&ends, &which);
        running.stop();
    });
    running.run();
    waiting.join();
    return exit_status::yes;
}

expected<exit_status> run(const arguments& given) {
    arguments all = given;
    if (const std::string* file = given.find("--config")) {
        const auto text = read_file(*file);
        if (!text) return text.error();
        if (auto done = add_from_json(all, hub_command().options, *text); !done)
            return error{done.error().code, *file + done.error().where, done.error().message};
    }
    return all.positional.empty() ? serve(all) : administrate(all);
}

} // namespace

command hub_command() {
    command made;
    made.name = "hub";
    made.words = "[WORD [NAME]]";
    made.summary = "an OCPI 2.2.1 hub: members, routing, storage, an API for drivers' apps";
    made.details = "Serves until it is interrupted. With a word it asks a hub that is running, at --at:\n\n" +
                   administration_help();
    made.options = {
        {"--store", "STORE", "'memory' (default), or sqlite:FILE"},
        {"--listen", "ADDRESS:PORT", "127.0.0.1:8080 unless it is said"},
        {"--public-url", "URL", "where members reach it, when that is not where it listens"},
        {"--certificate", "FILE", "PEM, with --key: serve TLS"},
        {"--key", "FILE", "PEM, the certificate's private key"},
        {"--secrets-file", "FILE", "key to the tokens in the store; made when missing (STORE.key)"},
        {"--admin-token", "TOKEN", "who has it may approve members; better kept in --config"},
        {"--app-token", "TOKENS", "for the back ends of drivers' apps, separated by commas"},
        {"--party", "CC*PID", "the hub's own country code and party id (EU*HUB)"},
        {"--name", "NAME", "of its operator, for members to read"},
        {"--open-routing", "", "choose the receiver by content when a request names none"},
        {"--allow-addresses", "BLOCKS", "also send requests to these, as in 10.0.0.0/8,127.0.0.1"},
        {"--member-rate", "N", "requests a second that a member may send for long (1000); four times as many at once"},
        {"--answer-time", "SECONDS", "that a member may take for an answer (30)"},
        {"--access-log", "", "write a line for each request to standard error"},
        {"--config", "FILE", "JSON with options by their names: {\"store\": \"sqlite:hub.db\"}"},
        {"--at", "URL", "public URL of the running hub (http://127.0.0.1:8080)"},
        {"--reason", "TEXT", "with reject and suspend"},
        {"--habits", "NAMES", "with approve: what is peculiar to the member, separated by commas"},
        {"--off", "", "with catch-up"},
    };
    made.most_positional = 2;
    made.run = run;
    return made;
}

} // namespace incar::program
