#pragma once

// Where OCPI 2.2 differs from 2.2.1, whose tables the model has.

#include "ocpi/format.hpp"

#include <incar/ocpi/validate.hpp>

namespace incar::ocpi {

// A field that 2.2 has otherwise, or not at all.
struct field_difference {
    std::string_view object, field;
    bool exists = false;
    json::cardinality cardinality = json::cardinality::optional;
    json::rule rule = {};
};

// Null when the field is the same in 2.2.
const field_difference* difference_in_2_2(std::string_view object, std::string_view field);

// Whether 2.2 has that word of an enumeration of 2.2.1.
bool is_word_of_2_2(std::string_view enumeration, std::string_view word);

} // namespace incar::ocpi
