#pragma once

// What the parts of the API share. Each .cpp beside this file has one part:
//   app_api       construction, requests, time             route          what is served, as a table
//   asked         what a request says                      openapi        the table as a document
//   search        EMSPs and locations                      place_index    where locations are
//   tariffs       tariffs and quotes                       history        sessions, CDRs, preferences
//   commands      commands, their answers and results      record_index   whose sessions and CDRs are whose
//   wishes        what a CPO is sent                       command_record a command, as JSON

#include "app/command_record.hpp"
#include "app/place_index.hpp"
#include "app/record_index.hpp"
#include "app/route.hpp"

#include <incar/app/app_api.hpp>

namespace incar::app {

inline constexpr const char* command_kind = "app.commands";

// What a CPO is to be sent, or what the driver is told instead.
struct order {
    command_record about;
    std::optional<party_key> cpo;
    std::string body;
    std::optional<reply> instead;
};

struct core : std::enable_shared_from_this<core> {
    hub::hub& middle;
    app_options options;
    app_ports ports;
    place_index places;
    record_index sessions, cdrs;
    std::uint64_t revision = 0; // of the store, up to which the indexes know it
    std::uint64_t undone = 0;   // as the hub counts
    std::map<std::string, command_record> commands;
    std::map<std::string, std::string> by_request; // names to ids
    bool closed = false;

    core(hub::hub& served, app_options how, app_ports needs)
        : middle(served), options(std::move(how)), ports(std::move(needs)) {}

    // app_api.cpp
    void handle(net::http_request request, net::http_respond respond);
    bool is_known(const net::http_request& request) const;
    expected<void> catch_up();
    std::vector<std::string> path_below(const net::url& requested) const;
    net::url public_url(const asked& in) const;
    bool is_hidden(const std::string& owner) const;
    std::optional<std::string> find_text(const store::object_key& key) const; // unless it is gone
    void add_page(reply& to, const asked& in, std::size_t offset, std::size_t limit, std::size_t shown,
                  std::size_t total) const;
    expected<std::pair<std::size_t, std::size_t>> page_in(const asked& in) const; // offset and limit

    // openapi.cpp
    void describe(const asked& in, answer_with done);

    // search.cpp
    void list_emsps(const asked& in, answer_with done);
    void search_locations(const asked& in, answer_with done);
    void get_location(const asked& in, answer_with done);
    std::optional<v221::token> find_token(const driver& who, const std::string& type, const std::string& cpo) const;
    bool may_see(const place& what, const std::optional<party_key>& emsp,
                 const std::optional<v221::token>& token) const;
    const place* find_place(const party_key& cpo, const std::string& id, const std::optional<party_key>& emsp,
                            const std::optional<v221::token>& token) const;
    struct viewer {
        std::optional<party_key> emsp;
        std::optional<v221::token> token;
    };
    expected<viewer> viewer_of(const asked& in) const;

    // tariffs.cpp
    void get_tariffs(const asked& in, answer_with done);
    void list_tariffs(const asked& in, answer_with done);

    // history.cpp
    void list_sessions(const asked& in, answer_with done);
    void list_cdrs(const asked& in, answer_with done);
    void get_session(const asked& in, answer_with done);
    void get_cdr(const asked& in, answer_with done);
    void set_preferences(const asked& in, answer_with done);
    reply list_records(const record_index& among, const asked& in) const;
    expected<const record*> find_record(const record_index& among, const asked& in, const char* name) const;

    // wishes.cpp
    expected<order> order_of(const asked& in);
    expected<void> put_token(json::object& body, const driver& who, const asked& in, order& made) const;
    expected<void> order_at_place(json::object& body, const driver& who, order& made) const;
    void order_stop(const json::object& body, const driver& who, order& made) const;
    void order_cancellation(const json::object& body, const driver& who, order& made) const;
    bool is_emsp(const party_key& party) const;

    // commands.cpp
    struct waiter {
        std::string id;
        bool is_for_result = false; // else for the answer
        std::optional<timestamp> until;
        answer_with done;
    };
    std::vector<waiter> waiters;
    void send_command(const asked& in, answer_with done);
    void get_command(const asked& in, answer_with done);
    void take_answer(const std::string& id, reply out);
    void take_result(const std::string& id, const v221::command_result& result);
    void tell(const std::string& id);
    expected<void> keep(const command_record& changed);
    expected<void> load_commands();
    const command_record* reservation_of(const std::string& cpo, const std::string& location,
                                         const std::string& evse) const;
    timestamp forgotten_at(const command_record& of) const;
    void end_waits(timestamp now);
};

} // namespace incar::app
