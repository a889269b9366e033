#pragma once

/// \file
/// Lists in pages (OCPI 2.2.1 section 4.1.4.1.1): the client's side and the server's, without any transport.
///
///     page_reader pages(first_url);
///     while (pages.next()) {
///         net::http_request request = ...;                       // for *pages.next()
///         auto page = pages.take(send(request), max_bytes);      // the texts of the objects
///         if (!page) return page.error();
///     }

#include <incar/core/expected.hpp>
#include <incar/core/json.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/net/http.hpp>
#include <incar/net/url.hpp>
#include <incar/ocpi_client/export.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace incar::ocpi_client {

/// What part of a list is asked for.
struct window {
    std::optional<timestamp> date_from; ///< Last updated then or later.
    std::optional<timestamp> date_to;   ///< Last updated before.
    std::size_t offset = 0;             ///< Leave out so many.
    std::optional<std::size_t> limit;   ///< At most so many in a page.
};

/// Reads the parameters of a request. Errors: errc::malformed or errc::out_of_range with the parameter's name.
INCAR_OCPI_CLIENT_EXPORT expected<window> parse_window(const net::url& requested);

/// Adds the parameters to a URL.
INCAR_OCPI_CLIENT_EXPORT net::url with_window(net::url list, const window& wanted);

/// How the next page of a list is found.
enum class paging {
    by_link,   ///< As the Link header says: followed as it is given, but not to another origin.
    by_offset, ///< By counting what came, up to X-Total-Count or, without it, to an empty page. Link is not looked at.
};

/// Follows a list from page to page; a page that comes again is an error. When objects vanish between two pages (the
/// total shrinks because one of them was updated) the page is asked for again from further up, so that none is missed;
/// some then come twice. One thread at a time.
class INCAR_OCPI_CLIENT_EXPORT page_reader {
public:
    explicit page_reader(net::url first, paging how = paging::by_link) : next_(std::move(first)), how_(how) {}

    /// What to GET next; absent when the last page was taken.
    const std::optional<net::url>& next() const noexcept { return next_; }

    /// The objects of the page that answers `next()`, each as JSON text; whether they are any good is for the caller
    /// to see, one by one. A single object instead of a list counts as a list of one, absent data as an empty list.
    /// Errors: a status of OCPI for an answer that is no success, errc::malformed for one that is no OCPI,
    /// errc::duplicate for a page that comes again, errc::inconsistent for a link to another origin, errc::malformed
    /// for one that is no URL.
    expected<std::vector<std::string>> take(const net::http_response& answer, const json::limits& limits = {});

    /// X-Total-Count of the page taken last, if it had one.
    std::optional<std::size_t> total() const noexcept { return total_; }

private:
    std::optional<net::url> next_;
    paging how_;
    std::optional<std::size_t> total_;
    std::set<std::string> seen_;
    std::string last_; // the data of the page taken last
};

/// Adds X-Total-Count, X-Limit and, unless it is the last page, Link to a page's headers.
/// \param requested  the URL of the request as the client knows it, public host included
/// \param shown      how many objects the page has
/// \param limit      the most that a page may have on this server
INCAR_OCPI_CLIENT_EXPORT void add_page_headers(net::headers& to, const net::url& requested, const window& wanted,
                                               std::size_t shown, std::size_t total, std::size_t limit);

} // namespace incar::ocpi_client
