#pragma once

// What validate demands of one text or number, as data: a row a format.

#include "ocpi/format.hpp"

#include <incar/ocpi/validate.hpp>

namespace incar::ocpi {

// One demand on the text of a value (of a number, its digits). `complaint` says what is wrong, or nothing.
struct format_rule {
    ocpi::format format;
    std::string_view name;
    strictness level;
    const char* (*complaint)(std::string_view text);
};

const std::vector<format_rule>& format_rules();

// The characters of a text in UTF-8.
struct characters {
    std::size_t count = 0;
    bool valid = true;     // UTF-8
    bool printable = true; // no control characters
};
characters characters_of(std::string_view text);

} // namespace incar::ocpi
