#pragma once

// What a log may show of a message.

#include <incar/net/url.hpp>

#include <string>
#include <string_view>

namespace incar::net {

constexpr std::string_view hidden = "***";

// "?limit=50&key=***", or "": the values of parameters that are known to be harmless.
std::string shown_query(const url& address);

} // namespace incar::net
