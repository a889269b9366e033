#pragma once

/// \file
/// The modules about objects that are pushed and listed, as a table: what a party or a hub needs to take a PUT, PATCH,
/// POST or DELETE of any of them.
///
///     const object_module* kind = find_object_module("sessions");
///     const auto next = change_object(*kind, path, stored, request.body, request.method == "PATCH", strictness);

#include <incar/ocpi/patch.hpp>
#include <incar/ocpi/v221/cdrs.hpp>
#include <incar/ocpi/v221/hub_client_info.hpp>
#include <incar/ocpi/v221/sc_optimisations.hpp>
#include <incar/ocpi/validate.hpp>
#include <incar/ocpi_client/export.hpp>
#include <incar/ocpi_client/request.hpp>
#include <incar/store/object_store.hpp>

namespace incar::ocpi_client {

/// What an object says about itself.
struct identity {
    object_path path;
    timestamp last_updated;
    std::string audience; ///< The only party that may see it, "" for all.
};

/// What may be done with the objects of a module, by those who own them at those who receive them.
struct object_module {
    const char* module;
    bool is_put;
    bool is_patched;
    bool is_removed;
    bool is_posted;
    ocpi::resource resource; ///< Unless it is posted.

    /// Decodes and checks. Errors: those of `ocpi::decode`, status_code::invalid_parameters for what is refused.
    expected<identity> (*identify)(const std::string& text, ocpi::strictness how);
};

/// Null for a module that is not about objects.
INCAR_OCPI_CLIENT_EXPORT const object_module* find_object_module(std::string_view module);

/// The key under which an object is stored: the module, "NL*TNM", the id; of tokens "UID/TYPE".
INCAR_OCPI_CLIENT_EXPORT store::object_key stored_key(const object_path& path);

/// Whether two paths name the same object, parts of it aside.
INCAR_OCPI_CLIENT_EXPORT bool same_object(const object_path& left, const object_path& right);

/// The location, the EVSE or the connector that a path names, as JSON. Errors: errc::not_found.
INCAR_OCPI_CLIENT_EXPORT expected<std::string> part_of(const std::string& location, const object_path& path);

/// An object from now on.
struct changed_object {
    std::string text; ///< A location for EVSEs and connectors.
    timestamp last_updated;
    bool created = false;  ///< As of `ocpi::change`.
    bool outdated = false; ///< As of `ocpi::change`.
};

/// What a PUT or PATCH makes of the stored object, decoded and checked. A whole object that is put is kept byte by
/// byte. Errors: as for `ocpi::put`, `ocpi::patch` and `object_module::identify`; status_code::invalid_parameters when
/// the result is not the object that the path names; errc::unavailable for a stored object that cannot be read.
INCAR_OCPI_CLIENT_EXPORT expected<changed_object> change_object(const object_module& kind, const object_path& path,
                                                                const std::optional<store::stored_object>& stored,
                                                                const std::string& body, bool is_patch,
                                                                ocpi::strictness how);

/// What an object says about itself.
INCAR_OCPI_CLIENT_EXPORT identity identity_of(const v221::location& object);
INCAR_OCPI_CLIENT_EXPORT identity identity_of(const v221::session& object);
INCAR_OCPI_CLIENT_EXPORT identity identity_of(const v221::cdr& object);
INCAR_OCPI_CLIENT_EXPORT identity identity_of(const v221::tariff& object);
INCAR_OCPI_CLIENT_EXPORT identity identity_of(const v221::token& object);
INCAR_OCPI_CLIENT_EXPORT identity identity_of(const v221::sc_optimisation& object);
INCAR_OCPI_CLIENT_EXPORT identity identity_of(const v221::client_info& object);

} // namespace incar::ocpi_client
