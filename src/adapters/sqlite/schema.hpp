#pragma once

#include "adapters/sqlite/database.hpp"

#include <incar/adapters/sqlite.hpp>

namespace incar::adapters::sqlite {

// Opens the file, and makes it a store of this version if it is new or of an earlier version.
connection open_file(const sqlite_options& options);

} // namespace incar::adapters::sqlite
