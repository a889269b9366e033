#pragma once

// A party that takes part in a hub of the same process, its objects as JSON texts.

#include "hub_wires.hpp"

#include <incar/ocpi_client/party.hpp>

#include <memory>

namespace incar::python {

namespace v221 = ocpi::v221;

// What somebody asked a party to do.
struct asked_command {
    std::string word, wish; // wish: JSON
    std::function<void(const std::string& result)> finish;
};

// What a party asked for: the answer, and the results that followed.
struct sent_command {
    std::string response;
    std::vector<std::string> results;
};

class hub_party {
public:
    // The host's. They may raise what they like: see `wires::guard`.
    std::function<void(const std::string& module, const std::string& what, const std::string& text)> changed;
    std::function<std::string(const asked_command&)> commanded; // "ACCEPTED", ...

    hub_party(wires& net, const std::string& host, std::vector<v221::credentials_role> roles, incar::clock now,
              random_source random);
    ~hub_party();

    void join(const std::string& versions_url, const std::string& token);

    // All throw incar::exception. `to` is the other party, "NL*TNM"; "" is the hub itself: everybody.
    void push(const std::string& module, const std::string& text, const std::string& to);
    std::vector<std::string> pull(const std::string& module, const std::string& to);
    std::shared_ptr<sent_command> command(const std::string& word, const std::string& wish, const std::string& to);
    net::http_response request(const ocpi_client::call& about, const std::optional<std::string>& to); // none: open
    std::vector<std::string> stored(const std::string& module) const; // what others pushed

    void tick() { party_->tick(); }

private:
    ocpi_client::recipient through_hub(const std::string& to) const;
    expected<v221::command_response> take(const char* word, const std::string& wish,
                                          const ocpi_client::callback& where);
    template <class Command>
    auto taking(const char* word);

    wires& net_;
    std::string host_;
    store::object_store objects_ = store::memory_store();
    std::unique_ptr<ocpi_client::party> party_;
};

} // namespace incar::python
