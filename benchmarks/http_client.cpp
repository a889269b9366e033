// Rounds of a push to 200 receivers, each with a connection of its own: through incar's client, and by libcurl's multi
// interface alone, which no client on libcurl can undercut by much.
//
//     benchmarks/hub.sh fan_out        builds, runs a sink for both, and sets the hub beside them
//
// `http_client PORT ROUNDS incar` or `... curl` prints this process's CPU time for a request in microseconds. "curl"
// has one handle for each receiver, set up once, and waits with curl_multi_poll; it builds nothing and keeps no answer.

#include <incar/adapters/curl.hpp>

#include <curl/curl.h>
#include <sys/resource.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <string>
#include <vector>

using namespace incar;

namespace {

constexpr int receivers = 200, warm_up = 20;

std::string url_of(const std::string& port, int k) {
    return "http://127.0.1." + std::to_string(k + 1) + ":" + port + "/ocpi/2.2.1/locations/receiver/ES/VLC/LOC-0001";
}

std::vector<net::header> headers_of(int k) {
    const std::string number = std::to_string(1000 + k).substr(1);
    return {{"Authorization", "Token ZWJmM2IzOTktNzc5Zi00NDk3LTliOWQtYWM2YWQzY2M0NGQy"},
            {"Content-Type", "application/json"},
            {"X-Request-ID", "12345678-1234-4123-8123-000000000" + number},
            {"X-Correlation-ID", "87654321-4321-4321-8321-000000000" + number},
            {"OCPI-from-country-code", "EU"},
            {"OCPI-from-party-id", "HUB"},
            {"OCPI-to-country-code", "NL"},
            {"OCPI-to-party-id", number}};
}

double cpu_microseconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto of = [](const timeval& time) { return double(time.tv_sec) * 1e6 + double(time.tv_usec); };
    return of(used.ru_utime) + of(used.ru_stime);
}

void fail(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

using round = std::function<void()>;

round through_incar(const std::string& port, const std::string& body) {
    adapters::curl_options options;
    options.addresses.allowed = {net::address_block::parse("127.0.0.0/8").value()};
    const auto client = std::make_shared<adapters::curl_client>(options);
    std::vector<net::http_request> pushes(receivers);
    for (int k = 0; k < receivers; ++k) {
        net::http_request& push = pushes[static_cast<std::size_t>(k)];
        push.method = "PUT";
        push.url = net::url::parse(url_of(port, k)).value();
        for (const net::header& each : headers_of(k)) push.headers.add(each.name, each.value).value();
        push.body = body;
    }
    return [client, pushes] {
        std::mutex mutex;
        std::condition_variable changed;
        int left = receivers;
        for (const net::http_request& push : pushes)
            client->send(push, {}, [&](const expected<net::http_response>& answer) {
                if (!answer || answer->status != 200) fail(answer ? answer->body : format(answer.error()));
                const std::lock_guard<std::mutex> lock(mutex);
                if (--left == 0) changed.notify_one();
            });
        std::unique_lock<std::mutex> lock(mutex);
        changed.wait(lock, [&] { return left == 0; });
    };
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

round by_curl_alone(const std::string& port, const std::string& body) {
    CURLM* multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 512L);
    std::vector<CURL*> handles;
    for (int k = 0; k < receivers; ++k) {
        CURL* handle = curl_easy_init();
        curl_slist* lines = curl_slist_append(nullptr, "Expect:");
        for (const net::header& each : headers_of(k))
            lines = curl_slist_append(lines, (each.name + ": " + each.value).c_str());
        curl_easy_setopt(handle, CURLOPT_URL, url_of(port, k).c_str());
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "PUT");
        curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, body.c_str());
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &ignore);
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
        handles.push_back(handle);
    }
    return [multi, handles] {
        for (CURL* each : handles) curl_multi_add_handle(multi, each);
        for (int running = 1; running > 0;) {
            curl_multi_perform(multi, &running);
            if (running > 0) curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left))
            if (message->data.result != CURLE_OK) fail(curl_easy_strerror(message->data.result));
        for (CURL* each : handles) {
            long status = 0;
            curl_easy_getinfo(each, CURLINFO_RESPONSE_CODE, &status);
            if (status != 200) fail("status " + std::to_string(status));
            curl_multi_remove_handle(multi, each);
        }
    };
}

} // namespace

int main(int count, char** words) {
    if (count != 4) return 2;
    std::ifstream file("benchmarks/data/location.json");
    const std::string body{std::istreambuf_iterator<char>(file), {}};
    const bool is_incar = words[3] == std::string("incar");
    const round push = is_incar ? through_incar(words[1], body) : by_curl_alone(words[1], body);
    const int rounds = std::atoi(words[2]);
    double before = 0;
    for (int i = 0; i < warm_up + rounds; ++i) {
        if (i == warm_up) before = cpu_microseconds();
        push();
    }
    std::printf("%.1f\n", (cpu_microseconds() - before) / rounds / receivers);
}
