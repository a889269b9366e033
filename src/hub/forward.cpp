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

// The onward leg: the same request under the receiver's endpoint, and its answer back as it is, but for the addresses
// in it. Status 401 between the hub and the receiver is their affair, not the sender's.
void hub::core::forward(const incoming& in, const member& receiver, const party_key& to, answer_with done,
                        const stored_before& stored) {
    const std::string* theirs = ocpi_client::find_endpoint(*connections->find(receiver.name), in.module, in.side);
    const net::url endpoint = theirs ? net::url::parse(*theirs).value_or(net::url()) : net::url();
    const std::string next = in.request.url.find_parameter(continuation).value_or("");
    std::vector<net::query_parameter> asked = in.request.url.parameters();
    if (!next.empty()) { // else the sender could ask whatever it likes, with the hub's token
        const auto page = net::url::parse(next);
        if (in.request.method != "GET" || !in.segments.empty() || !page || !is_below(endpoint, *page))
            return done(failure(ocpi::status_code::invalid_parameters, "this is no link of this hub"));
        asked = page->parameters();
    }
    incoming onward = in;
    expected<std::string> key = expect_result(onward, receiver, to);
    if (!key) return done(failure(key.error()));

    ocpi_client::recipient leg(receiver.name);
    leg.to = to;
    leg.from = in.who.from;
    leg.correlation_id = in.who.correlation_id;
    ocpi_client::call request;
    request.method = onward.request.method;
    request.module = in.module;
    request.side = in.side;
    request.segments = onward.segments;
    request.parameters = onward.request.url.parameters();
    request.continues_at = next;
    request.body = std::move(onward.request.body);

    if (stored.revision > 0) {
        deliveries[receiver.name].told.insert(stored.revision);
        deliveries[receiver.name].on_the_way.insert(stored.revision);
    }
    const net::url list = our_url({"2.2.1", in.module, in.side == interface_role::sender ? "sender" : "receiver"});
    const bool is_stop = in.module == "commands" && in.segments == std::vector<std::string>{"STOP_SESSION"};
    const auto pass_back = [to, key, stored, endpoint, list, asked, is_stop,
                            most = options.limits.max_body_bytes](const net::http_response& response) {
        const auto body = ocpi::decode_envelope(response.body, json::limits{most});
        if (is_stop && response.status == 404 && (!body || !body->data)) return unknown_session();
        if (response.status == 401 || response.status == 403)
            return failure(ocpi::status_code::hub_error, format(to) + " refused the hub");
        if (!body) return failure(ocpi::status_code::hub_error, format(to) + " answered something that is no OCPI");
        reply out;
        out.http_status = response.status;
        out.status_code = body->status_code;
        out.message = body->status_message;
        out.data = key->empty() ? body->data : sole(body->data);
        for (const char* header : {"X-Total-Count", "X-Limit"})
            if (const std::string* value = response.headers.find(header)) (void)out.headers.set(header, *value);
        if (auto more = next_through_hub(response, endpoint, list, asked)) (void)out.headers.set("Link", *more);
        if (!stored.cdr_url.empty() && is_success(out)) (void)out.headers.set("Location", stored.cdr_url);
        return out;
    };
    connections->forward(leg, request,
                         [this, name = receiver.name, to, key = *key, pass_back, revision = stored.revision,
                          done = std::move(done)](const expected<net::http_response>& response) {
                             if (revision > 0) deliveries[name].on_the_way.erase(revision);
                             if (revision > 0 && (!response || response->status >= 500))
                                 deliveries[name].missed.insert(revision);
                             if (response)
                                 heard(name);
                             else if (response.error().code.category() == net::error_category())
                                 not_heard(name);
                             reply out = response ? pass_back(*response) : not_answered(response.error(), to);
                             out.from = to;
                             if (!key.empty()) answered(key, out);
                             done(std::move(out));
                             deliver_all();
                         });
}

} // namespace incar::hub
