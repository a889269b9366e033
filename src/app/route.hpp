#pragma once

// The table of what is served: requests are dispatched by it, and the OpenAPI document is made from it.

#include <incar/ocpi_client/handlers.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace incar::app {

using ocpi::party_key;
using ocpi_client::reply;
using answer_with = std::function<void(reply)>;

struct core;
struct asked;

// A parameter that routes name; how it is written is `kind`.
struct parameter {
    enum class kind { text, number, count, flag, time, party, words, choice };
    std::string_view name;
    std::string_view in; // query, path or header
    kind what;
    std::string_view description;
    std::string_view words; // of a choice
};

struct route {
    const char* method;
    std::string_view path;
    const char* operation;
    const char* summary;
    std::vector<std::string_view> parameters; // those of the query and the header
    const char* body;                         // schema of the request's body; null: none
    const char* data;                         // schema of the answer's data, or of an element of a list
    bool is_list;
    bool is_of_seed; // a request as D3.3 section 5.2.1 has it, served by the function of another route
    bool is_open;    // needs no token
    void (core::*serve)(const asked&, answer_with);
};

const std::vector<route>& routes();
const std::vector<parameter>& parameters();
const parameter* find_parameter(std::string_view name);

// The names between braces in a path.
std::vector<std::string> names_in(std::string_view path);

// What a path is, after its template: the values of the names; absent when it is another.
std::optional<std::map<std::string, std::string>> match(const route& with, const std::vector<std::string>& segments);

} // namespace incar::app
