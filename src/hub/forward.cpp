#include "hub/core.hpp"

#include <incar/net/error.hpp>
#include <incar/net/link.hpp>
#include <incar/ocpi_client/paging.hpp>

#include <algorithm>

namespace incar::hub {
namespace {

// The parameter of a Link to the hub that says where the receiver's own Link leads.
constexpr const char* continuation = "at";

// Whether a URL is the endpoint or below it, so that what is asked for there is of the endpoint's module.
bool is_below(const net::url& endpoint, const net::url& url) {
    auto base = endpoint.segments();
    const auto path = url.segments();
    while (!base.empty() && base.back().empty()) base.pop_back();
    const bool climbs =
        std::any_of(path.begin(), path.end(), [](const std::string& each) { return each == "." || each == ".."; });
    return net::same_origin(endpoint, url) && !climbs && path.size() >= base.size() &&
           std::equal(base.begin(), base.end(), path.begin());
}

// The next page of the receiver's list, as a request to the hub: the same list, and where it goes on. A list whose
// links lead elsewhere is counted.
std::optional<std::string> next_through_hub(const net::http_response& response, const net::url& endpoint,
                                            net::url own_list, const std::vector<net::query_parameter>& asked) {
    const auto theirs = net::next_page(response, endpoint);
    if (theirs && !*theirs) return std::nullopt;
    if (theirs && is_below(endpoint, **theirs)) {
        own_list.add_parameter(continuation, (*theirs)->text());
    } else {
        for (const net::query_parameter& each : asked) own_list.add_parameter(each.name, each.value);
        ocpi_client::page_reader pages(own_list, ocpi_client::paging::by_offset);
        if (!pages.take(response) || !pages.next()) return std::nullopt;
        own_list = *pages.next();
    }
    const auto line = net::format(net::link{own_list.text(), {{"rel", "next"}}});
    return line ? std::optional<std::string>(*line) : std::nullopt;
}

// What is answered about one command or profile; some put it into a list of one.
std::optional<std::string> sole(const std::optional<std::string>& data) {
    const auto read = data ? json::parse(*data) : expected<json::value>(json::value());
    const json::array* list = read ? read->as_array() : nullptr;
    return list && list->size() == 1 ? std::optional<std::string>(json::format(list->front())) : data;
}

bool is_success(const reply& out) {
    return out.http_status < 300 && out.status_code >= 1000 && out.status_code < 2000;
}

// An answer did not come: why, in the hub's statuses.
reply not_answered(const error& why, const party_key& to) {
    if (why.code == errc::unavailable)
        return failure(ocpi::status_code::server_error, "the store cannot serve at present", 503);
    if (why.code == errc::not_found)
        return failure(ocpi::status_code::hub_error, format(to) + " does not offer this side of the module");
    if (why.code.category() != net::error_category()) return failure(why); // it was never sent
    const bool is_late = why.code == net::errc::timed_out;
    return failure(is_late ? ocpi::status_code::hub_timeout : ocpi::status_code::not_connected,
                   format(to) + (is_late ? " did not answer in time" : " cannot be reached"));
}

} // namespace

// What is still needed of a request when its answer comes back.
struct hub::core::way_back {
    std::string receiver;
    party_key to;
    std::string key; // of the result that is waited for
    stored_before stored;
    std::string module;
    interface_role side;
    bool stops;
    std::string endpoint;
    std::vector<net::query_parameter> asked; // of a list
    answer_with done;
};

// The onward leg: the same request under the receiver's endpoint, and its answer back as it is, but for the addresses
// in it. Status 401 between the hub and the receiver is their affair, not the sender's.
void hub::core::forward(const incoming& in, const member& receiver, const party_key& to, answer_with done,
                        stored_before stored) {
    const std::string* endpoint = ocpi_client::find_endpoint(*connections->find(receiver.name), in.module, in.side);
    ocpi_client::call request;
    request.method = in.request.method;
    request.module = in.module;
    request.side = in.side;
    request.segments = in.segments;
    request.parameters = in.request.url.parameters();
    request.body = in.request.body;
    request.continues_at = in.request.url.find_parameter(continuation).value_or("");
    std::vector<net::query_parameter> asked;
    if (in.request.method == "GET") asked = request.parameters;
    if (!request.continues_at.empty()) { // else the sender could ask whatever it likes, with the hub's token
        const auto base = net::url::parse(endpoint ? *endpoint : "");
        const auto page = net::url::parse(request.continues_at);
        if (in.request.method != "GET" || !in.segments.empty() || !page || !base || !is_below(*base, *page))
            return done(failure(ocpi::status_code::invalid_parameters, "this is no link of this hub"));
        asked = page->parameters();
    }
    expected<std::string> key = expect_result(in, receiver, to, request);
    if (!key) return done(failure(key.error()));

    ocpi_client::recipient towards(receiver.name);
    towards.to = to;
    towards.from = in.who.from;
    towards.correlation_id = in.who.correlation_id;
    if (stored.revision > 0) {
        delivery& way = deliveries[receiver.name];
        way.told.insert(stored.revision);
        way.on_the_way.insert(stored.revision);
    }
    const auto back = std::make_shared<const way_back>(
        way_back{receiver.name, to, std::move(*key), std::move(stored), in.module, in.side, is_stop(in),
                 endpoint ? *endpoint : "", std::move(asked), std::move(done)});
    connections->forward(towards, std::move(request),
                         [this, back](const expected<net::http_response>& response) { come_back(*back, response); });
}

void hub::core::come_back(const way_back& from, const expected<net::http_response>& response) {
    if (from.stored.revision > 0) {
        delivery& way = deliveries[from.receiver];
        way.on_the_way.erase(from.stored.revision);
        if (!response || response->status >= 500) way.missed.insert(from.stored.revision);
    }
    if (response)
        heard(from.receiver);
    else if (response.error().code.category() == net::error_category())
        not_heard(from.receiver);
    reply out = response ? pass_back(from, *response) : not_answered(response.error(), from.to);
    out.from = from.to;
    if (!from.key.empty()) answered(from.key, out);
    from.done(std::move(out));
    deliver_all();
}

reply hub::core::pass_back(const way_back& from, const net::http_response& response) const {
    const auto body = ocpi::decode_envelope(response.body, json::limits{options.limits.max_body_bytes});
    if (from.stops && response.status == 404 && (!body || !body->data)) return unknown_session();
    if (response.status == 401 || response.status == 403)
        return failure(ocpi::status_code::hub_error, format(from.to) + " refused the hub");
    if (!body) return failure(ocpi::status_code::hub_error, format(from.to) + " answered something that is no OCPI");
    reply out;
    out.http_status = response.status;
    out.status_code = body->status_code;
    out.message = body->status_message;
    out.data = from.key.empty() ? body->data : sole(body->data);
    for (const char* header : {"X-Total-Count", "X-Limit"})
        if (const std::string* value = response.headers.find(header)) (void)out.headers.set(header, *value);
    if (response.headers.find("Link")) {
        const char* side = from.side == interface_role::sender ? "sender" : "receiver";
        const net::url endpoint = net::url::parse(from.endpoint).value_or(net::url());
        if (auto more = next_through_hub(response, endpoint, our_url({"2.2.1", from.module, side}), from.asked))
            (void)out.headers.set("Link", *more);
    }
    if (!from.stored.cdr_url.empty() && is_success(out)) (void)out.headers.set("Location", from.stored.cdr_url);
    return out;
}

} // namespace incar::hub
