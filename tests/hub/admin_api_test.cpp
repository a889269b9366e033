// The administrator's API against a hub with members: who may do what, what is said, and what becomes of it.

#include "house.hpp"

#include <incar/core/json.hpp>
#include <incar/hub/admin_api.hpp>

#include <doctest/doctest.h>

using namespace incar;
using namespace incar::hub;

namespace {

const std::string application_text =
    R"({"name":"acme","email":"ops@acme.example","roles":[{"role":"CPO","country_code":"NL","party_id":"ACM"},)"
    R"({"role":"EMSP","country_code":"NL","party_id":"ACM"}],)"
    R"("identity_provider":{"issuer":"https://id.acme.example","realm":"drivers","client":"app"}})";

struct office {
    house all;
    std::unique_ptr<admin_api> api;

    office() {
        all.open();
        api = std::make_unique<admin_api>(
            *all.middle, admin_options{net::url::parse("https://hub.example/admin").value(),
                                       net::url::parse("https://hub.example/ocpi/versions").value(), "s3cret"});
    }

    net::http_response ask(const std::string& method, const std::string& path, const std::string& body = "",
                           const std::string& token = "s3cret") {
        net::http_request request;
        request.method = method;
        request.url = net::url::parse("https://hub.example/admin/" + path).value();
        request.body = body;
        if (!token.empty()) request.headers.set("Authorization", "Bearer " + token).value();
        std::vector<net::http_response> answers;
        api->handle(std::move(request), [&](net::http_response each) { answers.push_back(std::move(each)); });
        (void)all.middle->flush();
        REQUIRE(answers.size() == 1);
        return answers.front();
    }

    static std::string text_in(const net::http_response& answer, const char* name) {
        const auto read = json::parse(answer.body).value();
        const json::value* found = read.find(name);
        return found && found->as_string() ? *found->as_string() : "";
    }
};

} // namespace

TEST_CASE("an application is handed in by anybody, and the rest needs the administrator's token") {
    office desk;
    const auto taken = desk.ask("POST", "applications", application_text, "");
    CHECK(taken.status == 201);
    CHECK(desk.text_in(taken, "standing") == "applied");
    for (const char* token : {"", "s3cre", "s3cret2", "S3CRET"})
        for (const auto& [method, path] : std::vector<std::pair<std::string, std::string>>{
                 {"GET", "members"}, {"GET", "members/acme"}, {"POST", "members/acme/approve"}, {"GET", "nothing"}})
            CHECK(desk.ask(method, path, "", token).status == 401);
    CHECK(desk.all.middle->find("acme")->standing == standing::applied);
    const auto known = desk.all.middle->find("acme").value();
    CHECK(known.identity.issuer == "https://id.acme.example");
    CHECK(known.roles.size() == 2);
    CHECK(json::parse(desk.ask("GET", "members").body).value().find("members")->as_array()->size() == 1);
}

TEST_CASE("without a token of its own nobody is the administrator") {
    office desk;
    desk.api = std::make_unique<admin_api>(
        *desk.all.middle, admin_options{net::url::parse("https://hub.example/admin").value(), net::url(), ""});
    CHECK(desk.ask("GET", "members", "", "").status == 401);
    net::http_request request;
    request.url = net::url::parse("https://hub.example/admin/members").value();
    request.headers.set("Authorization", "Bearer ").value();
    int status = 0;
    desk.api->handle(request, [&](net::http_response answer) { status = answer.status; });
    CHECK(status == 401);
}

TEST_CASE("the token that approve shows registers the member, once") {
    office desk;
    desk.ask("POST", "applications", application_text, "");
    const auto approved = desk.ask("POST", "members/acme/approve", R"({"habits":{"knows_other_modules":true}})");
    REQUIRE(approved.status == 200);
    CHECK(desk.text_in(approved, "versions_url") == "https://hub.example/ocpi/versions");
    party& acme = desk.all.add("acme", {role_of(v221::role::cpo, "NL", "ACM"), role_of(v221::role::emsp, "NL", "ACM")});
    const auto join = [&](const char* as) {
        return result_of<void>(desk.all.net, [&](auto done) {
            acme.register_with(as, "https://hub.example/ocpi/versions", desk.text_in(approved, "token_a"), done);
        });
    };
    CHECK(join("hub"));
    CHECK_FALSE(join("again"));
    const auto shown = desk.ask("GET", "members/acme");
    CHECK(desk.text_in(shown, "standing") == "active");
    CHECK(desk.text_in(shown, "status") == "CONNECTED");
    CHECK(shown.body.find(acme.find("hub")->token_out) == std::string::npos);
}

