#pragma once

// Results that a hub waits for on behalf of a member, and where they are found again.

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/ocpi/party_key.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace incar::hub {

struct pending_result {
    std::string key;                     // last segment of the URL that the receiver was given
    std::string module;                  // commands or chargingprofiles
    std::string word;                    // START_SESSION, ...; "" for profiles
    std::string asked_by;                // the member; "" for an application of drivers
    std::string request_id;              // of that application
    std::string asked_of;                // the member
    std::optional<ocpi::party_key> from; // of the request
    std::optional<ocpi::party_key> to;
    std::string response_url; // the asking member's
    std::string correlation_id;
    std::string operation; // the payment hold of a START_SESSION or RESERVE_NOW, until its CDR is there

    // What a later request or object says about the command; "" where it has none.
    std::string reservation_id;
    std::string authorization_reference;
    std::string token_uid;

    std::optional<timestamp> deadline;   // for the result; absent until the receiver accepted
    std::optional<timestamp> keep_until; // beyond the result
    bool finished = false;
};

// When something has to be done about it; absent: not before something else happens.
std::optional<timestamp> due(const pending_result& about);

std::string encode(const pending_result& of);
expected<pending_result> decode_result(const std::string& text);

// All of them, by key, by time and by what is said about them.
class pending_results {
public:
    const pending_result* find(const std::string& key) const;
    void put(pending_result changed);
    void erase(const std::string& key);
    void clear();

    std::optional<timestamp> next_due() const;
    std::vector<std::string> due(timestamp now) const;

    // Those that have this text in that member.
    std::vector<const pending_result*> with(std::string pending_result::*name, std::string_view text) const;

private:
    std::map<std::string, pending_result> all_;
    std::set<std::pair<timestamp, std::string>> by_time_;
    std::multimap<std::pair<int, std::string>, std::string> by_name_;
};

} // namespace incar::hub
