#pragma once

// A request as its route understands it. Nothing is read that the route does not declare.

#include "app/route.hpp"

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>

namespace incar::app {

// Whose request it is. An empty uid and contract: any driver of the EMSP.
struct driver {
    party_key emsp;
    std::string uid;
    std::string contract;
};

struct asked {
    const route* what = nullptr;
    net::http_request request;
    std::map<std::string, std::string> path;

    // Errors, here and below: with the parameter's name as `where`.
    std::optional<std::string> find(std::string_view name) const;
    expected<std::optional<double>> number(std::string_view name, double least, double most) const;
    expected<std::size_t> count(std::string_view name, std::size_t otherwise) const;
    expected<bool> flag(std::string_view name) const;
    expected<std::optional<timestamp>> time(std::string_view name) const;
    expected<std::optional<std::string>> choice(std::string_view name) const;
    std::vector<std::string> words(std::string_view name) const; // with commas between, or several times
    expected<std::vector<double>> numbers(std::string_view name, std::size_t how_many) const;

    expected<std::optional<party_key>> emsp() const;
    expected<std::vector<party_key>> cpos() const;
    expected<std::optional<party_key>> cpo() const;
    expected<driver> who() const; // the EMSP and one of token and contract are needed
};

// The answer to a wrong request, or a failed store.
reply refusal(const error& reason);
reply later(const error& reason); // the same, to be asked again
reply success(std::string data);

} // namespace incar::app
