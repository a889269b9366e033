// Who joins a hub names addresses that the hub then asks: none of them leads into the hub's own network, whichever way
// it is spelt, unless the operator allows it.

#include <incar/adapters/beast.hpp>
#include <incar/adapters/curl.hpp>
#include <incar/hub/hub.hpp>
#include <incar/net/work_loop.hpp>
#include <incar/ocpi_client/authorization.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace incar;

namespace {

// A hub on a loop of its own, and a server on this machine that must not be reached: it answers everything as a partner
// would, and counts.
class town {
public:
    explicit town(std::vector<net::address_block> allowed) {
        adapters::curl_options out;
        out.addresses.allowed = std::move(allowed);
        out.connect_time_limit = std::chrono::seconds(2);
        client_ = std::make_unique<adapters::curl_client>(out);
        hub::hub_options options;
        options.base_url = net::url::parse("http://hub.example/ocpi").value();
        options.self.country_code = ci_string<2>("EU");
        options.self.party_id = ci_string<3>("HUB");
        options.limits.time_limit = std::chrono::seconds(5);
        hub::hub_ports ports;
        ports.http = loop_.wrap(client_->port());
        ports.objects = store::memory_store();
        ports.clock = system_clock();
        ports.random = system_random();
        hub_ = std::make_unique<hub::hub>(options, ports);
        inside_ = std::make_unique<adapters::http_server>(
            adapters::http_server::start({}, net::answer_at_once([this](const net::http_request& request) {
                                             ++reached;
                                             return answer(request);
                                         }))
                .value());
        thread_ = std::thread([this] {
            net::work_rounds rounds;
            rounds.next_deadline = [this] { return hub_->next_deadline(); };
            rounds.tick = [this] { hub_->tick(); };
            loop_.run(rounds, system_clock());
        });
    }
    ~town() {
        loop_.stop();
        thread_.join();
        client_.reset(); // its completions find a loop that has ended
        hub_.reset();
    }

    std::atomic<int> reached{0};
    std::string port() const { return std::to_string(inside_->port()); }

    std::string token_a(const std::string& name, const std::string& role, const std::string& party) {
        std::string token;
        on_loop([&] {
            v221_role.role = ocpi::open_enum<ocpi::v221::role>(role);
            v221_role.country_code = ci_string<2>("DE");
            v221_role.party_id = ci_string<3>(party);
            hub_->apply({name, "ops@example", {v221_role}, {}}).value();
            token = hub_->approve(name).value();
        });
        return token;
    }

    net::http_response ask(const std::string& method, const std::string& path, const std::string& token,
                           const std::string& body, const std::string& from = "", const std::string& to = "") {
        net::http_request request;
        request.method = method;
        request.url = net::url::parse("http://hub.example/ocpi/" + path).value();
        request.headers.set("Authorization", ocpi_client::format_authorization(token)).value();
        const auto say = [&](const char* way, const std::string& party) {
            if (party.empty()) return;
            request.headers.set(std::string("OCPI-") + way + "-country-code", "DE").value();
            request.headers.set(std::string("OCPI-") + way + "-party-id", party).value();
        };
        say("from", from);
        say("to", to);
        request.body = body;
        std::optional<net::http_response> answered;
        loop_.post([&] {
            hub_->handle(std::move(request), [&](net::http_response given) {
                const std::lock_guard lock(mutex_);
                answered = std::move(given);
                changed_.notify_one();
            });
        });
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return answered.has_value(); });
        return *answered;
    }

    net::http_response register_at(const std::string& token, const std::string& url, const std::string& role,
                                   const std::string& party) {
        return ask("POST", "2.2.1/credentials", token,
                   R"({"token":"secret-of-)" + party + R"(","url":")" + url + R"(","roles":[{"role":")" + role +
                       R"(","country_code":"DE","party_id":")" + party + R"(","business_details":{"name":"X"}}]})");
    }

    // Where the CPO is to post the result of the last command, below the hub's base URL.
    std::string result_path() {
        const std::lock_guard lock(mutex_);
        return response_url_.substr(std::string("http://hub.example/ocpi/").size());
    }

