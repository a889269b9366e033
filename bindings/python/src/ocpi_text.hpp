#pragma once

// JSON texts as Python gives and takes them.

#include "ocpi_types.hpp"

namespace incar::python {

// The bytes of a str, bytes, bytearray or memoryview. Nobody changes them while this lives.
class text_argument {
public:
    explicit text_argument(py::handle given);
    std::string_view view() const { return view_; }

private:
    py::object keeper_;
    std::string_view view_;
};

// Lets other threads run while much text is worked on; for a little that costs more than it gives.
template <class F>
auto beside_others(std::size_t bytes, F&& work) {
    constexpr std::size_t much = 1 << 14;
    if (bytes < much) return work();
    const py::gil_scoped_release others_may_run;
    return work();
}

// Compact JSON with a line for each member and element, so many spaces further in at each level.
std::string indented(std::string_view compact, std::size_t spaces);

} // namespace incar::python
