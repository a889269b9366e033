#pragma once

/// \file
/// The port through which incar keeps objects: texts with an owner, an id and the time of their last change. Any four
/// functions that honour the contract will do; `memory_store` is a set of them that forgets when it is destroyed.
///
///     const store::object_store objects = store::memory_store();
///     objects.save({{"tariffs", "NL*TNM", "14"}, last_updated, text}).value();
///     store::object_query query;
///     query.kind = "tariffs";
///     query.date_from = yesterday;
///     const store::object_page changed = objects.list(query).value();

#include <incar/core/expected.hpp>
#include <incar/core/timestamp.hpp>
#include <incar/store/export.hpp>

#include <cstddef>
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
};

/// Which objects to list. An empty member does not restrict.
struct object_query {
    std::string kind;                   ///< Required.
    std::vector<std::string> owners;    ///< Of any of these.
    std::vector<std::string> audiences; ///< For all, or for any of these; empty: whoever they are for.
    std::optional<timestamp> date_from; ///< Last updated then or later.
    std::optional<timestamp> date_to;   ///< Last updated before.
    std::size_t offset = 0;             ///< Leave out so many.
    std::size_t limit = 100;            ///< Return at most so many.
};

/// Some of the objects that a query matches.
struct object_page {
    std::vector<stored_object> objects; ///< In the order in which they were first saved.
    std::size_t total = 0;              ///< How many match, whatever offset and limit say.
};

/// A store, by functions. Copies share their objects. Each function is whole or nothing: when it fails, the store is as
/// before. Errors: incar::errc::unavailable when the store cannot serve.
struct object_store {
    std::function<expected<std::optional<stored_object>>(const object_key&)> find;
    std::function<expected<void>(stored_object)> save;      ///< Adds, or replaces the one with this key in its place.
    std::function<expected<bool>(const object_key&)> erase; ///< Whether there was one.
    std::function<expected<object_page>(const object_query&)> list;
};

/// A store in memory. Its functions are used by one thread at a time.
INCAR_STORE_EXPORT object_store memory_store();

} // namespace incar::store
