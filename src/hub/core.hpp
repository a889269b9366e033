#pragma once

// What the parts of a hub share. Each .cpp beside this file has one part:
//   hub        construction, requests, time             relay      whom a request is for
//   keeping    batches, and what is read at the start   objects    what is pushed: checked, stored, listed
//   members    who takes part                           forward    the way to another member and back
//   member     a member as JSON                         pending    what is known about results, as JSON
//   connections  members as parties                     contexts   sessions for smart charging providers
//   delivery   who is told what has changed             results    results that come later
//   liveness   who answers, and who does not            answers    what the hub says itself
//   commands   what applications of drivers ask         admin_api  the administrator's side over HTTP
//   private_copies  objects for one party alone

#include "hub/pending.hpp"
#include "hub/routing.hpp"

#include <incar/hub/hub.hpp>
#include <incar/ocpi_client/object_modules.hpp>
#include <incar/ocpi_client/party.hpp>

#include <deque>
#include <map>
#include <set>
#include <unordered_map>

namespace incar::hub {

using ocpi::party_key;
using ocpi_client::incoming;
using ocpi_client::partner;
using ocpi_client::reply;
using v221::interface_role;

// For a result, where the receiver does not say.
inline constexpr auto usual_result_time = std::chrono::seconds(30);

using answer_with = std::function<void(reply)>;

// Kinds of objects that are the hub's own.
inline constexpr const char* member_kind = "hub.members";
inline constexpr const char* connection_kind = "hub.connections";
inline constexpr const char* result_kind = "hub.results";
inline constexpr const char* place_kind = "hub.places";
inline constexpr const char* private_kind = "hub.private";

reply failure(const error& reason);
reply failure(ocpi::status_code code, std::string message, int http_status = 200);
reply success(std::optional<std::string> data = std::nullopt, int http_status = 200);
error unknown_member(const std::string& name);
reply unknown_session(); // a CommandResponse, which whoever stops a session can read

std::vector<party_key> parties_of(const std::vector<v221::credentials_role>& roles);
bool has_party(const std::vector<v221::credentials_role>& roles, const party_key& key);
bool has_party(const std::vector<v221::credentials_role>& roles, std::string_view name); // as in "NL*TNM"
bool is_stop(const incoming& in);                                                        // of a session
bool is_same_role(const v221::credentials_role& left, const v221::credentials_role& right);
bool is_announced(const member& who); // beyond an application
bool has_role(const std::vector<v221::credentials_role>& roles, std::string_view words);

store::object_key private_copy(const store::object_key& object, const party_key& audience);

// What `to_json` wrote (member.cpp).
expected<member> member_from_json(std::string_view text);

// -- delivery

// An object that changed, once for all members.
struct change {
    std::uint64_t revision = 0;
    store::object_key key;
    std::string audience;
    bool removed = false;
    std::string text;
    bool is_superseded = false; // by a later change of the same object
};

struct delivery {
    std::uint64_t place = 0; // every change up to this revision was told or passed over
    std::uint64_t kept_place = 0;
    std::set<std::uint64_t> told;       // directly, beyond `place`
    std::set<std::uint64_t> on_the_way; // directly, and not answered yet
    std::set<std::uint64_t> missed;     // directly, and not arrived
    bool under_way = false;
    int failures = 0;
    std::optional<timestamp> again_at;
    timestamp heard_at;       // the member's last sign of life
    bool being_asked = false; // whether it is alive
};

struct hub::core : std::enable_shared_from_this<hub::core> {
    hub_options options;
    hub_ports ports;
    std::unique_ptr<ocpi_client::party> connections;
    std::map<std::string, member> members;
    std::map<std::string, delivery> deliveries;
    pending_results results;
    std::deque<std::shared_ptr<change>> recent;                             // the last changes, by revision
    std::unordered_map<std::string, std::shared_ptr<change>> recent_by_key; // the last of each object
    std::uint64_t newest = 0;                                               // revision
    std::uint64_t undone = 0, flushed = 0;                                  // batches
    bool has_unseen = true;                                                 // was anything saved since see_changes
    int handling = 0;                                                       // requests, one in another
    bool closed = false;

