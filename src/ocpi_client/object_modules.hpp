#pragma once

// The modules about objects that are pushed and listed, as a table.

#include <incar/ocpi/patch.hpp>
#include <incar/ocpi_client/party.hpp>

namespace incar::ocpi_client {

// What an object says about itself.
struct identity {
    object_path path;
    timestamp last_updated;
    std::string audience; // the only party that may see it, "" for all
};

struct object_module {
    const char* module;
    bool is_put;
    bool is_patched;
    bool is_removed;
    bool is_posted;
    ocpi::resource resource;                                                       // unless it is posted
    expected<identity> (*identify)(const std::string& text, ocpi::strictness how); // decodes and checks
};

const object_module* find_object_module(std::string_view module);

std::string stored_id(const object_path& path);
store::object_key stored_key(const object_path& path);
bool same_object(const object_path& left, const object_path& right);

// The location, the EVSE or the connector that a path names, as JSON.
expected<std::string> part_of(const std::string& location, const object_path& path);

// What a PUT or PATCH makes of the stored object, a location for EVSEs and connectors.
expected<ocpi::change> merge(const object_module& kind, const object_path& path,
                             const std::optional<store::stored_object>& stored, const std::string& body, bool is_patch);

// GET of an object at its receiver.
call asking_for_pushed(const object_path& path);

identity identity_of(const v221::location& object);
identity identity_of(const v221::session& object);
identity identity_of(const v221::cdr& object);
identity identity_of(const v221::tariff& object);
identity identity_of(const v221::token& object);
identity identity_of(const v221::sc_optimisation& object);
identity identity_of(const v221::client_info& object);

} // namespace incar::ocpi_client
