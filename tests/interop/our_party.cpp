// interop_party ROLE:COUNTRY:PARTY...: one party of ours on a port of 127.0.0.1, driven by JSON lines.
//
// Says {"event": "ready", "versions_url": ...}; then answers each line {"re": N, "do": WORD, ...} of its input with one
// line {"re": N, "value": ...} or {"re": N, "error": {...}}. Lines with "event" say what partners did. Ends with its
// input.

#include "deeds.hpp"

#include <incar/adapters/beast.hpp>
#include <incar/adapters/curl.hpp>
#include <incar/core/clock.hpp>

#include <condition_variable>
#include <deque>
#include <iostream>
#include <mutex>
#include <thread>

namespace incar::interop {
namespace {

// Whatever concerns the party runs here, one after the other, on the main thread.
class queue {
public:
    void add(std::function<void()> task) {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
        ready_.notify_one();
    }

    // The next task; after a while one that does nothing, so that deadlines are looked at.
    std::function<void()> next() {
        std::unique_lock lock(mutex_);
        ready_.wait_for(lock, std::chrono::milliseconds(100), [this] { return !tasks_.empty(); });
        if (tasks_.empty()) return [] {};
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
    }

private:
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<std::function<void()>> tasks_;
};

void say(const json::value& line) {
    std::cout << json::format(line) << std::endl;
}

ocpi_client::v221::credentials_role read_role(const std::string& text) {
    const auto first = text.find(':'), second = text.find(':', first + 1);
    ocpi_client::v221::credentials_role role;
    role.role = ocpi::open_enum<ocpi::v221::role>(text.substr(0, first));
    role.country_code = ci_string<2>(text.substr(first + 1, second - first - 1));
    role.party_id = ci_string<3>(text.substr(second + 1));
    role.business_details.name = "incar under test";
    return role;
}

int run(const std::vector<std::string>& roles) {
    queue tasks;
    bool ended = false;
    std::unique_ptr<ocpi_client::party> party;

    adapters::curl_options to_here;
    to_here.addresses.allowed.push_back(net::address_block::parse("127.0.0.0/8").value());
    adapters::curl_client client(to_here);
    const net::http_client port = client.port();

    auto server = adapters::http_server::start({}, [&](net::http_request request, net::http_respond respond) {
                      tasks.add([&party, request = std::move(request), respond = std::move(respond)]() mutable {
                          party->handle(std::move(request), std::move(respond));
                      });
                  }).value();

    ocpi_client::party_options options;
    options.base_url = net::url::parse("http://127.0.0.1:" + std::to_string(server.port()) + "/ocpi").value();
    options.page_limit = 2;
    for (const std::string& each : roles) options.roles.push_back(read_role(each));

    ocpi_client::party_ports ports;
    ports.http = {"queue", [&](net::http_request request, const net::http_limits& limits, net::http_completion done) {
                      port.send(std::move(request), limits, [&tasks, done](expected<net::http_response> response) {
                          tasks.add([done, response = std::move(response)]() mutable { done(std::move(response)); });
                      });
                  }};
    ports.objects = store::memory_store();
    ports.clock = system_clock();
    ports.random = system_random();
    ports.log = stderr_log(log_level::warning);
    const store::object_store objects = ports.objects;
    party = std::make_unique<ocpi_client::party>(
        options, std::move(ports), accept_everything([&]() -> ocpi_client::party& { return *party; }, say));
    say(members({{"event", "ready"}, {"versions_url", options.base_url.text() + "/versions"}}));

    std::thread reader([&] {
        for (std::string line; std::getline(std::cin, line);)
            tasks.add([&, line] {
                const json::value wish = json::parse(line).value();
                const auto answer = [re = *wish.find("re")](const expected<json::value>& result) {
                    if (result) return say(members({{"re", re}, {"value", *result}}));
                    say(members({{"re", re}, {"error", as_json(result.error())}}));
                };
                try {
                    perform({*party, objects, say}, wish, answer);
                } catch (const exception& wrong) { // a wish that cannot be read
                    answer(wrong.error());
                }
            });
        tasks.add([&] { ended = true; });
    });
    while (!ended) {
        tasks.next()();
        party->tick();
    }
    reader.join();
    server.stop();
    return 0;
}

} // namespace
} // namespace incar::interop

int main(int count, char** words) {
    try {
        return incar::interop::run({words + 1, words + count});
    } catch (const std::exception& failure) {
        std::cerr << "interop_party: " << failure.what() << '\n';
        return 2;
    }
}
