#pragma once

// A CPO and an EMSP that are registered with each other, and requests to either as the other would send them.

#include "objects.hpp"
#include "two_parties.hpp"

namespace incar::ocpi_client {

inline const std::string cpo_url = "https://cpo.example/ocpi/2.2.1/";
inline const std::string msp_url = "https://msp.example/ocpi/2.2.1/";

struct connected : two_parties {
    std::vector<change> changes; // that the EMSP was told of

    explicit connected(handlers of_cpo = {}, handlers of_msp = {},
                       const std::function<void(party_options&, party_options&)>& adjust = {},
                       const partner_habits& habits = {})
        : two_parties(std::move(of_cpo), recording(std::move(of_msp), changes), adjust) {
        connect(habits, habits).value();
        to_cpo = msp->find("cpo")->token_out;
        to_msp = cpo->find("msp")->token_out;
    }
    static handlers recording(handlers ours, std::vector<change>& changes) {
        ours.changed = [&changes](const caller&, const change& each) { changes.push_back(each); };
        return ours;
    }
    std::string at_cpo(const std::string& method, const std::string& path, const std::string& body = "") {
        return status_of(*cpo, make_request(method, cpo_url + path, to_cpo, body));
    }
    std::string at_msp(const std::string& method, const std::string& path, const std::string& body = "") {
        return status_of(*msp, make_request(method, msp_url + path, to_msp, body));
    }
    std::string data_at_msp(const std::string& path) {
        const auto response = ask(*msp, make_request("GET", msp_url + path, to_msp));
        return ocpi::decode_envelope(response.body)->data.value_or("none");
    }
    template <class T>
    expected<void> push(const T& object) {
        return result_of<void>(net, [&](auto done) { cpo->push("msp", object, done); });
    }
    std::string to_cpo, to_msp;
};

inline bool same_json(const std::string& left, const std::string& right) {
    return json::format(json::parse(left).value()) == json::format(json::parse(right).value());
}

inline const object_path first_location{"locations", {ci_string<2>("NL"), ci_string<3>("CPO")}, "L1", "", "", ""};

} // namespace incar::ocpi_client
