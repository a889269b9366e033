#include "hub/core.hpp"

#include <algorithm>

namespace incar::hub {
namespace {

constexpr auto forgotten_after = std::chrono::minutes(15);     // for results that come late
constexpr auto operation_memory = std::chrono::hours(31 * 24); // for the CDR of a command with a payment hold

error url_missing(const char* where) {
    return {errc::missing, where, "a URL for the result is needed"};
}

template <class T>
struct type {};

// A command's own members, whichever command it is.
template <class Command>
expected<std::string> with_url(type<Command>, const std::string& text, const std::string& url, pending_result& about,
                               ocpi::strictness how) {
    auto wish = ocpi::decode<Command>(text);
    if (!wish) return wish.error();
    const auto findings = ocpi::validate(*wish, ocpi::edition::v2_2_1, how);
    if (!findings.empty())
        return error{ocpi::status_code::invalid_parameters, findings.front().pointer, findings.front().message};
    if (wish->response_url.empty()) return url_missing("/response_url");
    about.response_url = wish->response_url;
    wish->response_url = url;
    if (const auto* operation = wish->extra.find("operation"))
        if (const auto read = json::parse(*operation); read && read->as_string()) about.operation = *read->as_string();
    constexpr bool is_reservation = std::is_same_v<Command, v221::reserve_now>;
    if constexpr (is_reservation) {
        about.keep_until = wish->expiry_date;
        about.reservation_id = wish->reservation_id.text();
    }
    if constexpr (is_reservation || std::is_same_v<Command, v221::start_session>) {
        about.token_uid = wish->token.uid.text();
        if (wish->authorization_reference) about.authorization_reference = wish->authorization_reference->text();
    }
    return ocpi::encode(*wish);
}

using rewrite = expected<std::string> (*)(const std::string&, const std::string&, pending_result&, ocpi::strictness);

template <class Command>
expected<std::string> rewrite_command(const std::string& text, const std::string& url, pending_result& about,
                                      ocpi::strictness how) {
    return with_url(type<Command>(), text, url, about, how);
}

constexpr std::pair<std::string_view, rewrite> commands[] = {
    {"CANCEL_RESERVATION", &rewrite_command<v221::cancel_reservation>},
    {"RESERVE_NOW", &rewrite_command<v221::reserve_now>},
    {"START_SESSION", &rewrite_command<v221::start_session>},
    {"STOP_SESSION", &rewrite_command<v221::stop_session>},
    {"UNLOCK_CONNECTOR", &rewrite_command<v221::unlock_connector>},
};

// The result is there, or will not come: how long the command is remembered from now on.
void finish(pending_result& about, timestamp now, bool is_reservation_over) {
    about.finished = true;
    timestamp until = now + (about.operation.empty() ? forgotten_after : operation_memory);
    if (about.keep_until && !is_reservation_over) until = std::max(until, *about.keep_until);
    about.keep_until = until;
}

// What the receiver promised first: whether a result follows, and within how many seconds.
std::pair<bool, std::chrono::seconds> promise_in(const reply& first) {
    const auto data = json::parse(first.data.value_or("null"));
    const json::value* result = data ? data->find("result") : nullptr;
    const json::value* timeout = data ? data->find("timeout") : nullptr;
    const bool is_accepted = result && result->as_string() && *result->as_string() == "ACCEPTED";
    const auto seconds = timeout ? timeout->to_double() : expected<double>(0.0);
    const bool is_said = seconds && *seconds >= 1 && *seconds < 1e6;
    return {is_accepted, is_said ? std::chrono::seconds(static_cast<int>(*seconds)) : usual_result_time};
}

// Results come bare; some wrap them like an answer.
std::string unwrapped(const std::string& body) {
    const auto wrapped = ocpi::decode_envelope(body);
    return wrapped && wrapped->data ? *wrapped->data : body;
}

bool is_cancelled(const std::string& result) {
    const auto read = json::parse(result);
    const json::value* word = read ? read->find("result") : nullptr;
    return word && word->as_string() && *word->as_string() == "CANCELED_RESERVATION";
}

} // namespace

// Makes the response URL of the request that goes on one of the hub's, and keeps where the result is wanted. The result
// is the key of that URL; "" for a request that has no result.
expected<std::string> hub::core::expect_result(const incoming& in, const member& receiver, const party_key& to,
                                               ocpi_client::call& onward) {
    const bool is_command = in.module == "commands" && in.side == interface_role::receiver;
    const bool is_profile = in.module == "chargingprofiles" && in.side == interface_role::receiver;
    if (!is_command && !is_profile) return std::string();
    pending_result about;
    about.key = random_token(ports.random, 16);
    about.module = in.module;
    about.asked_by = in.who.partner;
    if (about.asked_by.empty()) about.request_id = in.who.request_id;
    about.asked_of = receiver.name;
    about.from = in.who.from;
    about.to = to;
    about.correlation_id = in.who.correlation_id;
    const net::url ours = our_url({"2.2.1", in.module, "sender"});
    if (is_command) {
        about.word = in.segments.empty() ? "" : in.segments[0];
        rewrite with_our_url = nullptr;
        for (const auto& [word, function] : commands)
            if (word == about.word) with_our_url = function;
        if (!with_our_url || in.request.method != "POST" || in.segments.size() != 1)
            return error{errc::not_found, "", "there is no such command"};
        auto body = with_our_url(in.request.body, ours.append({about.word, about.key}).value().text(), about,
                                 options.strictness);
        if (!body) return body.error();
        onward.body = std::move(*body);
    } else if (in.request.method == "PUT") {
        auto wish = ocpi::decode<v221::set_charging_profile>(in.request.body);
        if (!wish) return wish.error();
        if (wish->response_url.empty()) return url_missing("/response_url");
        about.response_url = wish->response_url;
        wish->response_url = ours.append({"results", about.key}).value().text();
        onward.body = ocpi::encode(*wish);
    } else {
        about.response_url = in.request.url.find_parameter("response_url").value_or("");
        if (about.response_url.empty()) return url_missing("?response_url");
        net::url theirs = in.request.url;
        theirs.set_parameter("response_url", ours.append({"results", about.key}).value().text());
        onward.parameters = theirs.parameters();
    }
    const std::string key = about.key;
    if (auto kept = keep_result(std::move(about)); !kept) return kept.error();
    return key;
}

// Whatever becomes of the save: the batch it belongs to stands or falls with it.
expected<void> hub::core::keep_result(pending_result changed) {
    auto saved = save(result_kind, changed.key, encode(changed));
    if (!saved) note(log_level::warning, "what is known about a command could not be kept: " + format(saved.error()));
    results.put(std::move(changed));
    return saved;
}

void hub::core::forget_result(const std::string& key) {
    (void)erase({result_kind, "", key});
    results.erase(key);
}

// The first answer is there: with ACCEPTED a result follows in time, otherwise never.
void hub::core::answered(const std::string& key, const reply& first) {
    const pending_result* found = results.find(key);
    if (!found || found->finished) return;
    const auto [is_accepted, time] = promise_in(first);
    if (!is_accepted) return forget_result(key);
    pending_result about = *found;
    about.deadline = ports.clock() + time + options.timing.result_margin;
    (void)keep_result(std::move(about));
}

// A result on its way back. What comes again or too late is answered and goes no further.
void hub::core::take_result(const incoming& in, answer_with done) {
    const pending_result* found = results.find(in.segments[1]);
    if (!found || found->asked_of != in.who.partner)
        return done(failure(error{errc::not_found, "", "no result is waited for under this URL"}));
    pending_result about = *found;
    const std::string body = unwrapped(in.request.body);
    if (const auto read = json::parse(body); !read) return done(failure(read.error()));
    const bool is_last_word = !about.reservation_id.empty() && is_cancelled(body);
    if (about.finished && !is_last_word) {
        note(log_level::info, "a result of " + in.who.partner + " came after it was told or given up");
        return done(success());
    }
    finish(about, ports.clock(), is_last_word);
    if (auto kept = keep_result(about); !kept) return done(failure(kept.error()));
    tell_result(about, body);
    done(success());
}

void hub::core::tell_result(const pending_result& about, const std::string& body) {
    if (about.asked_by.empty()) return tell_application(about, body);
    ocpi_client::callback where;
    where.response_url = about.response_url;
    where.who.partner = about.asked_by;
    where.who.from = about.from; // who asked, and so who is told
    where.who.to = about.to;
    where.who.correlation_id = about.correlation_id;
    if (!find_active(about.asked_by)) return;
    connections->send_result(where, body, [this, name = about.asked_by](expected<void> told) {
        if (!told) note(log_level::warning, "a result could not be told to " + name + ": " + format(told.error()));
        deliver_all();
    });
}

void hub::core::time_out_results(timestamp now) {
    for (const std::string& key : results.due(now)) {
        pending_result about = *results.find(key);
        if (about.finished) {
            forget_result(key);
            continue;
        }
        finish(about, now, false);
        (void)keep_result(about);
        // Only commands have a word for it; who asked about a profile sees the time pass itself.
        if (about.module != "commands") continue;
        v221::command_result late;
        late.result = v221::command_result_type::timeout;
        tell_result(about, ocpi::encode(late));
    }
}

// The command with a payment hold that led to what the record is about: the one it names, else the latest of its token
// from and to the same parties.
std::optional<pending_result> hub::core::find_operation(const v221::cdr& record) const {
    const party_key cpo{record.country_code, record.party_id};
    const party_key emsp{record.cdr_token.country_code, record.cdr_token.party_id};
    const auto first_of = [&](std::string pending_result::*name, const std::string& text) {
        const pending_result* latest = nullptr;
        for (const pending_result* each : results.with(name, text))
            if (!each->operation.empty() && each->to == cpo && each->from == emsp &&
                (!latest || each->deadline > latest->deadline))
                latest = each;
        return latest;
    };
    const pending_result* named = nullptr;
    if (record.authorization_reference)
        named = first_of(&pending_result::authorization_reference, record.authorization_reference->text());
    if (!named) named = first_of(&pending_result::token_uid, record.cdr_token.uid.text());
    return named ? std::optional<pending_result>(*named) : std::nullopt;
}

// The record is kept: the hold serves no other one.
expected<void> hub::core::use_up_operation(const std::string& key) {
    const pending_result* found = results.find(key);
    if (!found) return {};
    pending_result about = *found;
    about.operation.clear();
    if (about.finished) finish(about, ports.clock(), true);
    return keep_result(std::move(about));
}

} // namespace incar::hub
