#pragma once

// What the parts of the API share. Each .cpp beside this file has one part:
//   app_api       construction, requests, time             route          what is served, as a table
//   reading       the store into the indexes
//   asked         what a request says                      openapi        the table as a document
//   search        EMSPs and locations                      place_index    where locations are
//   sight         who may see which location
//   tariffs       tariffs and quotes                       history        sessions, CDRs, preferences
//   commands      commands, their answers and results      record_index   whose sessions and CDRs are whose
//   wishes        what a CPO is sent                       command_record a command, as JSON

#include "app/command_record.hpp"
#include "app/place_index.hpp"
#include "app/record_index.hpp"
#include "app/route.hpp"

#include <incar/app/app_api.hpp>

#include <array>

namespace incar::app {

inline constexpr const char* command_kind = "app.commands";

// What a CPO is to be sent, or what the driver is told instead.
struct order {
    command_record about;
    std::optional<party_key> cpo;
    std::string body;
    std::optional<reply> instead;
};

// What is read from the store into an index, slice by slice.
struct feed {
    const char* kind;
    std::uint64_t known = 0;   // revision up to which the index knows the store
    std::uint64_t durable = 0; // the same when the hub flushed last
    bool is_complete = false;
};
enum feed_kind : std::size_t { of_sessions, of_cdrs, of_locations };

struct core : std::enable_shared_from_this<core> {
    hub::hub& middle;
    app_options options;
    app_ports ports;
    place_index places;
    record_index sessions, cdrs;
    std::array<feed, 3> feeds = {{{"sessions"}, {"cdrs"}, {"locations"}}};
    std::map<std::string, command_record> commands;
    std::map<std::string, std::string> by_request; // names to ids
    bool closed = false;

    core(hub::hub& served, app_options how, app_ports needs)
        : middle(served), options(std::move(how)), ports(std::move(needs)) {}

    // app_api.cpp
    void handle(net::http_request request, net::http_respond respond);
    bool is_known(const net::http_request& request) const;
    bool may_serve(std::string_view path) const;
    std::vector<std::string> path_below(const net::url& requested) const;
    net::url public_url(const asked& in) const;
    bool is_hidden(const std::string& owner) const;
    std::optional<std::string> find_text(const store::object_key& key) const; // unless it is gone
    void add_page(reply& to, const asked& in, std::size_t offset, std::size_t limit, std::size_t shown,
                  std::size_t total) const;
    expected<std::pair<std::size_t, std::size_t>> page_in(const asked& in) const; // offset and limit

    // reading.cpp
    std::uint64_t undone = 0, flushed = 0; // as the hub counts
    std::vector<store::object_key> unsure; // seen since the last flush
    std::optional<timestamp> look_at;      // when to read on
    expected<void> is_ready(feed_kind kind);
    void read_on(timestamp now);
    expected<bool> advance(feed& of);
    expected<void> forget_undone();
    void see(const store::stored_object& object);

    // openapi.cpp
    void describe(const asked& in, answer_with done);

    // search.cpp
    void list_emsps(const asked& in, answer_with done);
    void search_locations(const asked& in, answer_with done);

    // sight.cpp
    void get_location(const asked& in, answer_with done);
    std::optional<v221::token> find_token(const driver& who, const std::string& type, const std::string& cpo) const;
    struct viewer {
        std::optional<party_key> emsp;
        std::optional<v221::token> token;
    };
    expected<viewer> viewer_of(const asked& in) const;
    bool may_see(const place& what, const viewer& who) const;
    std::optional<store::stored_object> find_place(const std::string& cpo, const std::string& id,
                                                   const viewer& who) const;

    // tariffs.cpp
    void get_tariffs(const asked& in, answer_with done);
    void list_tariffs(const asked& in, answer_with done);

    // history.cpp
    void list_sessions(const asked& in, answer_with done);
    void list_cdrs(const asked& in, answer_with done);
    void get_session(const asked& in, answer_with done);
    void get_cdr(const asked& in, answer_with done);
    void set_preferences(const asked& in, answer_with done);
    reply list_records(feed_kind kind, const asked& in);
    expected<store::stored_object> find_record(const char* kind, const asked& in, const char* name) const;
    expected<std::optional<store::stored_object>>
    find_record(const char* kind, const driver& who, const std::optional<party_key>& cpo, const std::string& id) const;
    std::vector<std::string> owners() const; // of objects that may be shown

    // wishes.cpp
    expected<order> order_of(const asked& in);
    expected<void> put_token(json::object& body, const driver& who, const asked& in, order& made) const;
    expected<void> order_at_place(json::object& body, const driver& who, order& made) const;
    expected<void> order_stop(const json::object& body, const driver& who, order& made) const;
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
