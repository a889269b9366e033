#include "app/core.hpp"

#include <incar/ocpi/codec.hpp>

#include <algorithm>

namespace incar::app {
namespace {

bool agrees(const v221::publish_token_type& rule, const v221::token& token) {
    const auto is_same = [](const auto& wanted, const auto& has) { return !wanted || *wanted == has; };
    return (!rule.uid || *rule.uid == token.uid) && is_same(rule.type, token.type) &&
           (!rule.visual_number || rule.visual_number == token.visual_number) && is_same(rule.issuer, token.issuer) &&
           (!rule.group_id || rule.group_id == token.group_id) && (rule.uid || rule.visual_number || rule.group_id);
}

bool may_see(const offer& what, const allowed_tokens& allowed, const std::optional<v221::token>& token) {
    return !what.is_gone &&
           (what.is_published ||
            (token && std::any_of(allowed.begin(), allowed.end(), [&](auto& each) { return agrees(each, *token); })));
}

} // namespace

std::optional<v221::token> core::find_token(const driver& who, const std::string& type, const std::string& cpo) const {
    for (const char* each : {"APP_USER", "RFID", "AD_HOC_USER", "OTHER"}) {
        if (!type.empty() && type != each) continue;
        const std::string id = who.uid + "/" + each;
        // Published, or told to that CPO alone.
        for (const std::string& key : {id, id + "\t" + cpo}) {
            const auto text = find_text({"tokens", format(who.emsp), key});
            const auto read = text ? ocpi::decode<v221::token>(*text, {ocpi::reading::lenient, {}})
                                   : expected<v221::token>(error{errc::not_found, "", ""});
            if (read) return *read;
            if (cpo.empty()) break;
        }
    }
    return std::nullopt;
}

expected<core::viewer> core::viewer_of(const asked& in) const {
    const auto emsp = in.emsp();
    if (!emsp) return emsp.error();
    viewer made{*emsp, std::nullopt};
    const auto uid = in.find("token");
    if (uid && !*emsp) return error{errc::missing, "emsp", "a token is its EMSP's"};
    if (uid) made.token = find_token({**emsp, *uid, ""}, "", "");
    return made;
}

bool core::may_see(const place& what, const viewer& who) const {
    if (what.what->is_published ? what.what->is_gone : !who.token) return false;
    if (const std::string_view audience = what.audience(); !audience.empty()) {
        if (!who.emsp || !equals_ignoring_case(audience, format(*who.emsp))) return false;
        const place* published = places.find(*what.owner, what.location_id());
        if (published && may_see(*published, who)) return false; // the same place is shown once
    }
    return app::may_see(*what.what, places.allowed_at(what), who.token);
}

// From the store, so that nothing waits for the map: the published one, else the one for the EMSP alone.
std::optional<store::stored_object> core::find_place(const std::string& cpo, const std::string& id,
                                                     const viewer& who) const {
    if (is_hidden(cpo)) return std::nullopt;
    for (const bool is_for_all : {true, false}) {
        if (!is_for_all && !who.emsp) break;
        const store::object_key key{"locations", cpo, is_for_all ? id : id + "\t" + format(*who.emsp)};
        auto found = middle.view().objects.find(key);
        if (!found || !*found || (*found)->removed) continue;
        const auto seen = see_location((*found)->text);
        if (seen && app::may_see(seen->what, seen->allowed, who.token)) return std::move(*found);
    }
    return std::nullopt;
}

void core::get_location(const asked& in, answer_with done) {
    const auto cpo = in.cpo();
    if (!cpo) return done(refusal(cpo.error()));
    const auto who = viewer_of(in);
    if (!who) return done(refusal(who.error()));
    const auto found = find_place(format(**cpo), *in.find("location_id"), *who);
    done(found ? success(found->text) : refusal({errc::not_found, "", "there is no such location"}));
}

} // namespace incar::app
