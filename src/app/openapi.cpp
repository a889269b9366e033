#include "app/core.hpp"
#include "app/schemas.hpp"

#include <algorithm>

namespace incar::app {
namespace {

using json::array;
using json::object;
using json::value;
using kind = parameter::kind;

value schema_of(const parameter& each) {
    switch (each.what) {
    case kind::number: return object{{"type", "number"}};
    case kind::count: return object{{"type", "integer"}, {"minimum", 0}};
    case kind::flag: return object{{"type", "boolean"}};
    case kind::time: return object{{"type", "string"}, {"format", "date-time"}};
    case kind::party: return object{{"type", "string"}, {"pattern", "^[A-Za-z]{2}[*-]?[A-Za-z0-9]{3}$"}};
    case kind::words: return object{{"type", "array"}, {"items", object{{"type", "string"}}}};
    case kind::choice: {
        array words;
        for (std::size_t at = 0; at < each.words.size();) {
            const std::size_t end = std::min(each.words.find(' ', at), each.words.size());
            words.push_back(std::string(each.words.substr(at, end - at)));
            at = end + 1;
        }
        return object{{"type", "string"}, {"enum", std::move(words)}};
    }
    default: return object{{"type", "string"}};
    }
}

value described(const parameter& each) {
    object told = {{"name", std::string(each.name)},
                   {"in", std::string(each.in)},
                   {"required", each.in == "path"},
                   {"schema", schema_of(each)}};
    if (!each.description.empty()) told.push_back({"description", std::string(each.description)});
    if (each.what == kind::words) {
        told.push_back({"style", "form"});
        told.push_back({"explode", false});
    }
    return told;
}

value reference(const std::string& name) {
    return object{{"$ref", "#/components/schemas/" + name}};
}

value as_json(const char* description, value schema) {
    return object{{"description", description},
                  {"content", object{{"application/json", object{{"schema", std::move(schema)}}}}}};
}

// As in OCPI (2.2.1 section 4.1.7). Statuses beyond the 1000s come without data.
value envelope_of(const route& each) {
    value data = reference(each.data);
    if (each.is_list) data = object{{"type", "array"}, {"items", std::move(data)}};
    return object{{"type", "object"},
                  {"required", array{"status_code", "timestamp"}},
                  {"properties", object{{"data", std::move(data)},
                                        {"status_code", object{{"type", "integer"}}},
                                        {"status_message", object{{"type", "string"}}},
                                        {"timestamp", object{{"type", "string"}, {"format", "date-time"}}}}},
                  {"additionalProperties", false}};
}

value operation_of(const route& each) {
    array named;
    for (const std::string& name : names_in(each.path)) named.push_back(described(*find_parameter(name)));
    for (const std::string_view name : each.parameters) named.push_back(described(*find_parameter(name)));
    object told = {{"operationId", each.operation}, {"summary", each.summary}};
    if (each.is_of_seed) told.push_back({"tags", array{"D3.3"}});
    if (each.is_open) told.push_back({"security", array{}});
    told.push_back({"parameters", std::move(named)});
    if (each.body)
        told.push_back({"requestBody",
                        object{{"required", true},
                               {"content", object{{"application/json", object{{"schema", reference(each.body)}}}}}}});
    object answers = {{"200", as_json("Done, if status_code is 1000 to 1999",
                                      each.data ? envelope_of(each) : value(object{{"type", "object"}}))}};
    for (const auto& [status, why] :
         {std::pair("400", "A parameter or the body is wrong"), std::pair("401", "There is no valid API token"),
          std::pair("404", "There is no such thing"),
          std::pair("503",
                    "The store cannot serve at present; with Retry-After: what is asked for is still being read")})
        answers.push_back({status, as_json(why, reference("Failure"))});
    told.push_back({"responses", std::move(answers)});
    return told;
}

} // namespace

void core::describe(const asked&, answer_with done) {
    object paths;
    for (const route& each : routes()) {
        const std::string path(each.path);
        const auto known =
            std::find_if(paths.begin(), paths.end(), [&](const auto& other) { return other.name == path; });
        object methods = known == paths.end() ? object() : *known->value.as_object();
        methods.push_back({lower_case(each.method), operation_of(each)});
        if (known == paths.end())
            paths.push_back({path, std::move(methods)});
        else
            known->value = std::move(methods);
    }
    std::string base = options.base_url.text();
    while (!base.empty() && base.back() == '/') base.pop_back();
    reply out;
    out.status_code = 0; // the document itself, without an envelope
    out.data = json::format(
        value(object{{"openapi", "3.1.0"},
                     {"info", object{{"title", "Drivers' app API"},
                                     {"version", "1.0"},
                                     {"description", "What the back end of a drivers' app needs from an OCPI hub."}}},
                     {"servers", array{object{{"url", base}}}},
                     {"security", array{object{{"token", array{}}}, object{{"bearer", array{}}}}},
                     {"paths", std::move(paths)},
                     {"components", object{{"securitySchemes",
                                            object{{"token", object{{"type", "apiKey"},
                                                                    {"in", "header"},
                                                                    {"name", "Authorization"},
                                                                    {"description", "\"Token \" and the API token"}}},
                                                   {"bearer", object{{"type", "http"}, {"scheme", "bearer"}}}}},
                                           {"schemas", json::parse(schemas).value()}}}}),
        json::layout::indented);
    done(std::move(out));
}

} // namespace incar::app
