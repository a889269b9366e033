#pragma once

/// \file
/// What a PUT or PATCH makes of a stored object, on JSON texts: a hub changes objects without taking them apart, and
/// keeps members, digits and spellings that it does not know.
///
///     object_path path{"NO", "FJD", "quay-7", "e-1"};                     // .../locations/NO/FJD/quay-7/e-1
///     expected<change> changed = patch(resource::location, path, stored,
///     R"({"status":"CHARGING","last_updated":"..."})"); if (!changed) return changed.error(); // status 2001, or 2003
///     for what is not there if (!changed->outdated) store(changed->text);
///
/// The rules of OCPI 2.2.1, where its text leaves them open as incar reads them:
/// - A body has `last_updated`. Ids in the body are those of the URL, compared without case.
/// - PUT replaces the whole object. Members of the stored one that the body lacks are gone, unknown ones too; so a
///   Session without `charging_periods` has none from then on.
/// - PATCH changes the members it has, unknown ones too, and no others. That holds inside objects as well: a patch of
///   `coordinates/latitude` leaves `longitude` alone.
/// - PATCH replaces lists, for it has no way to name an element. Two exceptions: `charging_periods` of a Session are
///   appended (a period that is there already, digit for digit, is not appended again, so that a request may be
///   repeated), and the series of an SCOptimisation are merged by `time_slot`.
/// - null in a PATCH is no way to delete: OCPI gives it no meaning. The member stays as it is, or absent, and its place
///   is reported.
/// - PUT and PATCH of an EVSE or Connector change the stored Location: the element is inserted or replaced by its id,
///   and the `last_updated` of what is around it is raised, never lowered.
/// - A body that is older than what is stored is merged and reported: whether to take it is the caller's choice.
///
/// All functions are pure. Any number of threads may call them at once.

#include <incar/core/json.hpp>
#include <incar/ocpi/codec.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace incar::ocpi {

/// What can be put or patched: the objects that one party owns and others keep a copy of.
enum class resource {
    location,        ///< Also its EVSEs and their Connectors.
    session,         ///< Its charging periods are appended by PATCH.
    tariff,          ///< PUT only.
    token,           ///< Its id is `uid`.
    client_info,     ///< PUT only; has no id of its own.
    sc_optimisation, ///< Extension by SMAC.
};

/// The ids in the URL of a request. What is empty is not compared with the body.
struct object_path {
    std::string country_code;
    std::string party_id;
    std::string id;
    std::string evse_uid;     ///< Of a Location: the body is an EVSE of it, or a Connector of that.
    std::string connector_id; ///< With `evse_uid`: the body is a Connector.
};

/// What came of a request.
struct change {
    std::string text;                 ///< The whole object from now on, a Location for EVSEs and Connectors.
    bool created = false;             ///< Nothing of that id was there before: HTTP status 201.
    bool outdated = false;            ///< `last_updated` of the body is earlier than that of what it changes.
    std::vector<std::string> ignored; ///< Pointers of the nulls in a PATCH, which change nothing.
};

/// Puts the body at its place. `stored` is the object as it was, for an EVSE or Connector the Location that it belongs
/// to; none when there is no such object yet.
///
/// Errors, all with a pointer into the body: errc::missing and errc::malformed for `last_updated` and ids,
/// errc::inconsistent for an id that is not that of the URL, errc::wrong_type for what is no object; these are OCPI's
/// status 2001. errc::not_found for an EVSE without stored Location, or a Connector without stored EVSE: status 2003.
/// What `json::parse` finds wrong with the body, which is HTTP status 400; with a stored text, whose pointer then
/// begins with "/stored".
INCAR_OCPI_EXPORT expected<change> put(resource, const object_path& path, std::optional<std::string_view> stored,
                                       std::string_view body, const json::limits& limits = {});

/// Changes what is stored by the members of the body. Errors as `put`; errc::not_found also when the EVSE or Connector
/// is not there. What the body would break is not judged: see `validate`.
INCAR_OCPI_EXPORT expected<change> patch(resource, const object_path& path, std::string_view stored,
                                         std::string_view body, const json::limits& limits = {});

/// The same on a struct: `T` is location, session, token or sc_optimisation of a version. The struct is changed as a
/// whole or, with an error, not at all. Errors also of `decode`, exactly, for the patched object.
template <class T>
expected<change> patch_object(resource what, const object_path& path, T& object, std::string_view body,
                              const json::limits& limits = {}) {
    auto changed = patch(what, path, std::string_view(encode(object)), body, limits);
    if (!changed) return changed.error();
    auto read = decode<T>(changed->text, {reading::exact, {changed->text.size(), limits.max_depth}});
    if (!read) return read.error();
    object = std::move(*read);
    return changed;
}

} // namespace incar::ocpi
