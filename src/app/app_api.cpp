#include "app/core.hpp"

#include <incar/ocpi/envelope.hpp>
#include <incar/ocpi_client/authorization.hpp>
#include <incar/ocpi_client/paging.hpp>

#include <algorithm>

namespace incar::app {
namespace {

reply plain(int http_status, const std::string& message) {
    reply out;
    out.http_status = http_status;
    out.status_code = static_cast<int>(ocpi::status_code::client_error);
    out.message = message;
    return out;
}

net::http_response as_response(reply out, const net::http_request& request, timestamp now) {
    ocpi::envelope body;
    body.data = std::move(out.data);
    body.status_code = out.status_code;
    body.status_message = std::move(out.message);
    body.timestamp = now;
    net::http_response made{out.http_status, std::move(out.headers), ocpi::encode(body)};
    made.headers.set("Content-Type", "application/json").value();
    const std::pair<const char*, const char*> returned[] = {{"X-Request-ID", "X-Request-ID"},
                                                            {"X-Correlation-ID", "X-Correlation-ID"},
                                                            {"OCPI-from-country-code", "OCPI-to-country-code"},
                                                            {"OCPI-from-party-id", "OCPI-to-party-id"},
                                                            {"OCPI-to-country-code", "OCPI-from-country-code"},
                                                            {"OCPI-to-party-id", "OCPI-from-party-id"}};
    for (const auto& [asked_name, told_name] : returned)
        if (const std::string* value = request.headers.find(asked_name)) (void)made.headers.set(told_name, *value);
    return made;
}

} // namespace

app_api::app_api(hub::hub& served, app_options options, app_ports ports) {
    const auto need = [](bool there, const char* what) {
        if (!there) throw exception(error{errc::missing, what, "the API cannot work without it"});
    };
    need(!options.base_url.empty(), "options.base_url");
    need(options.page_limit > 0, "options.page_limit");
    need(ports.http.send && ports.clock && ports.random, "ports");
    core_ = std::make_shared<core>(served, std::move(options), std::move(ports));
    core_->undone = served.view().undone;
    if (auto loaded = core_->load_commands(); !loaded) throw exception(loaded.error());
    core_->read_on(core_->ports.clock());
    served.on_result([known = std::weak_ptr<core>(core_)](const std::string& id, const v221::command_result& result) {
        if (const auto alive = known.lock()) alive->take_result(id, result);
    });
}

app_api::~app_api() {
    core_->closed = true;
    core_->middle.on_result(nullptr);
}

bool app_api::serves(const net::url& requested) const {
    if (!core_->may_serve(requested.path())) return false;
    const auto path = core_->path_below(requested);
    if (path.size() >= 2 && path[0] == "app" && path[1] == "1.0") return true;
    return std::any_of(routes().begin(), routes().end(),
                       [&](const route& each) { return match(each, path).has_value(); });
}

void app_api::handle(net::http_request request, net::http_respond respond) {
    const auto alive = core_;
    alive->handle(std::move(request), std::move(respond));
}

// Soon said of most requests of a hub: whether a route may have this path.
bool core::may_serve(std::string_view path) const {
    if (path.find('%') != std::string_view::npos) return true; // spelt in another way, perhaps
    std::string_view base = options.base_url.path();
    while (!base.empty() && base.back() == '/') base.remove_suffix(1);
    if (path.substr(0, base.size()) != base) return false;
    path.remove_prefix(base.size());
    const auto begins_with = [&](std::string_view start) { return path.substr(0, start.size()) == start; };
    return begins_with("/app/1.0") || std::any_of(routes().begin(), routes().end(), [&](const route& each) {
               return begins_with(each.path.substr(0, each.path.find("/{")));
           });
}

std::vector<std::string> core::path_below(const net::url& requested) const {
    std::vector<std::string> base = options.base_url.segments(), path = requested.segments();
    while (!base.empty() && base.back().empty()) base.pop_back();
    while (!path.empty() && path.back().empty()) path.pop_back();
    if (path.size() < base.size() || !std::equal(base.begin(), base.end(), path.begin())) return {};
    path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(base.size()));
    return path;
}

// All of the tokens are compared, so that the time says nothing about them.
bool core::is_known(const net::http_request& request) const {
    const std::string* header = request.headers.find("Authorization");
    if (!header) return false;
    std::vector<std::string> presented = ocpi_client::tokens_in_authorization(*header);
    if (header->size() > 7 && equals_ignoring_case(header->substr(0, 7), "Bearer "))
        presented.push_back(header->substr(7));
    bool is_equal = false;
    for (const std::string& each : presented)
        for (const std::string& token : options.tokens)
            is_equal = (ocpi_client::equal_secrets(each, token) && !token.empty()) || is_equal;
    return is_equal;
}

