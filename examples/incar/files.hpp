#pragma once

/// \file
/// Whole files in and out, with errors that name the file.

#include <incar/core/expected.hpp>

#include <string>
#include <string_view>

namespace incar::program {

/// Files larger than this are refused: no scenario and no day of figures comes near.
inline constexpr std::size_t most_bytes = 256u << 20;

/// The content of a file, or of standard input when the path is "-". Errors: errc::not_found, errc::unavailable,
/// errc::limit_exceeded.
expected<std::string> read_file(const std::string& path);

/// Creates or replaces a file. Error: errc::unavailable.
expected<void> write_file(const std::string& path, std::string_view content);

/// Writes to standard output, down to the operating system. Error: errc::unavailable, for example when the reader has
/// gone.
expected<void> print(std::string_view text);

} // namespace incar::program
