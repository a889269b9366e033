#include "convert.hpp"

#include <algorithm>
#include <limits>

namespace incar::python {
namespace {

constexpr const char* number_needed = "a number";
constexpr const char* series_needed = "a series of numbers";

py::object numpy(const char* name) {
    return py::module_::import("numpy").attr(name);
}

bool has_length(py::handle value) {
    if (PyObject_Size(value.ptr()) >= 0) return true;
    PyErr_Clear();
    return false;
}

timestamp from_datetime64(py::handle value, const char* name) {
    if (numpy("isnat")(value).cast<bool>()) throw exception({errc::not_finite, name, "NaT is no time"});
    const auto since_1970 = value.attr("astype")("datetime64[ms]").attr("astype")("int64").cast<std::int64_t>();
    const timestamp result{std::chrono::milliseconds(since_1970)};
    if (result.since_1970().count() != since_1970)
        throw exception({errc::out_of_range, name, "the years 0000 to 9999 can be planned"});
    return result;
}

timestamp from_datetime(py::handle value, const char* name) {
    if (!value.attr("__eq__")(value).cast<bool>()) throw exception({errc::not_finite, name, "NaT is no time"});
    if (value.attr("utcoffset")().is_none())
        throw exception(
            {errc::missing, name,
             std::string(py::str(value)) + " has no time zone; give one, for example tzinfo=datetime.timezone.utc"});
    const py::object utc = value.attr("astimezone")(py::module_::import("datetime").attr("timezone").attr("utc"));
    const auto part = [&utc](const char* name_of_part) { return utc.attr(name_of_part).cast<int>(); };
    return from_civil({part("year"), part("month"), part("day"), part("hour"), part("minute"), part("second"),
                       part("microsecond") / 1000})
        .value();
}

} // namespace

std::string name_of(const std::error_code& code) {
    std::string name = code.message();
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

void refuse(py::handle value, const char* name, const char* needed) {
    const std::string given = py::str(py::type::handle_of(value).attr("__name__"));
    throw py::type_error(std::string(name) + ": " + needed + " is needed, not " + given);
}

double to_number(py::handle value, const char* name) {
    if (PyBool_Check(value.ptr()) || has_length(value)) refuse(value, name, number_needed);
    const double number = PyFloat_AsDouble(value.ptr());
    if (number == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        refuse(value, name, number_needed);
    }
    return number;
}

int to_whole(py::handle value, const char* name) {
    if (PyBool_Check(value.ptr()) || !PyIndex_Check(value.ptr()) || has_length(value))
        refuse(value, name, "a whole number");
    int overflow = 0;
    const auto index = py::reinterpret_steal<py::object>(PyNumber_Index(value.ptr()));
    if (!index) throw py::error_already_set();
    const long long number = PyLong_AsLongLongAndOverflow(index.ptr(), &overflow);
    if (overflow != 0 || number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max())
        throw exception({errc::out_of_range, name, std::string(py::str(index)) + " is too large"});
    return static_cast<int>(number);
}

std::string to_text(py::handle value, const char* name) {
    if (!PyUnicode_Check(value.ptr())) refuse(value, name, "a text");
    return value.cast<std::string>();
}

std::vector<double> to_series(py::handle value, const char* name) {
    py::array_t<double, py::array::c_style | py::array::forcecast> values;
    try {
        const py::array given = numpy("asarray")(value);
        if (given.ndim() == 0) refuse(value, name, series_needed);
        const char kind = given.dtype().kind();
        if (given.size() > 0 && kind != 'f' && kind != 'i' && kind != 'u' && kind != 'O')
            refuse(given.attr("flat")[py::int_(0)], name, series_needed);
        if (given.ndim() != 1)
            throw exception({errc::wrong_length, name,
                             "has " + std::to_string(given.ndim()) + " dimensions where one entry a slot is needed"});
        values = decltype(values)(given);
    } catch (const py::error_already_set&) {
        refuse(value, name, series_needed);
    }
    return {values.data(), values.data() + values.size()};
}

timestamp to_instant(py::handle value, const char* name) {
    if (PyUnicode_Check(value.ptr())) {
        const auto parsed = timestamp::parse(value.cast<std::string>());
        if (!parsed) throw exception({parsed.error().code, name, parsed.error().message});
        return *parsed;
    }
    if (py::isinstance(value, numpy("datetime64"))) return from_datetime64(value, name);
    if (py::isinstance(value, py::module_::import("datetime").attr("datetime"))) return from_datetime(value, name);
    refuse(value, name, "a text, an aware datetime or a datetime64");
}

py::object from_instant(timestamp at) {
    const civil_time utc = to_civil(at);
    if (utc.year == 0) throw exception({errc::out_of_range, "start", "Python has no datetime in the year 0"});
    const py::module_ datetime = py::module_::import("datetime");
    return datetime.attr("datetime")(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second,
                                     utc.millisecond * 1000, datetime.attr("timezone").attr("utc"));
}

py::array frozen(const std::vector<double>& values) {
    py::array_t<double> result(static_cast<py::ssize_t>(values.size()), values.data());
    result.attr("setflags")(py::arg("write") = false);
    return std::move(result);
}

py::array view(const std::vector<double>& values, py::handle owner) {
    py::array_t<double> result(static_cast<py::ssize_t>(values.size()), values.data(), owner);
    result.attr("setflags")(py::arg("write") = false);
    return std::move(result);
}

} // namespace incar::python