    // keeping.cpp
    using held = std::function<void(bool durable)>;
    std::vector<held> waiting;
    bool is_broken = false;   // the store failed since the last flush
    bool has_backlog = false; // from before the start: the first tick takes it up
    void let_out(held effect);
    expected<void> flush();
    expected<void> load();
    expected<void> each_of(const char* kind,
                           const std::function<expected<void>(const store::stored_object&)>& take) const;
    expected<void> save(const char* kind, const std::string& id, std::string text);
    expected<void> save(store::stored_object object);
    expected<void> erase(const store::object_key& key);

    // hub.cpp
    party_key self() const { return {options.self.country_code, options.self.party_id}; }
    void note(log_level level, const std::string& message) const { ports.log({level, "hub", message}); }
    net::url our_url(const std::vector<std::string>& segments) const;

    // members.cpp
    expected<void> keep(member changed);
    expected<void> set_status(const std::string& name, v221::connection_status status);

    // connections.cpp
    expected<void> admit(const partner& who, const v221::credentials& theirs) const;
    expected<void> keep_connection(const partner& changed);
    const member* find_active(const std::string& name) const;
    const member* find_by_party(const party_key& party, const std::string& module, interface_role side) const;
    std::vector<std::string> hidden_owners() const;

    // liveness.cpp
    void heard(const std::string& name);
    void not_heard(const std::string& name);
    void check_silent(timestamp now);

    // relay.cpp
    void relay(const incoming& in, answer_with done);
    void route(const incoming& in, const member& sender, const module_rule& rule, answer_with done);
    void serve_own(const incoming& in, answer_with done);
    void pass_on(const incoming& in, party_key to, answer_with done);
    std::optional<party_key> owner_of_content(const incoming& in) const;

    // objects.cpp
    struct stored_push {
        store::object_key key;
        timestamp last_updated;
        std::string text;
        std::string audience;
        bool created = false;
        bool outdated = false;
        bool repeated = false; // a CDR that is there already, word for word
    };
    expected<stored_push> store_push(const incoming& in, const std::optional<party_key>& audience);
    expected<stored_push> store_record(const incoming& in, const std::optional<party_key>& audience);
    reply serve_list(const incoming& in) const;
    reply serve_object(const incoming& in) const;
    std::string cdr_address(const store::object_key& key) const;

    // private_copies.cpp
    std::map<std::string, std::set<std::string>> private_copies; // "OWNER\tKIND\tID" to the parties
    expected<void> load_private_copies();
    expected<void> note_private_copy(const store::object_key& object, const party_key& audience);
    expected<void> drop_private_copies(const store::object_key& object);

    // forward.cpp
    // What was stored of a push before it is forwarded.
    struct stored_before {
        std::string cdr_url;
        std::uint64_t revision = 0; // 0: nothing, or nothing new
    };
    void forward(const incoming& in, const member& receiver, const party_key& to, answer_with done,
                 stored_before stored);
    struct way_back;
    void come_back(const way_back& from, const expected<net::http_response>& response);
    reply pass_back(const way_back& from, const net::http_response& response) const;

    // results.cpp
    expected<std::string> expect_result(const incoming& in, const member& receiver, const party_key& to,
                                        ocpi_client::call& onward);
    void answered(const std::string& key, const reply& first);
    void take_result(const incoming& in, answer_with done);
    void tell_result(const pending_result& about, const std::string& body);
    expected<void> keep_result(pending_result changed);
    void forget_result(const std::string& key);
    std::optional<pending_result> find_operation(const v221::cdr& record) const;
    expected<void> use_up_operation(const std::string& key);
    void time_out_results(timestamp now);

    // commands.cpp
    std::function<void(const std::string&, const v221::command_result&)> on_result;
    void tell_application(const pending_result& about, const std::string& body);

    // delivery.cpp
    void see_changes();
    void deliver_all();
    void deliver_now();
    void deliver(const std::string& name);
    std::shared_ptr<const change> next_for(const member& who, delivery& way);
    bool is_for(const member& who, const change& what) const;
    void keep_places();

    // contexts.cpp
    std::map<std::string, std::string> contexts; // "OWNER\tLOCATION\tEVSE" to the provider's party or ""
    std::map<std::string, std::vector<std::string>> context_places; // by object, to take them out again
    expected<void> load_contexts();
    void see_context(const store::object_key& key, const std::string& text, const std::string& audience, bool removed);
    const member* provider_for(const std::string& owner, const std::string& session) const;
    const member* provider_for_wish(const incoming& in, const party_key& to) const;
};

} // namespace incar::hub
