#pragma once

/// \file
/// The port through which incar keeps objects: texts with an owner, an id and the time of their last change. Any
/// functions that honour the contract will do; `memory_store` is a set of them that forgets when it is destroyed.
///
///     const store::object_store objects = store::memory_store();
///     objects.save({{"tariffs", "NL*TNM", "14"}, last_updated, text}).value();
///     store::object_query query;
///     query.kind = "tariffs";
///     query.date_from = yesterday;
///     do {                                                     // everything, page by page
///         const store::object_page page = objects.list(query).value();
///         show(page.objects);
///         query.after = page.next;
///     } while (!query.after.empty());

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/store/export.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace incar::store {

/// What an object is found by. The three texts are compared without case (ASCII).
struct object_key {
    std::string kind;  ///< What it is, for example "locations".
    std::string owner; ///< Whose it is, for example "NL*TNM".
    std::string id;    ///< Unique among the owner's objects of the kind.
};

/// An object as it is kept.
struct stored_object {
    object_key key;
    timestamp last_updated;
    std::string text;     ///< The object itself, as its protocol writes it.
    std::string audience; ///< The one party that may see it; "" for all. Compared without case.
    bool removed = false; ///< Gone, and kept so that those who had it can be told. `list` leaves it out.
    std::uint64_t revision =
        0; ///< Set by the store: greater with each save in the whole store; never used again once committed.
};

/// Which objects to list. An empty member does not restrict.
struct object_query {
    std::string kind;                        ///< Required.
    std::vector<std::string> owners;         ///< Of any of these.
    std::vector<std::string> without_owners; ///< Of none of these.
    std::vector<std::string> audiences;      ///< For all, or for any of these; empty: whoever they are for.
    std::optional<timestamp> date_from;      ///< Last updated then or later.
    std::optional<timestamp> date_to;        ///< Last updated before.
    std::string after;                       ///< An `object_page::next`: only what follows that page.
    std::size_t offset = 0;                  ///< Leave out so many; takes longer the more they are, `after` does not.
    std::size_t limit = 100;                 ///< Return at most so many.
    bool count = true;                       ///< Whether `object_page::total` is wanted.
};

/// Some of the objects that a query matches.
struct object_page {
    std::vector<stored_object> objects; ///< By `last_updated`, those of one instant as they were first saved.
    std::size_t total = 0;              ///< How many match, whatever `after`, `offset` and `limit` say.

    /// Where the next page begins, for `object_query::after`; "" when nothing follows, or nothing was to be returned.
    /// It stays good while objects come, change and go: an object that is saved with a later `last_updated` meanwhile
    /// moves towards the end, so that whoever follows `next` meets each one at least once.
    std::string next;
};

/// What was saved since a revision.
struct object_changes {
    std::vector<stored_object> objects; ///< By revision; each once, as it is now, removed ones included.
    std::uint64_t revision = 0;         ///< Up to where this tells, for the next `changes`.
};

/// A store, by functions. Copies share their objects. Each function is whole or nothing: when it fails, the store is as
/// before. Errors: incar::errc::unavailable when the store cannot serve, incar::errc::malformed at "/after".
///
/// Without `commit` a save is durable when it returns. With `commit`, saves and erasures form a batch: they are seen at
/// once by `find`, `list` and `changes`, and are durable when `commit` returns. When a save or an erasure of a batch
/// fails the caller rolls back; until then the store may refuse to serve.
struct object_store {
    /// The object, removed or not.
    std::function<expected<std::optional<stored_object>>(const object_key&)> find;

    /// Adds, or replaces the one with this key. What it says about its revision does not matter.
    std::function<expected<void>(stored_object)> save;

    /// Forgets the object, removed or not, without a trace in `changes`. Whether there was one.
    std::function<expected<bool>(const object_key&)> erase;

    std::function<expected<object_page>(const object_query&)> list;

    /// At most `limit` (> 0) objects of these kinds, of all when there are none, that were saved after that revision; 0
    /// is before everything. Whoever keeps a revision outside the store keeps it after `commit` only.
    std::function<expected<object_changes>(std::uint64_t after_revision, const std::vector<std::string>& kinds,
                                           std::size_t limit)>
        changes;

    std::function<expected<void>()> commit;   ///< When it fails, nothing of the batch is left.
    std::function<expected<void>()> rollback; ///< Forgets what came since the last commit. Set where `commit` is.
};

/// When a save is durable.
enum class commit_mode {
    each_save, ///< When it returns.
    by_caller, ///< When `object_store::commit` returns.
};

/// A store in memory. Its functions are used by one thread at a time.
INCAR_STORE_EXPORT object_store memory_store(commit_mode commits = commit_mode::each_save);

} // namespace incar::store
