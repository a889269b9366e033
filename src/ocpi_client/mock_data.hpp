#pragma once

// What a mocked partner has.

#include <incar/ocpi_client/mock.hpp>

namespace incar::ocpi_client {

// Gives the party its objects. Throws incar::exception when the store fails.
void fill(party& with, const mock_options& options);

} // namespace incar::ocpi_client