TEST_CASE("suspending and resuming shut a member out and let it in, with the reason shown") {
    office desk;
    desk.all.join_cpo();
    CHECK(desk.ask("POST", "members/cpo/suspend").status == 400);
    CHECK(desk.text_in(desk.ask("POST", "members/cpo/suspend", R"({"reason":"unpaid"})"), "reason") == "unpaid");
    CHECK(desk.all.middle->find("cpo")->standing == standing::suspended);
    CHECK(desk.ask("POST", "members/cpo/suspend", R"({"reason":"unpaid"})").status == 409);
    CHECK(desk.text_in(desk.ask("POST", "members/cpo/resume"), "standing") == "active");
    CHECK(desk.ask("POST", "members/cpo/catch_up", R"({"wanted":true})").status == 200);
    CHECK(desk.all.middle->find("cpo")->wants_catch_up);
    CHECK(desk.ask("POST", "members/cpo/reject", R"({"reason":"late"})").status == 409);
}

TEST_CASE("what cannot be done is refused with the place, and nothing is changed") {
    office desk;
    desk.ask("POST", "applications", application_text, "");
    const auto where = [&](const net::http_response& answer) {
        return *json::parse(answer.body).value().find("error")->find("where")->as_string();
    };
    struct row {
        const char* body;
        int status;
        const char* where;
    };
    const row rows[] = {
        {"", 400, ""},
        {"[]", 400, ""},
        {R"({"name":7})", 400, "/name"},
        {R"({"name":"x","mail":"a"})", 400, "/mail"},
        {R"({"name":"x","email":"a@b","roles":{}})", 400, "/roles"},
        {R"({"name":"x","email":"a@b","roles":[]})", 400, "/roles"},
        {R"({"name":"x","email":"a@b","roles":[{"role":"HUB","country_code":"NL","party_id":"XXX"}]})", 400,
         "/roles/0/role"},
        {R"({"name":"x","email":"a@b","roles":[{"role":"CPO","country_code":"NL","party_id":"ACM"}]})", 409,
         "/roles/0"},
        {R"({"name":"acme","email":"a@b","roles":[{"role":"CPO","country_code":"NL","party_id":"XXX"}]})", 409,
         "/name"},
        {R"({"name":"a/b","email":"a@b","roles":[{"role":"CPO","country_code":"NL","party_id":"XXX"}]})", 400, "/name"},
        {R"({"name":"x","email":"a@b","identity_provider":{"url":"u"}})", 400, "/identity_provider/url"},
    };
    for (const row& each : rows) {
        CAPTURE(each.body);
        const auto answer = desk.ask("POST", "applications", each.body, "");
        CHECK(answer.status == each.status);
        CHECK(where(answer) == each.where);
    }
    CHECK(desk.all.middle->members().size() == 1);
    CHECK(desk.ask("GET", "members/nobody").status == 404);
    CHECK(desk.ask("GET", "applications").status == 405);
    CHECK(desk.ask("GET", "nothing").status == 404);
    CHECK(where(desk.ask("POST", "members/acme/approve", R"({"habits":{"sings":true}})")) == "/habits/sings");
    CHECK(desk.all.middle->find("acme")->standing == standing::applied);
}

TEST_CASE("a deed that the store did not keep is answered 503 and undone") {
    office desk;
    bool is_full = false;
    desk.all.objects = store::memory_store(store::commit_mode::by_caller);
    const auto commit = desk.all.objects.commit, rollback = desk.all.objects.rollback;
    desk.all.objects.commit = [&, commit, rollback]() -> expected<void> {
        if (!is_full) return commit();
        (void)rollback();
        return error{errc::unavailable, "", "the disk is full"};
    };
    desk.all.ports.objects = desk.all.objects;
    desk.all.open();
    desk.api = std::make_unique<admin_api>(
        *desk.all.middle, admin_options{net::url::parse("https://hub.example/admin").value(), net::url(), "s3cret"});
    is_full = true;
    CHECK(desk.ask("POST", "applications", application_text, "").status == 503);
    CHECK_FALSE(desk.all.middle->find("acme"));
    is_full = false;
    CHECK(desk.ask("POST", "applications", application_text, "").status == 201);
    is_full = true;
    CHECK(desk.ask("POST", "members/acme/approve").status == 503);
    is_full = false;
    CHECK(desk.all.middle->find("acme")->standing == standing::applied);
    CHECK(desk.ask("POST", "members/acme/approve").status == 200);
}
