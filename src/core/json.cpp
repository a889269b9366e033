#include "core/json_events.hpp"
#include "core/json_writer.hpp"

#include <incar/core/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

namespace incar::json {
namespace {

std::string text_of(double finite) {
    if (!std::isfinite(finite)) throw exception(error{errc::not_finite, "", "JSON has no NaN and no infinity"});
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, finite).ptr;
    return {buffer, end};
}

/// Builds the value tree from events on a stack of its own.
class builder {
public:
    explicit builder(std::size_t max_depth) : max_depth_(std::min(max_depth, deepest)) {}

    bool scalar(token t, std::string_view content, std::size_t) {
        value& fresh = place(); // null
        if (t == token::boolean) fresh = value(content == "true");
        if (t == token::number) fresh = value(number{std::string(content)});
        if (t == token::text) fresh = value(std::string(content));
        return true;
    }

    bool key(std::string_view name) {
        frame& top = stack_.back();
        top.members.push_back({std::string(name), value()});
        if (is_new_name(top)) return true;
        return fail(errc::duplicate, "the name appears twice in its object");
    }

    bool open(bool is_object, std::size_t) {
        if (stack_.size() >= max_depth_)
            return fail(errc::limit_exceeded, "nested deeper than " + std::to_string(max_depth_) + " levels");
        stack_.emplace_back();
        stack_.back().is_object = is_object;
        return true;
    }

    bool close(std::size_t) {
        frame top = std::move(stack_.back());
        stack_.pop_back();
        value& fresh = place();
        if (top.is_object)
            fresh = value(std::move(top.members));
        else
            fresh = value(std::move(top.elements));
        return true;
    }

    value take() { return std::move(root_); }
    const error& failure() const { return failure_; }

    std::string where() const {
        pointer place;
        for (const frame& each : stack_) {
            if (!each.is_object)
                place = place / each.elements.size();
            else if (!each.members.empty())
                place = place / each.members.back().name;
        }
        return place.text();
    }

private:
    struct frame {
        bool is_object = false;
        object members;
        array elements;
        std::unordered_set<std::string> names; // used once an object is large
    };

    // Where the value being read belongs.
    value& place() {
        if (stack_.empty()) return root_;
        frame& top = stack_.back();
        return top.is_object ? top.members.back().value : top.elements.emplace_back();
    }

    bool fail(errc code, std::string message) {
        failure_ = error{code, where(), std::move(message)};
        return false;
    }

    static bool is_new_name(frame& top) {
        constexpr std::size_t small = 16;
        const std::string& name = top.members.back().name;
        const std::size_t before = top.members.size() - 1;
        if (before < small)
            return std::none_of(top.members.begin(), top.members.end() - 1,
                                [&](const member& other) { return other.name == name; });
        if (top.names.empty())
            for (std::size_t i = 0; i < before; ++i) top.names.insert(top.members[i].name);
        return top.names.insert(name).second;
    }

    std::size_t max_depth_;
    std::vector<frame> stack_;
    value root_;
    error failure_;
};

void write(const value& content, writer& to) {
    if (const auto* members = content.as_object()) {
        to.begin_object();
        for (const member& each : *members) {
            to.key(each.name);
            write(each.value, to);
        }
        to.end_object();
    } else if (const auto* elements = content.as_array()) {
        to.begin_array();
        for (const value& each : *elements) write(each, to);
        to.end_array();
    } else if (const auto* text = content.as_string()) {
        to.string(*text);
    } else if (const auto* exact = content.as_number()) {
        to.raw(exact->text);
    } else if (const auto* flag = content.as_bool()) {
        to.raw(*flag ? "true" : "false");
    } else {
        to.raw("null");
    }
}

} // namespace

value::value() = default;
value::value(bool flag) : data_(flag) {}
value::value(number exact) : data_(std::move(exact)) {}
value::value(std::string text) : data_(std::move(text)) {}
value::value(const char* text) : data_(std::string(text)) {}
value::value(double finite) : data_(number{text_of(finite)}) {}
value::value(int integer) : data_(number{std::to_string(integer)}) {}
value::value(array elements) : data_(std::move(elements)) {}
value::value(object members) : data_(std::move(members)) {}
value::value(const std::vector<double>& finite) : data_(array(finite.begin(), finite.end())) {}

value::value(const value&) = default;
value::value(value&&) noexcept = default;
value& value::operator=(const value&) = default;
value& value::operator=(value&&) noexcept = default;
value::~value() = default;

const value* value::find(std::string_view name) const {
    if (const auto* members = as_object())
        for (const member& each : *members)
            if (each.name == name) return &each.value;
    return nullptr;
}

expected<double> value::to_double() const {
    const number* exact = as_number();
    if (!exact) return error{errc::wrong_type, "", std::string("a number is needed, not ") + kind()};
    double result = 0;
    const char* end = exact->text.data() + exact->text.size();
    const auto [rest, failure] = std::from_chars(exact->text.data(), end, result);
    if (failure == std::errc::result_out_of_range)
        return error{errc::out_of_range, "", "the number " + exact->text + " does not fit a double"};
    if (failure != std::errc() || rest != end)
        return error{errc::malformed, "", "'" + exact->text + "' is not a JSON number"};
    return result;
}

const char* value::kind() const {
    constexpr const char* names[] = {"null", "boolean", "number", "text", "array", "object"};
    return names[data_.index()];
}

expected<value> parse(std::string_view text, const limits& accepted) {
    builder events(accepted.max_depth);
    if (auto done = send_events(text, accepted, events); !done) return done.error();
    return events.take();
}

std::string format(const value& content, layout spacing) {
    writer to(spacing);
    write(content, to);
    return to.take();
}

pointer pointer::operator/(std::string_view name) const {
    std::string text = text_ + '/';
    for (const char c : name) {
        if (c == '~')
            text += "~0";
        else if (c == '/')
            text += "~1";
        else
            text += c;
    }
    return pointer(std::move(text));
}

pointer pointer::operator/(std::size_t index) const {
    return pointer(text_ + '/' + std::to_string(index));
}

} // namespace incar::json
