// One suite for every store: random work beside a model that keeps a plain list and looks at all of it.

#include "store/folder.hpp"

#include <incar/adapters/sqlite.hpp>
#include <incar/core/ci_string.hpp>
#include <incar/store/object_store.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace incar;
using namespace incar::store;

namespace {

struct model {
    std::vector<stored_object> objects; // in the order of their first saves
    std::vector<stored_object> committed;

    static bool same(const object_key& left, const object_key& right) {
        return equals_ignoring_case(left.kind, right.kind) && equals_ignoring_case(left.owner, right.owner) &&
               equals_ignoring_case(left.id, right.id);
    }
    void save(const stored_object& object) {
        for (auto& each : objects)
            if (same(each.key, object.key)) {
                each = object;
                return;
            }
        objects.push_back(object);
    }
    bool erase(const object_key& key) {
        const auto gone =
            std::remove_if(objects.begin(), objects.end(), [&](const auto& each) { return same(each.key, key); });
        const bool was_there = gone != objects.end();
        objects.erase(gone, objects.end());
        return was_there;
    }
    std::vector<std::string> list(const object_query& query) const {
        const auto among = [](const std::vector<std::string>& all, const std::string& one) {
            return std::any_of(all.begin(), all.end(),
                               [&](const auto& each) { return equals_ignoring_case(each, one); });
        };
        std::vector<stored_object> found;
        for (const auto& each : objects)
            if (!each.removed && equals_ignoring_case(each.key.kind, query.kind) &&
                (query.owners.empty() || among(query.owners, each.key.owner)) &&
                !among(query.without_owners, each.key.owner) &&
                (query.audiences.empty() || each.audience.empty() || among(query.audiences, each.audience)) &&
                (!query.date_from || each.last_updated >= *query.date_from) &&
                (!query.date_to || each.last_updated < *query.date_to))
                found.push_back(each);
        std::stable_sort(found.begin(), found.end(),
                         [](const auto& left, const auto& right) { return left.last_updated < right.last_updated; });
        std::vector<std::string> texts;
        for (const auto& each : found) texts.push_back(each.text);
        return texts;
    }
};

void work(object_store now, std::uint32_t seed, const std::function<object_store()>& reopen = nullptr) {
    std::mt19937 random(seed);
    const auto upto = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const char* kinds[] = {"a", "b"};
    const char* owners[] = {"NL*AAA", "nl*aaa", "DE*BBB", "FR*CCC"};
    const char* audiences[] = {"", "X", "x", "Y"};
    model expected_state;
    std::uint64_t last_revision = 0;
    for (int step = 0; step < 400; ++step) {
        const object_key key{kinds[upto(2)], owners[upto(4)], std::string(1, static_cast<char>('a' + upto(12)))};
        const unsigned what = upto(20);
        if (upto(2)) { // as who changes an object looks at it before
            const auto& all = expected_state.objects;
            const auto known =
                std::find_if(all.begin(), all.end(), [&](const auto& each) { return model::same(each.key, key); });
            const auto found = now.find(key).value();
            CHECK(found.has_value() == (known != all.end()));
            if (found && known != all.end()) CHECK(found->text == known->text);
        }
        if (what < 12) {
            stored_object object;
            object.key = key;
            object.last_updated = timestamp() + std::chrono::milliseconds(upto(30));
            object.text = "text " + std::to_string(step);
            object.audience = audiences[upto(4)];
            object.removed = upto(6) == 0;
            REQUIRE(now.save(object));
            expected_state.save(object);
            const auto kept = now.find(key).value();
            REQUIRE(kept);
            CHECK(kept->text == object.text);
            CHECK(kept->removed == object.removed);
            CHECK(kept->revision > last_revision);
            last_revision = kept->revision;
        } else if (what < 14) {
            CHECK(now.erase(key).value() == expected_state.erase(key));
        } else if (what < 18) {
            object_query query;
            query.kind = kinds[upto(2)];
            if (upto(2)) query.owners = {owners[upto(4)], owners[upto(4)]};
            if (upto(3) == 0) query.without_owners = {owners[upto(4)]};
            if (upto(2)) query.audiences = {audiences[1 + upto(3)]};
            if (upto(2)) query.date_from = timestamp() + std::chrono::milliseconds(upto(30));
            if (upto(2)) query.date_to = timestamp() + std::chrono::milliseconds(upto(30));
            const auto wanted = expected_state.list(query);
            query.limit = 1 + upto(5);
            std::vector<std::string> found;
            do {
                const auto page = now.list(query).value();
                CHECK(page.total == wanted.size());
                for (const auto& each : page.objects) found.push_back(each.text);
                query.after = page.next;
            } while (!query.after.empty());
            CHECK(found == wanted);
            query.after.clear();
            query.offset = upto(6);
            const auto page = now.list(query).value();
            for (std::size_t i = 0; i < page.objects.size(); ++i)
                CHECK(page.objects[i].text == wanted.at(query.offset + i));
        } else if (now.commit) {
            if (upto(2)) {
                REQUIRE(now.commit());
                expected_state.committed = expected_state.objects;
                if (reopen && upto(4) == 0) {
                    now = {};
                    now = reopen();
                }
            } else {
                REQUIRE(now.rollback());
                expected_state.objects = expected_state.committed;
                last_revision = 0; // those of a batch that is forgotten may come again
            }
        }
    }
    // Every object once, by revision, removed ones too.
    std::vector<std::string> changed, wanted;
    for (std::uint64_t after = 0;;) {
        const auto some = now.changes(after, {}, 7).value();
        if (some.objects.empty()) break;
        for (const auto& each : some.objects) {
            CHECK(each.revision > after);
            after = each.revision;
            changed.push_back(each.text);
        }
    }
    for (const auto& each : expected_state.objects) wanted.push_back(each.text);
    std::sort(changed.begin(), changed.end());
    std::sort(wanted.begin(), wanted.end());
    CHECK(changed == wanted);
}

} // namespace

TEST_CASE("a store in memory does as its contract says") {
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        work(memory_store(), seed);
        work(memory_store(commit_mode::by_caller), seed);
    }
}

TEST_CASE("a store in a SQLite file does as its contract says, also when it is opened again") {
    for (std::uint32_t seed = 0; seed < 20; ++seed)
        for (const commit_mode mode : {commit_mode::each_save, commit_mode::by_caller}) {
            CAPTURE(seed);
            const folder here;
            adapters::sqlite_options options;
            options.file = here.file("objects.db");
            options.durability = adapters::sqlite_durability::normal;
            options.commits = mode;
            const auto open = [&] { return adapters::sqlite_store::open(options).value().port(); };
            work(open(), seed, mode == commit_mode::by_caller ? std::function<object_store()>(open) : nullptr);
        }
}

TEST_CASE("a SQLite file refuses what is no store, and a second process") {
    const folder here;
    adapters::sqlite_options options;
    CHECK(adapters::sqlite_store::open(options).error().code == errc::missing);
    options.file = (here.path / "missing" / "objects.db").string();
    CHECK(adapters::sqlite_store::open(options).error().code == errc::unavailable);
    options.file = here.file("objects.db");
    const auto first = adapters::sqlite_store::open(options);
    REQUIRE(first);
    CHECK(adapters::sqlite_store::open(options).error().code == errc::unavailable);
}
