#include "ocpi_client/core.hpp"

namespace incar::ocpi_client {
namespace {

// Whether the partner said that it did not do what it was asked. Everything else leaves that open: a lost answer, a
// failure on its way, an answer that cannot be read.
bool is_refusal(const error& reason) {
    const bool is_status = reason.code.category() == ocpi::status_category();
    return (is_status && reason.code != ocpi::status_code::server_error) || reason.code == std::errc::permission_denied;
}

error gone(const std::string& name) {
    return {errc::not_found, name, "the connection was ended meanwhile"};
}

// The partner after its answer to our credentials.
partner made_of(partner known, const offer& offered, const v221::credentials& theirs) {
    known.state = partner_state::registered;
    known.endpoints = offered.endpoints;
    known.habits = offered.habits;
    known.token_out = theirs.token;
    known.versions_url = theirs.url;
    known.roles = theirs.roles;
    return known;
}

} // namespace

// The new connection is in memory alone until the partner has accepted it; should it fail, what was there before is
// there again.
void party::core::register_with(partner known, const std::string& token_a, outcome<void> done) {
    const std::string name = known.name, secret = new_secret(), kept_secret = as_kept(secret);
    std::optional<partner> before;
    if (const partner* there = find(name)) before = *there;
    const auto is_ours_still = [this, name, kept_secret] {
        const partner* there = find(name);
        return there && there->token_in == kept_secret;
    };
    const auto give_up = [this, name, before, is_ours_still, done](const error& reason) {
        if (is_ours_still()) {
            busy.erase(name);
            partners.erase(name);
            if (before) partners[name] = *before;
        }
        done(reason);
    };
    known.state = partner_state::registering;
    known.token_out = token_a;
    known.token_in = kept_secret;
    partners[name] = known;
    busy.insert(name);

    look_up_endpoints(
        known.versions_url, token_a, known.habits,
        [this, name, token_a, secret, is_ours_still, give_up, done](expected<offer> offered) {
            if (!offered) return give_up(offered.error());
            if (!is_ours_still()) return done(gone(name));
            partner& calling_back = partners.at(name);
            calling_back.habits = offered->habits;
            calling_back.endpoints = offered->endpoints;
            outgoing request;
            request.method = "POST";
            const std::string* credentials = find_endpoint(calling_back, "credentials", interface_role::receiver);
            request.url = endpoint_itself(*credentials, calling_back.habits).value();
            request.token = token_a;
            request.plain_token = offered->habits.expects_plain_tokens;
            request.body = ocpi::encode(our_credentials(secret));
            exchange_with(std::move(request), decoding<v221::credentials>([this, name, offered, is_ours_still, give_up,
                                                                           done](expected<v221::credentials> theirs) {
                              if (!theirs) return give_up(theirs.error());
                              if (auto good = check(*theirs); !good) return give_up(good.error());
                              if (!is_ours_still()) return done(gone(name));
                              if (auto kept = keep(made_of(partners.at(name), *offered, *theirs)); !kept)
                                  return give_up(kept.error());
                              busy.erase(name);
                              done({});
                          }));
        });
}

// The new token is kept before the partner learns it, and both are taken until the partner uses the new one: whatever
// is lost on the way, one of them is right.
void party::core::renew(const std::string& name, outcome<void> done) {
    partner known = partners.at(name);
    // One that was offered before may be in use, and is offered again if it is known still.
    const bool is_fresh = known.token_in_next.empty() || ports.fingerprint;
    const std::string secret = is_fresh ? new_secret() : known.token_in_next;
    if (is_fresh) known.token_in_next = as_kept(secret);
    if (auto kept = keep(known); !kept) return done(kept.error());
    busy.insert(name);
    const auto is_known_still = [this, name, kept = known.token_in_next] {
        const partner* there = find_registered(name);
        return there && (there->token_in_next == kept || there->token_in == kept);
    };
    const auto give_up = [this, name, is_fresh, is_known_still, done](const error& reason, bool forget_token) {
        if (is_known_still()) {
            busy.erase(name);
            if (forget_token && is_fresh) {
                partner old = partners.at(name);
                old.token_in_next.clear();
                if (!keep(old)) note(log_level::warning, "a token that was not taken stays valid for " + name);
            }
        }
        done(reason);
    };

    look_up_endpoints(known.versions_url, known.token_out, known.habits,
                      [this, name, known, secret, is_known_still, give_up, done](expected<offer> offered) {
                          if (!offered) return give_up(offered.error(), true);
                          if (!is_known_still()) return done(gone(name));
                          partner next = partners.at(name);
                          next.endpoints = offered->endpoints;
                          outgoing request;
                          request.method = "PUT";
                          const std::string* credentials = find_endpoint(next, "credentials", interface_role::receiver);
                          request.url = endpoint_itself(*credentials, next.habits).value();
                          request.token = known.token_out;
                          request.plain_token = offered->habits.expects_plain_tokens;
                          request.body = ocpi::encode(our_credentials(secret));
                          exchange_with(std::move(request),
                                        decoding<v221::credentials>([this, name, offered, is_known_still, give_up,
                                                                     done](expected<v221::credentials> theirs) {
                                            if (!theirs) return give_up(theirs.error(), is_refusal(theirs.error()));
                                            if (auto good = check(*theirs); !good) return give_up(good.error(), false);
                                            if (!is_known_still()) return done(gone(name));
                                            if (auto kept = keep(made_of(partners.at(name), *offered, *theirs)); !kept)
                                                return give_up(kept.error(), false);
                                            busy.erase(name);
                                            done({});
                                        }));
                      });
}

} // namespace incar::ocpi_client
