#pragma once

/// \file
/// A partner to test a product against: a party with data of its own that misbehaves as told and keeps what it got.
///
///     mock_partner cpo({v221::role::cpo, base_url}, ports);
///     const std::string token_a = cpo.self().invite("product").value();     // let the product register with it
///     cpo.add({fault::kind::reject, "GET", "/sessions/", 2});               // from the third request on: HTTP 500
///     cpo.add({fault::kind::repeat_link, "", "/locations/"});
///     ...
///     CHECK(cpo.received().back().method == "PUT");
///
/// Like `party` it has no threads, sockets or clock: requests come in through `handle`, and what is late comes when
/// `tick` is called after its time. One thread at a time.

#include <incar/ocpi_client/export.hpp>
#include <incar/ocpi_client/party.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace incar::ocpi_client {

/// One way to misbehave, and for which of the requests that come in.
struct fault {
    enum class kind {
        reject,        ///< Answer `http_status` with `status_code` in an envelope, and do nothing.
        drop,          ///< Do what is asked, and never answer.
        ignore,        ///< Never answer, and do nothing.
        delay,         ///< Answer after `delay`.
        change_status, ///< Answer as usual, but with `http_status`.
        cut_body,      ///< Answer half of the body: no JSON.
        cut_page,      ///< A list without its last object and without Link, as if it were the last page.
        repeat_link,   ///< A list whose Link leads to itself.
        foreign_link,  ///< A list whose Link leads to another server.
        break_object,  ///< A list with one more object, first, that is none.
    };
    kind what = kind::reject;
    std::string method = ""; ///< Of the requests that it concerns; "": any.
    std::string path = "";   ///< Part of the paths that it concerns; "": any.
    std::size_t skip = 0;    ///< So many of these are served well before,
    std::size_t every = 1;   ///< then each so-manieth is not (1 or more),
    double probability = 1;  ///< and of those this part, 0 to 1, by the random source.
    int http_status = 500;   ///< For `reject` and `change_status`.
    int status_code = 3000;  ///< For `reject`.
    std::chrono::milliseconds delay = std::chrono::seconds(1);
};

/// How a mocked operator answers commands and requests about charging profiles.
struct mock_results {
    v221::command_response_type response = v221::command_response_type::accepted;
    int timeout = 30; ///< Seconds that it promises.
    v221::command_result_type result = v221::command_result_type::accepted;
    std::chrono::milliseconds after{0}; ///< The result is sent at the first `tick` so long after the command.
    std::size_t copies = 1;             ///< 0: never; 2: twice.
};

/// Who the partner is.
struct mock_options {
    v221::role role = v221::role::cpo;
    net::url base_url;
    ocpi::party_key party = {ci_string<2>("NL"), ci_string<3>("MCK")};   ///< Its own name.
    ocpi::party_key partner = {ci_string<2>("DE"), ci_string<3>("PRD")}; ///< The product's, for sessions and CDRs.
    std::size_t objects = 5;         ///< How many of each kind that its role owns are ready.
    std::size_t page_limit = 2;      ///< So that there are pages.
    bool sends_wrong_tokens = false; ///< Its requests carry a token that nobody knows.
    mock_results results;
};

/// See the top of this header.
class INCAR_OCPI_CLIENT_EXPORT mock_partner {
public:
    /// Takes the ports of a party. An operator has `objects` locations, tariffs, sessions and CDRs, with ids "L1" and
    /// so on, "T1", "S1", "C1"; a provider has tokens "A1" and so on; all last updated from 2026-01-01 on, an hour
    /// apart. Throws as `party`.
    mock_partner(mock_options options, party_ports ports);
    ~mock_partner();
    mock_partner(const mock_partner&) = delete;
    mock_partner& operator=(const mock_partner&) = delete;

    /// The party itself, for what it does of its own accord: register, push, send commands.
    party& self();

    /// Answers a request, well or as told.
    void handle(net::http_request request, net::http_respond respond);

    /// From now on. Of several faults that concern a request the first counts.
    void add(fault each);
    void clear_faults();

    /// All requests that came in, in order. Valid until the next one.
    const std::vector<net::http_request>& received() const;

    /// The objects that the partner pushed, as `handlers::changed` was told. Valid until the next request.
    const std::vector<change>& changes() const;

    /// When `tick` has something to do; absent when nothing is waited for.
    std::optional<timestamp> next_deadline() const;

    /// Sends what is due.
    void tick();

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace incar::ocpi_client
