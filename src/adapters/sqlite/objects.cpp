#include "adapters/sqlite/objects.hpp"
#include "adapters/sqlite/schema.hpp"

#include <utility>

namespace incar::adapters {

using namespace sqlite;
using store::object_key;
using store::stored_object;

sqlite_store::objects::objects(const sqlite_options& options)
    : file_(options.file), busy_time_limit_(options.busy_time_limit),
      commits_each_(options.commits == store::commit_mode::each_save), lock_(options.file + "-lock"),
      db_(open_file(options)), wal_(options.file, options.wal_mb) {
    sqlite3_wal_hook(db_.handle(), &grown, &wal_pages_);
    revision_ = static_cast<std::uint64_t>(db_.number(sql::latest));
    for (const std::int64_t kind : scopes_.kinds({}))
        if (const auto last = lists_.last(-kind))
            revision_ = std::max(revision_, static_cast<std::uint64_t>(last->place));
}

expected<std::optional<stored_object>> sqlite_store::objects::find(const object_key& key) {
    return reading([&]() -> expected<std::optional<stored_object>> {
        const auto at = place(key);
        found_.emplace(key, at);
        if (!at) return std::optional<stored_object>();
        return std::optional<stored_object>(pages_.object(at->pk));
    });
}

expected<store::object_page> sqlite_store::objects::list(const store::object_query& query) {
    return at_once([&] { return pages_.list(query); });
}

expected<store::object_changes>
sqlite_store::objects::changes(std::uint64_t after, const std::vector<std::string>& kinds, std::size_t limit) {
    return at_once([&]() -> expected<store::object_changes> { return pages_.changes(after, kinds, limit, revision_); });
}

expected<void> sqlite_store::objects::save(const stored_object& object) {
    return changing([&]() -> expected<void> {
        const std::string id = lower(object.key.id);
        const auto before = place_before_change(object.key);
        const scope& in = scopes_.of(object.key, object.audience);
        const auto revision = static_cast<std::int64_t>(++revision_);
        const std::int64_t last_updated = object.last_updated.since_1970().count();
        const std::int64_t pk = before ? before->pk : revision;
        const auto write = [&](const auto& spelling) {
            if (before)
                replace_.run(pk, in.id, spelling, last_updated, revision, std::int64_t{object.removed}, object.text);
            else
                add_.run(pk, in.home_id, in.id, id, spelling, last_updated, revision, std::int64_t{object.removed},
                         object.text);
        };
        id == object.key.id ? write(nullptr) : write(object.key.id);
        if (before) leave(*before);
        lists_.add({-in.kind_id, revision, pk});
        if (object.removed) return {};
        lists_.add({in.id, last_updated, pk});
        scopes_.add(in.id, 1);
        return {};
    });
}

expected<bool> sqlite_store::objects::erase(const object_key& key) {
    return changing([&]() -> expected<bool> {
        const auto before = place_before_change(key);
        if (!before) return false;
        erase_.run(before->pk);
        leave(*before);
        erased_ = true;
        return true;
    });
}

std::optional<sqlite_store::objects::location> sqlite_store::objects::place(const object_key& key) {
    const std::int64_t home = scopes_.home(key);
    if (home < 0) return std::nullopt;
    const std::string id = lower(key.id);
    rows found = place_.with(home, std::string_view(id));
    if (!found.next()) return std::nullopt;
    return location{found.number(0), found.number(1), found.number(2), found.number(3), found.number(4) != 0};
}

// Who saves has mostly just looked for what is there.
std::optional<sqlite_store::objects::location> sqlite_store::objects::place_before_change(const object_key& key) {
    const auto found = std::exchange(found_, std::nullopt);
    const bool is_known =
        found && found->first.id == key.id && found->first.owner == key.owner && found->first.kind == key.kind;
    return is_known ? found->second : place(key);
}

void sqlite_store::objects::leave(const location& before) {
    lists_.supersede({-scopes_[before.scope_id].kind_id, before.revision, before.pk});
    if (before.removed) return;
    lists_.supersede({before.scope_id, before.last_updated, before.pk});
    scopes_.add(before.scope_id, -1);
}

} // namespace incar::adapters
