#include "hub/service.hpp"

#include <incar/adapters/beast.hpp>
#include <incar/adapters/curl.hpp>
#include <incar/adapters/openssl.hpp>
#include <incar/adapters/sqlite.hpp>
#include <incar/app/app_api.hpp>
#include <incar/hub/admin_api.hpp>
#include <incar/hub/hub.hpp>
#include <incar/net/access_log.hpp>
#include <incar/net/health.hpp>
#include <incar/net/metrics.hpp>
#include <incar/net/rate_limit.hpp>
#include <incar/net/work_loop.hpp>
#include <incar/ocpi_client/authorization.hpp>

#include <algorithm>
#include <atomic>

namespace incar::program {
namespace {

error at(const char* option, const error& why) {
    return {why.code, option, why.where.empty() ? why.message : why.where + ": " + why.message};
}

struct place {
    std::string address;
    std::uint16_t port = 0;
};

expected<place> read_listen(const std::string& text) {
    const auto colon = text.rfind(':');
    const std::string digits = colon == std::string::npos ? "" : text.substr(colon + 1);
    const bool is_number =
        !digits.empty() && digits.size() < 6 && digits.find_first_not_of("0123456789") == digits.npos;
    if (!is_number || std::stoi(digits) > 65535)
        return error{errc::malformed, "--listen", "an address and a port belong here, as in 127.0.0.1:8080"};
    std::string address = text.substr(0, colon);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    return place{std::move(address), static_cast<std::uint16_t>(std::stoi(digits))};
}

// What the hub keeps, and the key to the secrets in it.
struct kept {
    store::object_store objects;
    std::string key;
};

expected<kept> open_store(const service_options& options) {
    kept found;
    if (options.store == "memory") {
        found.objects = store::memory_store(store::commit_mode::by_caller);
        found.key.resize(adapters::key_bytes);
        system_random()(reinterpret_cast<unsigned char*>(found.key.data()), found.key.size());
        return found;
    }
    const std::string scheme = "sqlite:";
    if (options.store.compare(0, scheme.size(), scheme) != 0 || options.store.size() == scheme.size())
        return error{errc::malformed, "--store", "'memory' or 'sqlite:FILE' belongs here"};
    adapters::sqlite_options file;
    file.file = options.store.substr(scheme.size());
    file.commits = store::commit_mode::by_caller;
    auto opened = adapters::sqlite_store::open(file);
    if (!opened) return at("--store", opened.error());
    found.objects = opened->port();
    auto key = adapters::read_or_make_key(options.secrets_file.empty() ? file.file + ".key" : options.secrets_file);
    if (!key) return at("--secrets-file", key.error());
    found.key = std::move(*key);
    return found;
}

std::vector<std::string> split_at_commas(const std::string& list) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t comma = std::min(list.find(',', begin), list.size());
        if (comma > begin) parts.push_back(list.substr(begin, comma - begin));
        begin = comma + 1;
    }
    return parts;
}

net::http_response too_many(const net::http_request&) {
    return {
        429, {{"Content-Type", "application/json"}}, R"({"status_code":2000,"status_message":"too many requests"})"};
}

// Read by whoever watches, on other threads than the hub's.
struct watched {
    std::atomic<bool> store_serves{true};
    std::atomic<int> connected{0}, offline{0}, waiting{0};

    void count(const std::vector<hub::member>& members) {
        int of[3] = {};
        for (const hub::member& each : members) {
            if (each.standing == hub::standing::applied) ++of[2];
            if (each.standing == hub::standing::active)
                ++of[each.status == hub::v221::connection_status::offline ? 1 : 0];
        }
        connected = of[0];
        offline = of[1];
        waiting = of[2];
    }
};

// From the inside out: counted, limited, logged, watched.
net::http_handler guarded(const service_options& options, const std::shared_ptr<watched>& state,
                          std::function<std::string(const std::string&)> fingerprint, net::http_handler handler) {
    const net::http_metrics metrics({"locations", "sessions", "cdrs", "tariffs", "tokens", "commands",
                                     "chargingprofiles", "hubclientinfo", "scoptimizations", "credentials", "versions",
                                     "admin", "app"});
    handler = metrics.count(std::move(handler));
    net::rate_limit_options rates;
    rates.known = {options.requests_per_second, 4 * options.requests_per_second};
    rates.refuse = too_many;
    handler = net::limit_rate(rates, std::move(handler));
    if (options.access_log) {
        net::access_log_options lines;
        lines.log = options.log;
        lines.fingerprint = std::move(fingerprint);
        handler = net::log_access(lines, std::move(handler));
    }
    net::health_options health;
    health.healthy = [state]() -> expected<void> {
        if (state->store_serves) return {};
        return error{errc::unavailable, "", "the store cannot serve"};
    };
    health.metrics = [metrics, state] {
        const char* name = "incar_hub_members";
        const char* help = "Members of the hub.";
        return metrics.text({{name, help, {{"status", "connected"}}, double(state->connected)},
                             {name, help, {{"status", "offline"}}, double(state->offline)},
                             {name, help, {{"status", "applied"}}, double(state->waiting)}});
    };
    if (!options.admin_token.empty())
        health.may_read_metrics = [token = options.admin_token](const net::http_request& request) {
            const std::string* header = request.headers.find("Authorization");
            return header && ocpi_client::equal_secrets(*header, "Bearer " + token);
        };
    return net::with_health(health, std::move(handler));
}

} // namespace

