#include "files.hpp"
#include "hub/administration.hpp"

#include <incar/adapters/curl.hpp>
#include <incar/core/json.hpp>

#include <algorithm>
#include <iostream>

namespace incar::program {
namespace {

using json::object;
using json::value;

// What a word sends. NAME is appended to the path, then `deed`; the body comes from an option.
struct word {
    const char* name;
    const char* words; // for the help text
    const char* help;
    const char* method;
    const char* path;
    const char* deed;
    bool has_name;
    expected<std::string> (*body)(const arguments&);
};

expected<std::string> no_body(const arguments&) {
    return std::string();
}

expected<std::string> application_body(const arguments& given) {
    return read_file(given.positional.size() > 1 ? given.positional[1] : "-");
}

expected<std::string> habits_body(const arguments& given) {
    const std::string* list = given.find("--habits");
    if (!list) return std::string();
    object habits;
    for (std::size_t begin = 0; begin <= list->size();) {
        const std::size_t comma = std::min(list->find(',', begin), list->size());
        habits.push_back({list->substr(begin, comma - begin), true});
        begin = comma + 1;
    }
    return json::format(value(object{{"habits", value(std::move(habits))}}));
}

expected<std::string> reason_body(const arguments& given) {
    const std::string* reason = given.find("--reason");
    if (!reason) return error{errc::missing, "--reason", "say why"};
    return json::format(value(object{{"reason", *reason}}));
}

expected<std::string> wanted_body(const arguments& given) {
    return json::format(value(object{{"wanted", !given.has("--off")}}));
}

const word words[] = {
    {"members", "", "all members", "GET", "members", "", false, no_body},
    {"show", "NAME", "one member", "GET", "members", "", true, no_body},
    {"apply", "FILE", "hand in an application: JSON with name, email, roles, identity_provider", "POST", "applications",
     "", false, application_body},
    {"approve", "NAME", "accept it; prints its CREDENTIALS_TOKEN_A, once", "POST", "members", "approve", true,
     habits_body},
    {"reject", "NAME", "turn an application down", "POST", "members", "reject", true, reason_body},
    {"suspend", "NAME", "shut a member out", "POST", "members", "suspend", true, reason_body},
    {"resume", "NAME", "let a suspended member in again", "POST", "members", "resume", true, no_body},
    {"catch-up", "NAME", "send it what it missed when it comes back; --off: it asks itself", "POST", "members",
     "catch_up", true, wanted_body},
};

} // namespace

std::string administration_help() {
    std::string text;
    for (const word& each : words) {
        std::string left = std::string("  incar hub ") + each.name + " " + each.words;
        left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
        text += left + each.help + "\n";
    }
    return text;
}

expected<exit_status> administrate(const arguments& given) {
    const std::string& wanted = given.positional[0];
    const auto found =
        std::find_if(std::begin(words), std::end(words), [&](const word& each) { return wanted == each.name; });
    if (found == std::end(words)) return error{errc::unknown_member, wanted, "there is no such word; see --help"};
    const bool takes_word = *found->words != '\0';
    if (found->has_name && given.positional.size() < 2)
        return error{errc::missing, "NAME", "name the member, for example: incar hub " + wanted + " acme"};
    if (!takes_word && given.positional.size() > 1)
        return error{errc::unknown_member, given.positional[1], "one word too many"};
    const auto body = found->body(given);
    if (!body) return body.error();

    const std::string* at = given.find("--at");
    const auto base = net::url::parse(at ? *at : "http://127.0.0.1:8080");
    if (!base) return error{base.error().code, "--at", base.error().message};
    std::vector<std::string> path = {"admin", found->path};
    if (found->has_name) path.push_back(given.positional[1]);
    if (*found->deed) path.emplace_back(found->deed);
    net::http_request request;
    request.method = found->method;
    const auto url = base->append(path);
    if (!url) return error{url.error().code, "NAME", url.error().message};
    request.url = *url;
    request.body = *body;
    if (!body->empty()) request.headers = {{"Content-Type", "application/json"}};
    if (const std::string* token = given.find("--admin-token"))
        if (auto done = request.headers.set("Authorization", "Bearer " + *token); !done)
            return error{done.error().code, "--admin-token", done.error().message};

    adapters::curl_options anywhere; // the administrator says where the hub is
    anywhere.addresses.allowed = {net::address_block::parse("0.0.0.0/0").value(),
                                  net::address_block::parse("::/0").value()};
    const auto answer = adapters::curl_client(anywhere).fetch(std::move(request));
    if (!answer) return error{answer.error().code, base->text(), answer.error().message};
    const auto read = json::parse(answer->body);
    const bool is_good = answer->status < 300;
    std::string text = read ? json::format(*read, json::layout::indented) : answer->body;
    if (const value* why = read && !is_good ? read->find("error") : nullptr; why && why->find("message")) {
        const auto part = [&](const char* name) {
            const value* there = why->find(name);
            return there && there->as_string() ? *there->as_string() : std::string();
        };
        text = part("where").empty() ? part("message") : part("where") + ": " + part("message");
    }
    if (is_good) {
        if (auto done = print(text + "\n"); !done) return done.error();
        return exit_status::yes;
    }
    std::cerr << "incar: " << text << " (" << answer->status << ")\n";
    return exit_status::no;
}

} // namespace incar::program
