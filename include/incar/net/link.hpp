#pragma once

/// \file
/// The Link header (RFC 8288), by which a list says where its next page is.
///
///     const expected<std::optional<net::url>> next = net::next_page(response, request.url);
///     if (!next) return next.error();             // a Link header that nobody can follow
///     if (*next) request.url = **next;            // as the server wrote it
///
/// Functions and plain values; safe from any thread.

#include <incar/core/expected.hpp>
#include <incar/net/export.hpp>
#include <incar/net/http.hpp>
#include <incar/net/url.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace incar::net {

/// A parameter of a link as in `title="Page 2"`; the value without its quotes.
struct link_parameter {
    std::string name;
    std::string value;
};

/// One link of a Link header.
struct link {
    std::string target;                     ///< A URL or a reference relative to the URL of the answer.
    std::vector<link_parameter> parameters; ///< In order, "rel" among them; names compare without case.
};

/// Reads the value of a Link header: any number of links with commas between. An empty value, and `""`, hold none.
/// Errors: incar::errc::malformed, the byte in the message.
INCAR_NET_EXPORT expected<std::vector<link>> parse_links(std::string_view value);

/// The first link whose "rel" holds that relation among its words, in any case; null when there is none. A link with
/// an "anchor" speaks about another document and is passed over.
INCAR_NET_EXPORT const link* find_link(const std::vector<link>& links, std::string_view relation);

/// Writes one link: `<https://...>; rel="next"`. Errors: incar::errc::malformed for a target that holds blanks, control
/// characters, '<' or '>', for a name that is no token and for a value with control characters.
INCAR_NET_EXPORT expected<std::string> format(const link& target);

/// The URL of the next page that a response to `requested` names in its Link headers; nothing when it is the last. An
/// absolute one is to be followed as it is, its parameters unchanged; mind `same_origin` before sending a token along.
/// Errors: as for `parse_links` and `url::resolve`, with `where` "/headers/Link".
INCAR_NET_EXPORT expected<std::optional<url>> next_page(const http_response& response, const url& requested);

} // namespace incar::net
