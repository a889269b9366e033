#pragma once

/// \file
/// One OCPI object of a file, checked: what `incar validate` prints a line of.

#include <incar/core/expected.hpp>
#include <incar/core/json.hpp>
#include <incar/ocpi/validate.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace incar::program {

/// An object type of the model, with what can be done to a text of it.
struct object_type {
    std::string_view name; ///< As the specification calls it: "PublishTokenType".

    /// Reads leniently. With `written`, gives the object as incar writes it.
    expected<std::vector<ocpi::finding>> (*check)(std::string_view text, const json::limits&, ocpi::edition,
                                                  ocpi::strictness, std::string* written) = nullptr;
};

/// All types.
const std::vector<object_type>& object_types();

/// The type of that name, in any case, with or without `_`; null when there is none.
const object_type* find_object_type(std::string_view name);

/// The type that fits a text best: most members known and fewest faults. Ties go to the type that comes first in
/// `object_types`. Null when not one member is known to any. Only for texts that `json::parse` takes.
const object_type* guess_object_type(std::string_view text, const json::limits&);

/// A text of one object inside a file.
struct object_text {
    std::string_view text;
    std::string pointer; ///< Where it stands in the file.
};

/// The objects of a file: the whole, the elements of a list, or either in the `data` of an OCPI response. Errors: what
/// is wrong with the JSON; errc::wrong_type for anything else; errc::missing for a response without data.
expected<std::vector<object_text>> objects_of(std::string_view file, std::string& storage, const json::limits&);

} // namespace incar::program