struct service::parts {
    std::shared_ptr<watched> state = std::make_shared<watched>();
    net::work_loop loop;
    std::optional<adapters::http_server> server;
    std::optional<adapters::curl_client> client;
    net::url public_url;
    std::string admin_path;
    std::unique_ptr<hub::hub> middle;
    std::unique_ptr<hub::admin_api> admin;
    std::unique_ptr<app::app_api> app;

    net::url below(const std::vector<std::string>& segments) const { return public_url.append(segments).value(); }

    void handle(net::http_request request, net::http_respond respond) {
        const std::string_view path = request.url.path();
        const bool is_for_admin = path.substr(0, admin_path.size()) == admin_path &&
                                  (path.size() == admin_path.size() || path[admin_path.size()] == '/');
        if (is_for_admin) return admin->handle(std::move(request), std::move(respond));
        if (app->serves(request.url)) return app->handle(std::move(request), std::move(respond));
        middle->handle(std::move(request), std::move(respond));
    }
};

service::service(std::unique_ptr<parts> made) : parts_(std::move(made)) {}

expected<std::unique_ptr<service>> service::start(service_options options) {
    const auto where = read_listen(options.listen);
    if (!where) return where.error();
    const auto store = open_store(options);
    if (!store) return store.error();
    const auto fingerprint = adapters::make_fingerprint(store->key);
    const auto sealing = adapters::make_sealing({store->key});
    if (!fingerprint || !sealing) return at("--secrets-file", fingerprint ? sealing.error() : fingerprint.error());

    auto made = std::make_unique<parts>();
    adapters::curl_options outward;
    outward.addresses.allowed = options.allowed_addresses;
    outward.max_connections = 1000;
    made->client.emplace(outward);

    adapters::http_server_options inward;
    inward.address = where->address;
    inward.port = where->port;
    inward.certificate_file = options.certificate_file;
    inward.key_file = options.key_file;
    net::http_handler handler = made->loop.wrap(net::http_handler(
        [all = made.get()](auto request, auto respond) { all->handle(std::move(request), std::move(respond)); }));
    auto server = adapters::http_server::start(inward, guarded(options, made->state, *fingerprint, std::move(handler)));
    if (!server) return at("--listen", server.error());
    made->server.emplace(std::move(*server));

    if (options.public_url.empty()) {
        const bool is_v6 = where->address.find(':') != std::string::npos;
        options.public_url = (options.certificate_file.empty() ? "http://" : "https://") +
                             (is_v6 ? "[" + where->address + "]" : where->address) + ":" +
                             std::to_string(made->server->port());
    }
    auto public_url = net::url::parse(options.public_url);
    if (!public_url) return at("--public-url", public_url.error());
    made->public_url = std::move(*public_url);
    made->admin_path = made->below({"admin"}).path();

    hub::hub_ports ports;
    ports.http = made->loop.wrap(made->client->port());
    ports.objects = store->objects;
    ports.clock = system_clock();
    ports.random = system_random();
    ports.fingerprint = *fingerprint;
    ports.seal = sealing->seal;
    ports.open = sealing->open;
    ports.log = options.log;
    ports.member_changed = [all = made.get()](const hub::member&) { all->state->count(all->middle->members()); };
    options.hub.base_url = made->below({"ocpi"});
    try {
        made->middle = std::make_unique<hub::hub>(options.hub, ports);
        made->state->count(made->middle->members());
        app::app_options drivers;
        drivers.base_url = made->public_url;
        drivers.tokens = split_at_commas(options.app_token);
        made->app = std::make_unique<app::app_api>(
            *made->middle, drivers, app::app_ports{ports.http, ports.clock, ports.random, {}, ports.log});
    } catch (const exception& failure) {
        return at("--store", failure.error());
    }
    hub::admin_options admin;
    admin.base_url = made->below({"admin"});
    admin.versions_url = made->below({"ocpi", "versions"});
    admin.token = options.admin_token;
    made->admin = std::make_unique<hub::admin_api>(*made->middle, admin);
    return std::unique_ptr<service>(new service(std::move(made)));
}

service::~service() {
    parts_->server->stop(); // no requests, then no answers, come to parts that are gone
    parts_->loop.stop();
    parts_->client.reset();
}

net::url service::versions_url() const {
    return parts_->below({"ocpi", "versions"});
}

net::url service::admin_url() const {
    return parts_->below({"admin"});
}

net::url service::app_url() const {
    return parts_->below({"app", "1.0"});
}

void service::run() {
    net::work_rounds rounds;
    rounds.finish = [this] { // what fails is logged, and answered
        parts_->state->store_serves = parts_->middle->flush().has_value();
    };
    rounds.next_deadline = [this]() -> std::optional<timestamp> {
        const auto hub = parts_->middle->next_deadline(), app = parts_->app->next_deadline();
        return hub && app ? std::min(*hub, *app) : hub ? hub : app;
    };
    rounds.tick = [this] {
        parts_->middle->tick();
        parts_->app->tick();
    };
    parts_->loop.run(rounds, system_clock());
}

void service::stop() {
    parts_->server->stop();
    parts_->loop.stop();
}

} // namespace incar::program
