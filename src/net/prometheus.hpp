#pragma once

// The Prometheus text format, version 0.0.4.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace incar::net {

using labels = std::vector<std::pair<std::string, std::string>>;

// The shortest decimal text that reads back as this number; "+Inf", "-Inf" and "NaN".
std::string prometheus_number(double value);

// With '_' for each character that a name must not have.
std::string prometheus_name(std::string_view name, bool may_have_colons);

class prometheus_text {
public:
    // A family; its samples follow.
    void begin(std::string_view name, std::string_view type, std::string_view help);
    void sample(std::string_view name, const labels& with, double value);

    const std::string& text() const { return text_; }

private:
    std::string text_;
};

} // namespace incar::net
