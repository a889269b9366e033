#include "ocpi_client/core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

template <class T>
expected<std::vector<T>> list_in(const answer& from) {
    const std::string data = from.body.data.value_or("[]");
    const auto elements = ocpi::elements_of(data);
    if (!elements) return elements.error();
    std::vector<T> list;
    for (const std::string_view each : *elements) {
        auto object = ocpi::decode<T>(each);
        if (!object) return object.error();
        list.push_back(std::move(*object));
    }
    return list;
}

expected<void> offers_what_is_needed(const std::vector<v221::endpoint>& endpoints,
                                     const std::vector<module_side>& required) {
    partner offering;
    offering.endpoints = endpoints;
    const std::string* credentials = find_endpoint(offering, "credentials", interface_role::receiver);
    if (!credentials)
        return error{ocpi::status_code::no_matching_endpoints, "credentials", "the partner does not offer credentials"};
    if (auto url = net::url::parse(*credentials); !url) return url.error();
    for (const module_side& each : required)
        if (!find_endpoint(offering, each.module, each.side))
            return error{ocpi::status_code::no_matching_endpoints, each.module,
                         "the partner does not offer an endpoint that is required"};
    return {};
}

} // namespace

expected<void> check(const v221::credentials& theirs) {
    const std::string& token = theirs.token;
    if (token.empty() || token.size() > 64 ||
        !std::all_of(token.begin(), token.end(), [](char c) { return c >= '!' && c <= '~'; }))
        return error{errc::malformed, "/token", "a token has 1 to 64 printable characters"};
    if (theirs.roles.empty()) return error{errc::missing, "/roles", "a partner has at least one role"};
    for (const v221::credentials_role& each : theirs.roles)
        if (each.country_code.empty() || !each.country_code.fits() || each.party_id.empty() || !each.party_id.fits())
            return error{errc::malformed, "/roles", "a party has a country code and an id of up to three characters"};
    return {};
}

net::url party::core::our_url(const std::vector<std::string>& segments) const {
    return options.base_url.append(segments).value();
}

v221::credentials party::core::our_credentials(const std::string& token) const {
    return {token, our_url({"versions"}).text(), options.roles, {}};
}

reply party::core::serve_versions() const {
    v221::version only;
    only.version = v221::version_number::v2_2_1;
    only.url = our_url({spoken_version}).text();
    return success("[" + ocpi::encode(only) + "]");
}

reply party::core::serve_details(const partner& asking) const {
    v221::version_details details;
    details.version = v221::version_number::v2_2_1;
    const auto add = [&](const std::string& module, interface_role side, const net::url& at) {
        const ocpi::open_enum<v221::module_id> identifier(module);
        if (!identifier.known() && !asking.habits.knows_other_modules) return;
        const net::url shown = asking.habits.appends_without_slash ? with_slash(at) : at;
        details.endpoints.push_back({identifier, side, shown.text(), {}});
    };
    for (const interface_role side : {interface_role::receiver, interface_role::sender})
        add("credentials", side, our_url({spoken_version, "credentials"}));
    for (const module_side& each : options.offered)
        add(each.module, each.side,
            our_url({spoken_version, each.module, each.side == interface_role::sender ? "sender" : "receiver"}));
    return success(ocpi::encode(details));
}

// GET versions, GET details of 2.2.1: the first half of every registration, in both directions. A partner that answers
// 401 to a token in Base64 is tried once with the token itself, as some expect it.
void party::core::look_up_endpoints(const std::string& versions_url, const std::string& token,
                                    const partner_habits& habits, outcome<offer> done) {
    const auto get = [this, token](const std::string& text, const partner_habits& how, outcome<answer> then) {
        auto url = net::url::parse(text);
        if (!url) return then(error{url.error().code, "/url" + url.error().where, url.error().message});
        outgoing request;
        request.url = std::move(*url);
        request.token = token;
        request.plain_token = how.expects_plain_tokens;
        exchange_with(std::move(request), std::move(then));
    };
    const auto choose = [this, get, done](const partner_habits& how, expected<answer> listed) {
        if (!listed) return done(listed.error());
        const auto versions = list_in<v221::version>(*listed);
        if (!versions) return done(versions.error());
        const auto common = std::find_if(versions->begin(), versions->end(), [](const v221::version& each) {
            return each.version == v221::version_number::v2_2_1;
        });
        if (common == versions->end())
            return done(error{ocpi::status_code::unsupported_version, "", "the partner does not offer 2.2.1"});
        get(common->url, how, [this, how, done](expected<answer> described) {
            if (!described) return done(described.error());
            auto details = ocpi::decode<v221::version_details>(sole_data(*described));
            if (!details) return done(details.error());
            if (auto enough = offers_what_is_needed(details->endpoints, options.required); !enough)
                return done(enough.error());
            done(offer{std::move(details->endpoints), how});
        });
    };
    get(versions_url, habits, [get, choose, versions_url, habits](expected<answer> listed) {
        if (listed || habits.expects_plain_tokens || listed.error().code != std::errc::permission_denied)
            return choose(habits, std::move(listed));
        partner_habits plain = habits;
        plain.expects_plain_tokens = plain.sends_plain_tokens = true;
        get(versions_url, plain, [choose, habits, plain, listed](expected<answer> again) {
            again ? choose(plain, std::move(again)) : choose(habits, listed); // else the first refusal says more
        });
    });
}

} // namespace incar::ocpi_client
