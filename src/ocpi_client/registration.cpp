#include "core.hpp"

#include <algorithm>

namespace incar::ocpi_client {
namespace {

constexpr auto unusable_api = ocpi::status_code::unusable_client_api;

bool good_token(const std::string& token) {
    return !token.empty() && token.size() <= 64 &&
           std::all_of(token.begin(), token.end(), [](char c) { return c >= '!' && c <= '~'; });
}

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
    if (!find_endpoint(offering, "credentials", interface_role::receiver))
        return error{ocpi::status_code::no_matching_endpoints, "credentials", "the partner does not offer credentials"};
    for (const module_side& each : required)
        if (!find_endpoint(offering, each.module, each.side))
            return error{ocpi::status_code::no_matching_endpoints, each.module,
                         "the partner does not offer an endpoint that is required"};
    return {};
}

} // namespace

net::url party::core::our_url(const std::vector<std::string>& segments) const {
    return options.base_url.append(segments).value();
}

v221::credentials party::core::our_credentials(const std::string& token) const {
    return {token, our_url({"versions"}).text(), options.roles, {}};
}

reply party::core::serve_versions(const exchange&) const {
    v221::version only;
    only.version = v221::version_number::v2_2_1;
    only.url = our_url({spoken_version}).text();
    return success("[" + ocpi::encode(only) + "]");
}

reply party::core::serve_details() const {
    v221::version_details details;
    details.version = v221::version_number::v2_2_1;
    const auto add = [&](const std::string& module, interface_role side, const net::url& at) {
        details.endpoints.push_back({ocpi::open_enum<v221::module_id>(module), side, at.text(), {}});
    };
    for (const interface_role side : {interface_role::receiver, interface_role::sender})
        add("credentials", side, our_url({spoken_version, "credentials"}));
    for (const module_side& each : options.offered)
        add(each.module, each.side,
            our_url({spoken_version, each.module, each.side == interface_role::sender ? "sender" : "receiver"}));
    return success(ocpi::encode(details));
}

// GET versions, GET details of 2.2.1: the first half of every registration, in both directions.
void party::core::look_up_endpoints(std::string versions_url, std::string token, partner_habits habits,
                                    outcome<std::vector<v221::endpoint>> done) {
    const auto get = [this, token, habits](const std::string& text, outcome<answer> then) {
        auto url = net::url::parse(text);
        if (!url) return then(error{url.error().code, "/url" + url.error().where, url.error().message});
        outgoing request;
        request.url = std::move(*url);
        request.token = token;
        request.plain_token = habits.expects_plain_tokens;
        exchange_with(std::move(request), std::move(then));
    };
    get(versions_url, [this, get, done = std::move(done)](expected<answer> listed) {
        if (!listed) return done(listed.error());
        const auto versions = list_in<v221::version>(*listed);
        if (!versions) return done(versions.error());
        const auto common = std::find_if(versions->begin(), versions->end(), [](const v221::version& each) {
            return each.version == v221::version_number::v2_2_1;
        });
        if (common == versions->end())
            return done(error{ocpi::status_code::unsupported_version, "", "the partner does not offer 2.2.1"});
        get(common->url, [this, done](expected<answer> described) {
            if (!described) return done(described.error());
            auto details = ocpi::decode<v221::version_details>(described->body.data.value_or("null"));
            if (!details) return done(details.error());
            if (auto enough = offers_what_is_needed(details->endpoints, options.required); !enough)
                return done(enough.error());
            done(std::move(details->endpoints));
        });
    });
}

// -- we ask
// ------------------------------------------------------------------------------------------------------------

void party::core::register_with(partner known, const std::string& token_a, outcome<void> done) {
    const std::string name = known.name;
    const auto give_up = [this, name, done](const error& reason) {
        partners.erase(name);
        busy.erase(name);
        done(reason);
    };
    known.state = partner_state::registering;
    known.token_out = token_a;
    known.token_in = new_secret();
    partners[name] = known;
    busy.insert(name);

    look_up_endpoints(
        known.versions_url, token_a, known.habits,
        [this, name, token_a, give_up, done](expected<std::vector<v221::endpoint>> endpoints) {
            if (!endpoints) return give_up(endpoints.error());
            partner next = partners.at(name);
            next.endpoints = *endpoints;
            outgoing request;
            request.method = "POST";
            request.url =
                net::url::parse(*find_endpoint(next, "credentials", interface_role::receiver)).value_or(net::url());
            request.token = token_a;
            request.plain_token = next.habits.expects_plain_tokens;
            request.body = ocpi::encode(our_credentials(next.token_in));
            exchange_with(
                std::move(request),
                decoding<v221::credentials>([this, name, next, give_up, done](expected<v221::credentials> theirs) {
                    if (!theirs) return give_up(theirs.error());
                    if (!good_token(theirs->token))
                        return give_up(error{errc::malformed, "/token", "a token has 1 to 64 printable characters"});
                    partner made = next;
                    made.state = partner_state::registered;
                    made.token_out = theirs->token;
                    made.versions_url = theirs->url;
                    made.roles = theirs->roles;
                    if (auto kept = keep(made); !kept) return give_up(kept.error());
                    busy.erase(name);
                    done({});
                }));
        });
}