private:
    net::http_response answer(const net::http_request& request) {
        if (const auto body = json::parse(request.body); body && body->find("response_url")) {
            const std::lock_guard lock(mutex_);
            response_url_ = *body->find("response_url")->as_string();
        }
        const std::string base = "http://127.0.0.1:" + port();
        std::string data = R"({"result":"ACCEPTED","timeout":30})";
        if (request.url.path() == "/versions") data = R"([{"version":"2.2.1","url":")" + base + R"(/2.2.1"}])";
        if (request.url.path() == "/2.2.1")
            data = R"({"version":"2.2.1","endpoints":[{"identifier":"credentials","role":"SENDER","url":")" + base +
                   R"(/credentials"},{"identifier":"commands","role":"RECEIVER","url":")" + base + R"(/commands"}]})";
        return {200, {}, R"({"status_code":1000,"timestamp":"2026-01-01T00:00:00Z","data":)" + data + "}"};
    }

    void on_loop(const std::function<void()>& task) {
        bool is_done = false;
        loop_.post([&] {
            task();
            const std::lock_guard lock(mutex_);
            is_done = true;
            changed_.notify_one();
        });
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return is_done; });
    }

    net::work_loop loop_;
    std::unique_ptr<adapters::curl_client> client_;
    std::unique_ptr<hub::hub> hub_;
    std::unique_ptr<adapters::http_server> inside_;
    std::thread thread_;
    std::mutex mutex_;
    std::string response_url_;
    std::condition_variable changed_;
    ocpi::v221::credentials_role v221_role;
};

std::string token_in(const net::http_response& answer) {
    const auto body = json::parse(answer.body).value();
    const json::value* data = body.find("data");
    const json::value* token = data ? data->find("token") : nullptr;
    return token ? *token->as_string() : "";
}

const char* const spellings[] = {"127.0.0.1",
                                 "127.1",
                                 "0x7f.1",
                                 "0x7f000001",
                                 "2130706433",
                                 "017700000001",
                                 "0177.0.0.01",
                                 "localhost",
                                 "0",
                                 "0.0.0.0",
                                 "[::1]",
                                 "[::]",
                                 "[::ffff:127.0.0.1]",
                                 "[::ffff:7f00:1]",
                                 "[::127.0.0.1]",
                                 "10.0.0.1",
                                 "169.254.169.254",
                                 "192.168.0.1",
                                 "[fd00::1]",
                                 "[64:ff9b::7f00:1]"};

} // namespace

TEST_CASE("credentials that lead into the hub's own network are refused, and nobody there is asked") {
    town strict({});
    int number = 0;
    for (const char* host : spellings) {
        CAPTURE(host);
        const std::string party = {'A', static_cast<char>('A' + number / 26), static_cast<char>('A' + number % 26)};
        const std::string token = strict.token_a("member" + std::to_string(number++), "CPO", party);
        const auto answer =
            strict.register_at(token, "http://" + std::string(host) + ":" + strict.port() + "/versions", "CPO", party);
        CHECK(token_in(answer).empty());
        CHECK(answer.body.find("\"status_code\":3001") != std::string::npos); // cannot use the client's API
    }
    CHECK(strict.reached == 0);
}

TEST_CASE("what the operator allows is asked, and results still go nowhere else") {
    town lenient({net::address_block::parse("127.0.0.1").value()});
    const std::string cpo = token_in(lenient.register_at(
        lenient.token_a("cpo", "CPO", "CPO"), "http://127.0.0.1:" + lenient.port() + "/versions", "CPO", "CPO"));
    const std::string msp = token_in(lenient.register_at(
        lenient.token_a("msp", "EMSP", "MSP"), "http://127.0.0.1:" + lenient.port() + "/versions", "EMSP", "MSP"));
    REQUIRE_FALSE(cpo.empty());
    REQUIRE_FALSE(msp.empty());
    for (const char* host : {"10.0.0.1", "169.254.169.254", "[::1]", "0.0.0.0", "127.0.0.2"}) {
        CAPTURE(host);
        const auto before = lenient.reached.load();
        const auto accepted = lenient.ask("POST", "2.2.1/commands/receiver/STOP_SESSION", msp,
                                          R"({"response_url":"http://)" + std::string(host) + ":" + lenient.port() +
                                              R"(/r","session_id":"S1"})",
                                          "MSP", "CPO");
        CHECK(accepted.body.find("ACCEPTED") != std::string::npos);
        CHECK(lenient.reached == before + 1); // the CPO
        const auto taken = lenient.ask("POST", lenient.result_path(), cpo, R"({"result":"ACCEPTED"})", "CPO", "MSP");
        CHECK(taken.body.find("1000") != std::string::npos);
        CHECK(lenient.reached == before + 1); // and nobody else
    }
    const auto before = lenient.reached.load();
    (void)lenient.ask("POST", "2.2.1/commands/receiver/STOP_SESSION", msp,
                      R"({"response_url":"http://127.0.0.1:)" + lenient.port() + R"(/r","session_id":"S1"})", "MSP",
                      "CPO");
    (void)lenient.ask("POST", lenient.result_path(), cpo, R"({"result":"ACCEPTED"})", "CPO", "MSP");
    for (int i = 0; i < 500 && lenient.reached < before + 2; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(lenient.reached == before + 2); // where it may, the result goes
}
