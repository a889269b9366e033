#pragma once

// A hub with its members and the app's API beside it, and what an app's back end asks.

#include "../hub/house.hpp"

#include <incar/app/app_api.hpp>
#include <incar/core/json.hpp>

namespace incar::app {

using hub::house;
using hub::key_of;
using hub::party;
using hub::recipient;
using hub::result_of;
using hub::role_of;
using hub::through_hub;
using hub::to_everybody;
namespace v221 = ocpi::v221;

inline constexpr const char* api_token = "50cf4475-613a";

struct app_house : house {
    app_options how;
    std::unique_ptr<app_api> drivers;
    std::vector<net::http_request> posted; // to the app's own back end
    bool reads_on = true;                  // until a new API has read everything

    app_house() {
        how.base_url = net::url::parse("https://hub.example").value();
        how.tokens = {"another", api_token};
    }

    // The API, once there is a hub.
    app_api& serve() {
        if (!middle) open();
        drivers.reset();
        drivers = std::make_unique<app_api>(*middle, how,
                                            app_ports{net.client(), time.as_clock(), ports.random, {}, ports.log});
        while (reads_on && drivers->next_deadline() && *drivers->next_deadline() <= time.now()) drivers->tick();
        net.attach("app.example", [this](net::http_request request, net::http_respond respond) {
            posted.push_back(std::move(request));
            respond({200, {}, ""});
        });
        return *drivers;
    }

    void pass(std::chrono::milliseconds time_passing) {
        time.advance(time_passing);
        middle->tick();
        drivers->tick();
        run();
    }

    static net::http_request request(const std::string& method, const std::string& target, const std::string& body = "",
                                     const net::headers& headers = {}) {
        net::http_request made;
        made.method = method;
        made.url = net::url::parse("https://hub.example" + target).value();
        made.headers = headers;
        if (!headers.find("Authorization"))
            made.headers.set("Authorization", std::string("Token ") + api_token).value();
        made.body = body;
        return made;
    }

    // Sends a request; what comes back is in `answers` at that index, sooner or later.
    std::vector<std::optional<net::http_response>> answers;
    std::size_t send(net::http_request asked) {
        if (!drivers) serve();
        const std::size_t index = answers.size();
        answers.emplace_back();
        drivers->handle(std::move(asked), [this, index](net::http_response each) {
            if (answers[index]) throw std::logic_error("answered twice");
            answers[index] = std::move(each);
        });
        return index;
    }

    net::http_response ask(net::http_request asked) {
        const std::size_t index = send(std::move(asked));
        run();
        if (!answers[index]) throw std::logic_error("there is no answer");
        return *answers[index];
    }
    net::http_response get(const std::string& target) { return ask(request("GET", target)); }
    net::http_response post(const std::string& target, const std::string& body, const net::headers& headers = {}) {
        return ask(request("POST", target, body, headers));
    }

    template <class T>
    void push(party& from, const recipient& to, const T& object) {
        result_of<void>(net, [&](auto done) { from.push(to, object, done); }).value();
        run();
    }
};

inline json::value data_of(const net::http_response& response) {
    const json::value body = json::parse(response.body).value();
    const json::value* data = body.find("data");
    return data ? *data : json::value();
}

// The member at that path, as text; numbers as written.
inline std::string text_at(const json::value& in, std::initializer_list<const char*> path) {
    const json::value* at = &in;
    for (const char* name : path)
        if (at) at = at->find(name);
    if (!at) return "";
    if (at->as_string()) return *at->as_string();
    return json::format(*at);
}

// The ids of the objects of a list, in order.
inline std::vector<std::string> ids_in(const net::http_response& response, const char* name = "id") {
    std::vector<std::string> found;
    const json::value data = data_of(response);
    if (!data.as_array()) throw std::logic_error("no list: " + response.body);
    for (const json::value& each : *data.as_array()) found.push_back(text_at(each, {name}));
    return found;
}

inline std::string header_of(const net::http_response& response, const char* name) {
    const std::string* value = response.headers.find(name);
    return value ? *value : "";
}

} // namespace incar::app
