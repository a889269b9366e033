#pragma once

// Rules between the members of an object, as data: a row a rule. The tables are in v221/*_rules.cpp.
//
//     void ends_after_begin(const exceptional_period& period, const complain& wrong) {
//         if (period.period_end <= period.period_begin) wrong("/period_end", "the end is not later than the begin");
//     }
//     const between_members table[] = {rule<exceptional_period, ends_after_begin>("period_order", specified)};

#include "ocpi/v221/shapes.hpp"

#include <incar/ocpi/validate.hpp>

#include <string>
#include <utility>

namespace incar::ocpi {

// A place in the object that is being checked; its text is only made for a finding.
struct place {
    const place* parent = nullptr;
    std::string_view name; // empty: an element of a list
    std::size_t index = 0;

    json::pointer pointer() const {
        if (!parent) return json::pointer();
        return name.empty() ? parent->pointer() / index : parent->pointer() / name;
    }
};

// Where a rule says what is wrong: a pointer inside its object, and the message.
class complain {
public:
    complain(std::vector<finding>& findings, std::string_view rule, strictness level, const place& object)
        : findings_(findings), rule_(rule), level_(level), object_(object) {}

    void operator()(const std::string& pointer, std::string message) const {
        findings_.push_back({object_.pointer().text() + pointer, std::string(rule_), std::move(message), level_});
    }

private:
    std::vector<finding>& findings_;
    std::string_view rule_;
    strictness level_;
    const place& object_;
};

struct between_members {
    std::string_view name;
    strictness level;
    const json::shape& (*type)();
    void (*check)(const void* object, const complain&);
};

template <class T, void (*Check)(const T&, const complain&)>
between_members rule_for(std::string_view name, strictness level) {
    return {name, level, &json::shape_for<T>::get,
            [](const void* object, const complain& wrong) { Check(*static_cast<const T*>(object), wrong); }};
}

// "/evses/3/uid"
inline std::string at(std::string_view list, std::size_t index, std::string_view member = {}) {
    std::string text = "/" + std::string(list) + "/" + std::to_string(index);
    return member.empty() ? text : text + "/" + std::string(member);
}

namespace v221 {
const std::vector<between_members>& location_rules();
const std::vector<between_members>& tariff_rules();
const std::vector<between_members>& session_rules();
const std::vector<between_members>& cdr_rules();
const std::vector<between_members>& other_rules();
} // namespace v221

} // namespace incar::ocpi
