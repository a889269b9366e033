#pragma once

// What the program `interop_party` can be told to do: one function a word, in a table.

#include <incar/core/json.hpp>
#include <incar/ocpi_client/party.hpp>

#include <functional>
#include <map>
#include <vector>

namespace incar::interop {

namespace v221 = ocpi::v221;

// Says one JSON value on a line.
using speaker = std::function<void(const json::value&)>;

// How partners are answered, until the word "behave" says otherwise.
struct manners {
    std::string response = "ACCEPTED"; // to commands and requests about profiles
    std::string result = "ACCEPTED";
    std::string preferences = "ACCEPTED";
    int timeout = 20; // seconds that a response names for its result
    bool sends_results = true;
    bool answers = true; // any request at all
    int bare_status = 0; // of every answer, without a body; 0: as it should be

    std::vector<ocpi_client::callback> asked;              // commands, for results that come later
    std::map<std::string, v221::charging_profile> profile; // that a session was set to follow
};

struct surroundings {
    ocpi_client::party& party;
    const store::object_store& objects;
    manners& how;
    speaker say;
    std::function<void(bool)> listen; // on the same port again, or not at all
};

using finish = std::function<void(expected<json::value>)>;

// Does what {"do": WORD, ...} says. `done` is called once, at once or later.
void perform(const surroundings& with, const json::value& wish, finish done);

// Commands, profiles and wishes that partners send: they are said, and answered as `how` is then.
ocpi_client::handlers well_behaved(const std::function<ocpi_client::party&()>& party, manners& how, speaker say);

json::value as_json(const error& failure);

// {"name": value, ...} for {"name", value, ...}
json::value members(std::vector<json::member> list);

} // namespace incar::interop