void party::core::renew(const std::string& name, outcome<void> done) {
    partner known = partners.at(name);
    known.token_in_next = new_secret(); // they may call back with it before they answer
    partners[name] = known;
    busy.insert(name);
    const auto give_up = [this, name, done](const error& reason) {
        partners.at(name).token_in_next.clear();
        busy.erase(name);
        done(reason);
    };
    look_up_endpoints(
        known.versions_url, known.token_out, known.habits,
        [this, name, known, give_up, done](expected<std::vector<v221::endpoint>> endpoints) {
            if (!endpoints) return give_up(endpoints.error());
            partner next = known;
            next.endpoints = *endpoints;
            outgoing request;
            request.method = "PUT";
            request.url =
                net::url::parse(*find_endpoint(next, "credentials", interface_role::receiver)).value_or(net::url());
            request.token = known.token_out;
            request.plain_token = known.habits.expects_plain_tokens;
            request.body = ocpi::encode(our_credentials(known.token_in_next));
            exchange_with(
                std::move(request),
                decoding<v221::credentials>([this, name, next, give_up, done](expected<v221::credentials> theirs) {
                    if (!theirs && theirs.error().code.category() == net::error_category()) {
                        busy.erase(name); // they may have renewed all the same: keep taking both tokens
                        return done(theirs.error());
                    }
                    if (!theirs) return give_up(theirs.error());
                    if (!good_token(theirs->token))
                        return give_up(error{errc::malformed, "/token", "a token has 1 to 64 printable characters"});
                    partner made = next;
                    made.token_in = partners.at(name).token_in; // the new one may have been used already
                    made.token_in_next = partners.at(name).token_in_next;
                    made.token_out = theirs->token;
                    made.versions_url = theirs->url;
                    made.roles = theirs->roles;
                    if (auto kept = keep(made); !kept) return give_up(kept.error());
                    busy.erase(name);
                    done({});
                }));
        });
}

// -- they ask
// ----------------------------------------------------------------------------------------------------------

void party::core::serve_credentials(const exchange& in, std::function<void(reply)> done) {
    const partner& who = partners.at(in.who.partner);
    const bool registered = who.state == partner_state::registered;
    if (in.method() == "GET") return done(success(ocpi::encode(our_credentials(who.token_in))));
    if (in.method() == "POST" && !registered) return accept_credentials(in, std::move(done));
    if (in.method() == "PUT" && registered) return accept_credentials(in, std::move(done));
    if (in.method() == "DELETE" && registered) {
        partner ended = who;
        ended.state = partner_state::unregistered;
        ended.token_in.clear();
        ended.token_in_next.clear();
        ended.token_out.clear();
        if (auto kept = keep(ended); !kept) return done(failure(kept.error()));
        return done(success());
    }
    const char* why = registered ? "this connection is registered already" : "this connection is not registered";
    done(failure(405, ocpi::status_code::client_error, why));
}

void party::core::accept_credentials(const exchange& in, std::function<void(reply)> done) {
    const std::string name = in.who.partner;
    auto theirs = ocpi::decode<v221::credentials>(in.request.body);
    if (!theirs) return done(failure(theirs.error()));
    if (!good_token(theirs->token) || theirs->roles.empty())
        return done(failure(error{errc::malformed, theirs->roles.empty() ? "/roles" : "/token",
                                  "a token of 1 to 64 printable characters and a role are needed"}));
    if (!busy.insert(name).second)
        return done(failure(200, ocpi::status_code::server_error, "a registration is under way already"));

    look_up_endpoints(
        theirs->url, theirs->token, partners.at(name).habits,
        [this, name, done, theirs = *theirs](expected<std::vector<v221::endpoint>> endpoints) {
            busy.erase(name);
            if (!endpoints) {
                const bool told = endpoints.error().code == ocpi::status_code::unsupported_version ||
                                  endpoints.error().code == ocpi::status_code::no_matching_endpoints;
                note(log_level::warning, "registration of " + name + " failed: " + format(endpoints.error()));
                return done(told ? failure(endpoints.error()) : failure(200, unusable_api, endpoints.error().message));
            }
            partner made = partners.at(name);
            const bool was_registered = made.state == partner_state::registered;
            made.state = partner_state::registered;
            made.versions_url = theirs.url;
            made.token_out = theirs.token;
            made.roles = theirs.roles;
            made.endpoints = *endpoints;
            const std::string fresh = new_secret();
            (was_registered ? made.token_in_next : made.token_in) =
                fresh; // the old one holds until they use the new one
            if (auto kept = keep(made); !kept) return done(failure(kept.error()));
            done(success(ocpi::encode(our_credentials(fresh))));
        });
}

} // namespace incar::ocpi_client