void core::handle(net::http_request request, net::http_respond respond) {
    const auto alive = shared_from_this();
    asked in;
    in.request = std::move(request);
    const answer_with done = [alive, asked_as = in.request, respond = std::move(respond)](reply out) {
        const bool is_document = out.http_status == 200 && out.status_code == 0;
        if (is_document) return respond({200, {{"Content-Type", "application/json"}}, out.data.value_or("")});
        respond(as_response(std::move(out), asked_as, alive->ports.clock()));
    };
    const std::vector<std::string> path = path_below(in.request.url);
    std::string allowed;
    for (const route& each : routes()) {
        auto values = match(each, path);
        if (!values) continue;
        if (!allowed.empty()) allowed += ", ";
        allowed += each.method;
        if (in.request.method != each.method || in.what) continue;
        in.what = &each;
        in.path = std::move(*values);
    }
    if (!(in.what && in.what->is_open) && !is_known(in.request)) return done(plain(401, "a valid API token is needed"));
    if (allowed.empty()) return done(plain(404, "there is nothing under this URL"));
    if (!in.what) {
        reply out = plain(405, in.request.method + " is not for this URL");
        out.headers.set("Allow", allowed).value();
        return done(std::move(out));
    }
    for (const net::query_parameter& each : in.request.url.parameters()) {
        const parameter* known = find_parameter(each.name);
        const auto& named = in.what->parameters;
        if (!known || known->in != "query" || std::find(named.begin(), named.end(), each.name) == named.end())
            return done(refusal({errc::unknown_member, each.name, "there is no such parameter"}));
    }
    if (auto done_with = forget_undone(); !done_with) return done(refusal(done_with.error()));
    (this->*in.what->serve)(in, done);
}

net::url core::public_url(const asked& in) const {
    net::url made = options.base_url.append(path_below(in.request.url)).value_or(options.base_url);
    for (const net::query_parameter& each : in.request.url.parameters()) made.add_parameter(each.name, each.value);
    return made;
}

std::vector<std::string> core::owners() const {
    std::vector<std::string> found;
    for (const hub::member& each : middle.members())
        for (const v221::credentials_role& role : each.roles) {
            std::string name = format(party_key{role.country_code, role.party_id});
            if (std::find(found.begin(), found.end(), name) == found.end() && !is_hidden(name))
                found.push_back(std::move(name));
        }
    return found;
}

bool core::is_hidden(const std::string& owner) const {
    const auto hidden = middle.view().hidden_owners;
    return std::any_of(hidden.begin(), hidden.end(),
                       [&](const std::string& each) { return equals_ignoring_case(each, owner); });
}

std::optional<std::string> core::find_text(const store::object_key& key) const {
    auto found = middle.view().objects.find(key);
    if (!found || !*found || (*found)->removed) return std::nullopt;
    return std::move((*found)->text);
}

expected<std::pair<std::size_t, std::size_t>> core::page_in(const asked& in) const {
    const auto offset = in.count("offset", 0), limit = in.count("limit", options.page_limit);
    if (!offset) return offset.error();
    if (!limit) return limit.error();
    if (*limit == 0) return error{errc::out_of_range, "limit", "at least 1 is needed"};
    return std::make_pair(*offset, std::min(*limit, options.page_limit));
}

void core::add_page(reply& to, const asked& in, std::size_t offset, std::size_t limit, std::size_t shown,
                    std::size_t total) const {
    ocpi_client::window wanted;
    wanted.offset = offset;
    wanted.limit = limit;
    ocpi_client::add_page_headers(to.headers, public_url(in), wanted, shown, total, options.page_limit);
}

std::optional<timestamp> app_api::next_deadline() const {
    std::optional<timestamp> first;
    const auto consider = [&](std::optional<timestamp> due) {
        if (due && (!first || *due < *first)) first = due;
    };
    consider(core_->look_at);
    for (const auto& each : core_->waiters) consider(each.until);
    for (const auto& each : core_->commands) consider(core_->forgotten_at(each.second));
    return first;
}

void app_api::tick() {
    const auto alive = core_;
    const timestamp now = alive->ports.clock();
    alive->end_waits(now);
    alive->read_on(now);
}

} // namespace incar::app
