// incar._native.hub: a hub in the process, with its store in memory. Objects cross as JSON texts; the Python module
// makes incar.ocpi's objects of them. All of it holds the interpreter's lock: one thread at a time.

#include "convert.hpp"
#include "hub_party.hpp"

#include <incar/hub/hub.hpp>

#include <pybind11/functional.h>
#include <pybind11/stl.h>

namespace incar::python {
namespace {

using lines = std::vector<std::pair<std::string, std::string>>;
using response = std::tuple<int, lines, std::string>;
using ask_outside = std::function<py::object(std::string method, std::string url, lines headers, std::string body)>;

net::headers to_headers(const lines& given) {
    net::headers made;
    for (const auto& [name, value] : given) made.add(name, value).value();
    return made;
}

response from_response(const net::http_response& given) {
    lines headers;
    for (const net::header& each : given.headers) headers.emplace_back(each.name, each.value);
    return {given.status, headers, given.body};
}

class house {
public:
    house(const std::string& party_id, const std::string& base_url, bool by_content, const py::object& now,
          std::function<void(std::string, std::string)> ledger, ask_outside send) {
        hub::hub_options options;
        options.base_url = net::url::parse(base_url).value();
        const auto key = ocpi::parse_party_key(party_id).value();
        options.self.country_code = key.country_code;
        options.self.party_id = key.party_id;
        options.self.business_details.name = "incar.hub";
        if (by_content) options.open_routing = hub::open_routing::by_content;
        hub::hub_ports ports;
        ports.http = net_.client();
        ports.objects = store::memory_store();
        ports.random = random_;
        clock_ = now.is_none() ? system_clock() : incar::clock([now] { return to_instant(now(), "clock"); });
        ports.clock = clock_;
        if (ledger)
            ports.ledger = [ledger](const hub::record_of_charge& told) -> expected<void> {
                try {
                    ledger(told.text, told.operation);
                    return {};
                } catch (const py::error_already_set& refused) {
                    return error{errc::unavailable, "", refused.what()};
                }
            };
        if (send) net_.outside = [send](const net::http_request& request) { return asked(send, request); };
        versions_url_ = options.base_url.append({"versions"}).value().text();
        const std::string host(options.base_url.authority());
        hub_ = std::make_unique<hub::hub>(std::move(options), std::move(ports));
        net_.hosts[host] = [this](net::http_request request, net::http_respond respond) {
            hub_->handle(std::move(request), std::move(respond));
        };
    }

    hub::hub& served() { return *hub_; }
    wires& net() { return net_; }
    const std::string& versions_url() const { return versions_url_; }

    response handle(const std::string& method, const std::string& url, const lines& headers, const std::string& body) {
        net::http_request request;
        request.method = method;
        request.url = net::url::parse(url).value();
        request.headers = to_headers(headers);
        request.body = body;
        std::optional<net::http_response> answer;
        hub_->handle(std::move(request), [&](net::http_response given) { answer = std::move(given); });
        net_.run();
        if (!answer) throw exception(error{net::errc::timed_out, "", "there was no answer"});
        return from_response(*answer);
    }

    void tick() {
        hub_->tick();
        for (const auto& each : parties_)
            if (const auto there = each.lock()) there->tick();
        net_.run();
    }

    std::shared_ptr<hub_party> join(const std::string& name, const std::string& application) {
        const hub::application wish = hub::application_from_json(application).value();
        hub_->apply(wish).value();
        ocpi_client::partner_habits habits;
        habits.knows_other_modules = true;
        const std::string token = hub_->approve(name, habits).value();
        auto made = std::make_shared<hub_party>(net_, name + ".party", wish.roles, clock_, random_);
        made->join(versions_url_, token);
        parties_.push_back(made);
        return made;
    }

private:
    static expected<net::http_response> asked(const ask_outside& send, const net::http_request& request) {
        lines headers;
        for (const net::header& each : request.headers) headers.emplace_back(each.name, each.value);
        const py::object given = send(request.method, request.url.text(), headers, request.body);
        if (given.is_none()) return error{net::errc::timed_out, "", "there was no answer"};
        const auto [status, answered, body] = given.cast<response>();
        return net::http_response{status, to_headers(answered), body};
    }

    wires net_;
    incar::clock clock_;
    random_source random_ = system_random();
    std::string versions_url_;
    std::unique_ptr<hub::hub> hub_;
    std::vector<std::weak_ptr<hub_party>> parties_;
};

void bind_house(py::module_& module) {
    py::class_<house, std::shared_ptr<house>> type(module, "Hub");
    type.def(py::init<const std::string&, const std::string&, bool, const py::object&,
                      std::function<void(std::string, std::string)>, ask_outside>());
    type.def_property_readonly("versions_url", &house::versions_url);
    type.def("handle", &house::handle);
    type.def("tick", &house::tick);
    type.def("join", &house::join, py::keep_alive<0, 1>());
    type.def("apply", [](house& self, const std::string& text) {
        self.served().apply(hub::application_from_json(text).value()).value();
        self.net().run();
    });
    type.def("approve", [](house& self, const std::string& name, const std::string& habits) {
        auto token = self.served().approve(name, ocpi_client::habits_from_json(habits).value()).value();
        self.net().run();
        return token;
    });
    const auto deed = [&](const char* name, auto act) {
        type.def(name, [act](house& self, const std::string& member, const std::string& reason) {
            act(self.served(), member, reason).value();
            self.net().run();
        });
    };
    deed("reject", [](hub::hub& on, const std::string& name, const std::string& why) { return on.reject(name, why); });
    deed("suspend",
         [](hub::hub& on, const std::string& name, const std::string& why) { return on.suspend(name, why); });
    deed("resume", [](hub::hub& on, const std::string& name, const std::string&) { return on.resume(name); });
    type.def("set_catch_up", [](house& self, const std::string& name, bool wanted) {
        self.served().set_catch_up(name, wanted).value();
        self.net().run();
    });
    type.def("members", [](house& self) {
        std::vector<std::string> all;
        for (const hub::member& each : self.served().members()) all.push_back(to_json(each));
        return all;
    });
}

void bind_party(py::module_& module) {
    py::class_<asked_command>(module, "AskedCommand")
        .def_readonly("word", &asked_command::word)
        .def_readonly("wish", &asked_command::wish)
        .def("finish", [](const asked_command& self, const std::string& result) { self.finish(result); });
    py::class_<sent_command, std::shared_ptr<sent_command>>(module, "SentCommand")
        .def_readonly("response", &sent_command::response)
        .def_readonly("results", &sent_command::results);
    py::class_<hub_party, std::shared_ptr<hub_party>>(module, "Party")
        .def_readwrite("changed", &hub_party::changed)
        .def_readwrite("commanded", &hub_party::commanded)
        .def("push", &hub_party::push)
        .def("pull", &hub_party::pull)
        .def("stored", &hub_party::stored)
        .def("command", &hub_party::command)
        .def("request", [](hub_party& self, const std::string& method, const std::string& module_name,
                           const std::string& side, const std::vector<std::string>& segments, const lines& parameters,
                           const std::string& body, const std::optional<std::string>& to) {
            ocpi_client::call about;
            about.method = method;
            about.module = module_name;
            about.side = side == "sender" ? v221::interface_role::sender : v221::interface_role::receiver;
            about.segments = segments;
            for (const auto& [name, value] : parameters) about.parameters.push_back({name, value});
            about.body = body;
            return from_response(self.request(about, to));
        });
}

} // namespace

void bind_hub(py::module_ module) {
    bind_party(module);
    bind_house(module);
}

} // namespace incar::python
