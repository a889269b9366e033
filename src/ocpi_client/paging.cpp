#include "ocpi_client/answer.hpp"

#include <incar/net/link.hpp>
#include <incar/ocpi/codec.hpp>
#include <incar/ocpi_client/paging.hpp>

#include <algorithm>
#include <charconv>

namespace incar::ocpi_client {
namespace {

std::optional<std::size_t> to_count(std::string_view text) {
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

expected<std::optional<timestamp>> time_parameter(const net::url& requested, std::string_view name) {
    const auto text = requested.find_parameter(name);
    if (!text) return std::optional<timestamp>();
    auto time = timestamp::parse(*text);
    if (!time) return error{time.error().code, "?" + std::string(name), time.error().message};
    return std::optional<timestamp>(*time);
}

expected<std::optional<std::size_t>> count_parameter(const net::url& requested, std::string_view name) {
    const auto text = requested.find_parameter(name);
    if (!text) return std::optional<std::size_t>();
    const auto number = to_count(*text);
    if (!number) return error{errc::malformed, "?" + std::string(name), "a whole number is needed"};
    return number;
}

expected<std::vector<std::string>> objects_in(const std::string& data, const json::limits& limits) {
    if (data == "null") return std::vector<std::string>();
    if (data.front() != '[') return std::vector<std::string>{data};
    const auto elements = ocpi::elements_of(data, limits);
    if (!elements) return elements.error();
    return std::vector<std::string>(elements->begin(), elements->end());
}

using place = expected<std::optional<net::url>>; // of a page, if there is one more

place linked_page(const net::http_response& response, const net::url& current) {
    auto next = net::next_page(response, current);
    if (next && *next && !net::same_origin(**next, current))
        return error{errc::inconsistent, "/headers/Link", "the link leads to another server"};
    return next;
}

place page_behind(const net::url& current, std::size_t shown, const std::optional<std::size_t>& total) {
    const auto offset = count_parameter(current, "offset");
    if (!offset) return offset.error();
    const std::size_t read = offset->value_or(0) + shown;
    if (shown == 0 || (total && read >= *total)) return std::optional<net::url>();
    net::url next = current;
    next.set_parameter("offset", std::to_string(read));
    return std::optional<net::url>(std::move(next));
}

} // namespace

expected<window> parse_window(const net::url& requested) {
    const auto from = time_parameter(requested, "date_from");
    if (!from) return from.error();
    const auto to = time_parameter(requested, "date_to");
    if (!to) return to.error();
    const auto offset = count_parameter(requested, "offset");
    if (!offset) return offset.error();
    const auto limit = count_parameter(requested, "limit");
    if (!limit) return limit.error();
    if (*limit == std::size_t{0}) return error{errc::out_of_range, "?limit", "a page has at least one object"};
    return window{*from, *to, offset->value_or(0), *limit};
}

net::url with_window(net::url list, const window& wanted) {
    if (wanted.date_from) list.set_parameter("date_from", format(*wanted.date_from));
    if (wanted.date_to) list.set_parameter("date_to", format(*wanted.date_to));
    if (wanted.offset > 0) list.set_parameter("offset", std::to_string(wanted.offset));
    if (wanted.limit) list.set_parameter("limit", std::to_string(*wanted.limit));
    return list;
}

expected<std::vector<std::string>> page_reader::take(const net::http_response& response, const json::limits& limits) {
    if (!next_) return error{errc::not_found, "", "the last page was taken"};
    const net::url current = *next_;
    next_.reset();
    const auto page = read_answer(response, limits);
    if (!page) return page.error();

    const std::string* counted = response.headers.find("X-Total-Count");
    const auto total = counted ? to_count(*counted) : std::nullopt;
    const std::size_t lost = total && total_ && *total < *total_ ? *total_ - *total : 0;
    if (total) total_ = total;
    const auto offset = count_parameter(current, "offset");
    if (lost > 0 && offset && offset->value_or(0) > 0) {
        // What follows moved up, and pages that were read now hold something else.
        next_ = current;
        next_->set_parameter("offset", std::to_string(**offset > lost ? **offset - lost : 0));
        seen_.clear();
        last_.clear();
        return std::vector<std::string>();
    }

    const std::string data = page->body.data.value_or("null");
    auto objects = objects_in(data, limits);
    if (!objects) return objects.error();
    if (how_ == paging::by_offset && !objects->empty() && data == last_)
        return error{errc::duplicate, "/data", "the partner sends the same page whatever the offset"};
    last_ = data;

    seen_.insert(current.text());
    const bool is_list = data.front() == '[';
    auto next = how_ == paging::by_link ? linked_page(response, current)
                : is_list               ? page_behind(current, objects->size(), total_)
                                        : std::optional<net::url>();
    if (!next) return next.error();
    if (*next && seen_.count((*next)->text()) > 0)
        return error{errc::duplicate, "/headers/Link", "the link leads to a page that was read already"};
    next_ = std::move(*next);
    return objects;
}

void add_page_headers(net::headers& to, const net::url& requested, const window& wanted, std::size_t shown,
                      std::size_t total, std::size_t limit) {
    to.set("X-Total-Count", std::to_string(total)).value();
    to.set("X-Limit", std::to_string(limit)).value();
    if (shown == 0 || wanted.offset + shown >= total) return;
    net::url next = requested;
    next.set_parameter("offset", std::to_string(wanted.offset + shown));
    next.set_parameter("limit", std::to_string(std::min(wanted.limit.value_or(limit), limit)));
    to.set("Link", net::format(net::link{next.text(), {{"rel", "next"}}}).value()).value();
}

} // namespace incar::ocpi_client
