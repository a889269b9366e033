#include "app/core.hpp"

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/v221/sessions.hpp>
#include <incar/ocpi_client/paging.hpp>

#include <algorithm>

namespace incar::app {

reply core::list_records(feed_kind kind, const asked& in) {
    const auto who = in.who();
    if (!who) return refusal(who.error());
    const auto page = page_in(in);
    if (!page) return refusal(page.error());
    const auto from = in.time("date_from"), to = in.time("date_to");
    if (!from) return refusal(from.error());
    if (!to) return refusal(to.error());
    const auto cpos = in.cpos();
    if (!cpos) return refusal(cpos.error());
    const auto is_wanted = [&](const record& each) {
        const bool is_theirs = cpos->empty() || std::any_of(cpos->begin(), cpos->end(), [&](const party_key& cpo) {
                                   return equals_ignoring_case(format(cpo), each.key.owner);
                               });
        return is_theirs && (!*from || each.last_updated >= **from) && (!*to || each.last_updated < **to) &&
               !is_hidden(each.key.owner);
    };
    if (auto ready = is_ready(kind); !ready) return later(ready.error());
    const record_index& among = kind == of_cdrs ? cdrs : sessions;
    const auto [offset, limit] = *page;
    std::size_t total = 0, shown = 0;
    std::string data = "[";
    for (const record* each : among.of(*who)) {
        if (!is_wanted(*each)) continue;
        if (total++ < offset || shown >= limit) continue;
        const auto text = find_text(each->key);
        if (!text) return refusal({errc::unavailable, "", "the store cannot serve at present"});
        if (shown++ > 0) data += ',';
        data += *text;
    }
    reply out = success(data + "]");
    add_page(out, in, offset, limit, shown, total);
    return out;
}

// Ids are a CPO's own: of several the one that began last, unless the request says whose. From the store, so that
// nothing waits for the index.
expected<std::optional<store::stored_object>> core::find_record(const char* kind, const driver& who,
                                                                const std::optional<party_key>& cpo,
                                                                const std::string& id) const {
    std::optional<store::stored_object> latest;
    timestamp start;
    const auto candidates = cpo ? std::vector<std::string>{format(*cpo)} : owners();
    for (const std::string& owner : candidates) {
        auto found = middle.view().objects.find({kind, owner, id});
        if (!found) return found.error();
        if (!*found || (*found)->removed || is_hidden(owner)) continue;
        const auto about = record_of(**found);
        if (!about || !is_of(*about, who) || (latest && about->start <= start)) continue;
        start = about->start;
        latest = std::move(*found);
    }
    return latest;
}

expected<store::stored_object> core::find_record(const char* kind, const asked& in, const char* name) const {
    const auto who = in.who();
    if (!who) return who.error();
    const auto cpo = in.cpo();
    if (!cpo) return cpo.error();
    auto found = find_record(kind, *who, *cpo, *in.find(name));
    if (!found) return found.error();
    if (!*found) return error{errc::not_found, "", "this driver has no such record"};
    return std::move(**found);
}

void core::list_sessions(const asked& in, answer_with done) {
    done(list_records(of_sessions, in));
}

void core::list_cdrs(const asked& in, answer_with done) {
    done(list_records(of_cdrs, in));
}

void core::get_session(const asked& in, answer_with done) {
    const auto found = find_record("sessions", in, "session_id");
    done(found ? success(found->text) : refusal(found.error()));
}

void core::get_cdr(const asked& in, answer_with done) {
    const auto found = find_record("cdrs", in, "cdr_id");
    done(found ? success(found->text) : refusal(found.error()));
}

void core::set_preferences(const asked& in, answer_with done) {
    const auto found = find_record("sessions", in, "session_id");
    if (!found) return done(refusal(found.error()));
    const auto wishes = ocpi::decode<v221::charging_preferences>(in.request.body);
    if (!wishes) return done(refusal(wishes.error()));
    const auto cpo = ocpi::parse_party_key(found->key.owner);
    if (!cpo) return done(refusal(cpo.error()));
    ocpi_client::caller who;
    who.from = in.who()->emsp;
    who.to = *cpo;
    ocpi_client::call request;
    request.method = "PUT";
    request.module = "sessions";
    request.side = v221::interface_role::sender;
    request.segments = {found->key.id, "charging_preferences"};
    request.body = ocpi::encode(*wishes);
    middle.ask(std::move(who), std::move(request), [done](reply out) {
        out.headers = {};
        done(std::move(out));
    });
}

} // namespace incar::app
