// What a member missed is told to it later, whatever fails meanwhile.

#include "house.hpp"

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::hub;
using ocpi_client::location_of;

TEST_CASE("a push that a member missed is kept for it while the store cannot be read, and then told once") {
    house all;
    bool is_unreadable = false;
    all.ports.objects.changes = [&, real = all.objects.changes](std::uint64_t after,
                                                                const std::vector<std::string>& kinds,
                                                                std::size_t limit) -> expected<store::object_changes> {
        if (is_unreadable) return error{errc::unavailable, "", "the disk does not answer"};
        return real(after, kinds, limit);
    };
    party& cpo = all.join_cpo();
    all.join_msp();
    all.middle->set_catch_up("msp", true).value();
    all.run();
    all.changes.clear();

    // The member fails, and by then the store cannot be read either.
    all.net.fault = [&](const net::http_request& request) -> std::optional<expected<net::http_response>> {
        if (request.url.host() != "msp.example") return std::nullopt;
        is_unreadable = true;
        return net::http_response{500, {}, ""};
    };
    CHECK_FALSE(push(all, cpo, through_hub("DE", "MSP"), location_of("L1")));
    CHECK(is_unreadable);
    all.net.fault = nullptr;
    all.pass(std::chrono::seconds(1));
    CHECK(all.changes["msp"].empty());

    is_unreadable = false;
    all.pass(std::chrono::seconds(1));
    REQUIRE(all.changes["msp"].size() == 1);
    CHECK(all.changes["msp"].front().id == "L1");
    all.pass(std::chrono::seconds(1));
    CHECK(all.changes["msp"].size() == 1);
}

TEST_CASE("a token that was taken back opens nothing, however often it was shown before") {
    house all;
    party& cpo = all.join_cpo();
    all.join_msp();
    const auto list = [&] {
        net::http_request request = raw(cpo, "GET", "tokens/sender");
        address(request, "EU", "HUB");
        address(request, "NL", "CPO", "from");
        return request;
    };
    const net::http_request before = list();
    for (int i = 0; i < 3; ++i) CHECK(status_of(answer_to(all, before)) == "200 1000");
    expected<void> renewed = error{errc::unavailable, "", "nothing happened"};
    cpo.renew("hub", [&](expected<void> done) { renewed = std::move(done); });
    all.run();
    renewed.value();
    CHECK(status_of(answer_to(all, list())) == "200 1000"); // the new one
    CHECK(status_of(answer_to(all, before)).substr(0, 3) == "401");
    const net::http_request after = list();
    all.middle->suspend("cpo", "unpaid").value();
    CHECK(status_of(answer_to(all, after)).substr(0, 3) == "403");
    all.middle->resume("cpo").value();
    CHECK(status_of(answer_to(all, after)) == "200 1000");
    result_of<void>(all.net, [&](auto done) { cpo.unregister("hub", done); }).value();
    CHECK(status_of(answer_to(all, after)).substr(0, 3) == "401");
}
