#pragma once

// What the program `interop_party` can be told to do: one function a word, in a table.

#include <incar/core/json.hpp>
#include <incar/ocpi_client/party.hpp>

namespace incar::interop {

// Says one JSON value on a line.
using speaker = std::function<void(const json::value&)>;

struct surroundings {
    ocpi_client::party& party;
    const store::object_store& objects;
    speaker say;
};

using finish = std::function<void(expected<json::value>)>;

// Does what {"do": WORD, ...} says. `done` is called once, at once or later.
void perform(const surroundings& with, const json::value& wish, finish done);

// Commands and profiles that partners ask for: they are said, accepted, and their results are sent.
ocpi_client::handlers accept_everything(const std::function<ocpi_client::party&()>& party, speaker say);

json::value as_json(const error& failure);

// {"name": value, ...} for {"name", value, ...}
json::value members(std::vector<json::member> list);

} // namespace incar::interop
