#include "ocpi_client/core.hpp"

namespace incar::ocpi_client {

void party::core::serve_credentials(const exchange& in, std::function<void(reply)> done) {
    const partner& who = partners.at(in.who.partner);
    const bool registered = who.state == partner_state::registered;
    if (in.method() == "GET") return done(success(ocpi::encode(our_credentials(in.token))));
    if (in.method() == "POST" && who.state == partner_state::invited) return accept_credentials(in, std::move(done));
    if (in.method() == "PUT" && registered) return accept_credentials(in, std::move(done));
    if (in.method() == "DELETE" && registered) {
        const auto ended = end(in.who.partner);
        return done(ended ? success() : failure(ended.error()));
    }
    const char* why = registered ? "this connection is registered already" : "this connection is not registered";
    done(failure(405, ocpi::status_code::client_error, why));
}

// Before it answers a party calls back, with the token that it was given. Nothing is kept until that has worked.
void party::core::accept_credentials(const exchange& in, std::function<void(reply)> done) {
    const std::string name = in.who.partner;
    const auto theirs = read<v221::credentials>(in.request.body, options.strictness);
    if (!theirs) return done(failure(theirs.error()));
    if (auto good = check(*theirs); !good) return done(failure(good.error()));
    if (ours.admit)
        if (auto admitted = ours.admit(partners.at(name), *theirs); !admitted) return done(failure(admitted.error()));
    if (!busy.insert(name).second)
        return done(failure(200, ocpi::status_code::server_error, "a registration is under way already"));

    const partner before = partners.at(name);
    look_up_endpoints(
        theirs->url, theirs->token, before.habits, [this, name, before, theirs, done](expected<offer> offered) {
            const partner* there = find(name);
            const bool is_same = there && there->token_in == before.token_in && there->state == before.state;
            if (!is_same)
                return done(failure(200, ocpi::status_code::server_error, "the connection was ended meanwhile"));
            busy.erase(name);
            if (!offered) {
                const error& why = offered.error();
                const bool is_told = why.code == ocpi::status_code::unsupported_version ||
                                     why.code == ocpi::status_code::no_matching_endpoints;
                note(log_level::warning, "the registration of " + name + " failed: " + format(why));
                return done(is_told ? failure(why) : failure(200, ocpi::status_code::unusable_client_api, why.message));
            }
            partner made = *there;
            made.state = partner_state::registered;
            made.versions_url = theirs->url;
            made.token_out = theirs->token;
            made.roles = theirs->roles;
            made.endpoints = offered->endpoints;
            made.habits = offered->habits;
            const std::string fresh = new_secret();
            // CREDENTIALS_TOKEN_A ends here; a token of a connection holds until the new one is used.
            (before.state == partner_state::registered ? made.token_in_next : made.token_in) = as_kept(fresh);
            if (auto kept = keep(made); !kept) return done(failure(kept.error()));
            done(success(ocpi::encode(our_credentials(fresh))));
        });
}

} // namespace incar::ocpi_client
