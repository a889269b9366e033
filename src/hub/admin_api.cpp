#include <incar/core/json.hpp>
#include <incar/hub/admin_api.hpp>
#include <incar/ocpi_client/authorization.hpp>

#include <algorithm>

namespace incar::hub {
namespace {

using json::object;
using json::value;

net::http_response as_json(int status, std::string body) {
    return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

net::http_response failed(int status, const error& why) {
    return as_json(status,
                   json::format(value(object{{"error", object{{"where", why.where}, {"message", why.message}}}})));
}

int status_of(const error& why) {
    if (why.code == errc::not_found) return 404;
    if (why.code == errc::duplicate || why.code == errc::inconsistent) return 409;
    if (why.code == errc::unavailable) return 503;
    return 400;
}

// A request as a deed sees it.
struct asked {
    hub& on;
    const net::url& versions_url;
    const std::string& name;
    const std::string& body;
};

using answer = expected<std::string>;

// The one member that a body may have, when it is there at all.
expected<std::optional<value>> only_member(const std::string& body, std::string_view name) {
    if (body.empty()) return std::optional<value>();
    const auto read = json::parse(body);
    if (!read) return read.error();
    if (!read->as_object())
        return error{errc::wrong_type, "", std::string("an object belongs here, this is ") + read->kind()};
    for (const json::member& each : *read->as_object())
        if (each.name != name)
            return error{errc::unknown_member, (json::pointer() / each.name).text(),
                         "only " + std::string(name) + " is known here"};
    const value* found = read->find(name);
    return found ? std::optional<value>(*found) : std::nullopt;
}

answer shown(const asked& about) {
    const auto found = about.on.find(about.name);
    if (!found) return error{errc::not_found, about.name, "there is no member of this name"};
    return to_json(*found);
}

answer shown_after(const asked& about, const expected<void>& done) {
    return done ? shown(about) : answer(done.error());
}

answer show_all(const asked& about) {
    std::string all = "{\"members\":[";
    for (const member& each : about.on.members()) {
        if (all.back() != '[') all += ',';
        all += to_json(each);
    }
    return all + "]}";
}

answer apply(const asked& about) {
    const auto wish = application_from_json(about.body);
    if (!wish) return wish.error();
    if (auto done = about.on.apply(*wish); !done) return done.error();
    return to_json(*about.on.find(wish->name));
}

answer approve(const asked& about) {
    const auto wanted = only_member(about.body, "habits");
    if (!wanted) return wanted.error();
    ocpi_client::partner_habits habits;
    if (*wanted) {
        auto read = ocpi_client::habits_from_json(json::format(**wanted));
        if (!read) return error{read.error().code, "/habits" + read.error().where, read.error().message};
        habits = *read;
    }
    const auto token = about.on.approve(about.name, habits);
    if (!token) return token.error();
    return json::format(value(
        object{{"name", about.name}, {"token_a", *token}, {"versions_url", std::string(about.versions_url.text())}}));
}

template <class Deed>
answer with_reason(const asked& about, Deed deed) {
    const auto given = only_member(about.body, "reason");
    if (!given) return given.error();
    if (!*given || !(*given)->as_string()) return error{errc::missing, "/reason", "say why, in a text"};
    return shown_after(about, deed(*(*given)->as_string()));
}

answer reject(const asked& about) {
    return with_reason(about, [&](const std::string& why) { return about.on.reject(about.name, why); });
}

answer suspend(const asked& about) {
    return with_reason(about, [&](const std::string& why) { return about.on.suspend(about.name, why); });
}

answer resume(const asked& about) {
    return shown_after(about, about.on.resume(about.name));
}

answer set_catch_up(const asked& about) {
    const auto given = only_member(about.body, "wanted");
    if (!given) return given.error();
    if (!*given || !(*given)->as_bool()) return error{errc::missing, "/wanted", "say true or false"};
    return shown_after(about, about.on.set_catch_up(about.name, *(*given)->as_bool()));
}

struct route {
    const char* method;
    std::vector<std::string> path; // "*" is a member's name
    answer (*deed)(const asked&);
    int status = 200;
    bool is_public = false;
};

const std::vector<route>& routes() {
    static const std::vector<route> table = {
        {"POST", {"applications"}, apply, 201, true},
        {"GET", {"members"}, show_all},
        {"GET", {"members", "*"}, shown},
        {"POST", {"members", "*", "approve"}, approve},
        {"POST", {"members", "*", "reject"}, reject},
        {"POST", {"members", "*", "suspend"}, suspend},
        {"POST", {"members", "*", "resume"}, resume},
        {"POST", {"members", "*", "catch_up"}, set_catch_up},
    };
    return table;
}

bool fits(const route& each, const std::vector<std::string>& path) {
    return std::equal(each.path.begin(), each.path.end(), path.begin(), path.end(),
                      [](const std::string& wanted, const std::string& given) {
                          return wanted == "*" ? !given.empty() : wanted == given;
                      });
}

} // namespace

admin_api::admin_api(hub& administered, admin_options options) : hub_(administered), options_(std::move(options)) {}

bool admin_api::is_administrator(const net::http_request& request) const {
    const std::string* header = request.headers.find("Authorization");
    return !options_.token.empty() && header && ocpi_client::equal_secrets(*header, "Bearer " + options_.token);
}

net::http_response admin_api::answer_to(const net::http_request& request) {
    const auto base = options_.base_url.segments();
    auto path = request.url.segments();
    const bool is_below = path.size() > base.size() && std::equal(base.begin(), base.end(), path.begin());
    if (is_below) path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(base.size()));
    const route* found = nullptr;
    bool is_other_method = false;
    for (const route& each : routes()) {
        if (!is_below || !fits(each, path)) continue;
        if (request.method == each.method)
            found = &each;
        else
            is_other_method = true;
    }
    if (!(found && found->is_public) && !is_administrator(request)) {
        auto refused = failed(401, {errc::missing, "Authorization", "only the administrator may do this"});
        (void)refused.headers.add("WWW-Authenticate", "Bearer");
        return refused;
    }
    if (!found && is_other_method) return failed(405, {errc::not_found, "", "this path has other methods"});
    if (!found) return failed(404, {errc::not_found, "", "there is nothing under this URL"});
    const std::string name = path.size() > 1 ? path[1] : std::string();
    auto done = found->deed({hub_, options_.versions_url, name, request.body});
    return done ? as_json(found->status, std::move(*done)) : failed(status_of(done.error()), done.error());
}

void admin_api::handle(net::http_request request, net::http_respond respond) {
    auto answered = answer_to(request);
    hub_.when_durable([respond = std::move(respond), answered = std::move(answered)](bool durable) mutable {
        respond(durable ? std::move(answered)
                        : failed(503, {errc::unavailable, "", "the store cannot serve at present"}));
    });
}

} // namespace incar::hub
