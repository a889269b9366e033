#include "core.hpp"
#include "object_modules.hpp"

namespace incar::ocpi_client {
namespace {

std::vector<std::string> segments_of(const object_path& path) {
    std::vector<std::string> segments = {path.owner.country_code.text(), path.owner.party_id.text()};
    for (const std::string& each : {path.id, path.evse_uid, path.connector_id})
        if (!each.empty()) segments.push_back(each);
    return segments;
}

call about(const object_path& path, const char* method, std::string body = "") {
    call request;
    request.method = method;
    request.module = path.module;
    request.side = interface_role::receiver;
    request.segments = segments_of(path);
    request.body = std::move(body);
    if (path.module == "tokens" && !path.token_type.empty() && path.token_type != "RFID")
        request.parameters.push_back({"type", path.token_type});
    return request;
}

outcome<answer> taking_data(outcome<std::string> done) {
    return [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        if (!from->body.data) return done(error{errc::missing, "/data", "the partner sent no object"});
        done(*from->body.data);
    };
}

// Reads pages until there are none left, one after the other.
struct puller : std::enable_shared_from_this<puller> {
    party* self;
    page_reader pages;
    recipient to;
    std::function<expected<void>(const std::string&)> take;
    std::size_t max_pages;
    pull_summary summary;
    std::function<void(const net::url&, std::function<void(expected<net::http_response>)>)> get;
    outcome<pull_summary> done;

    puller(party* owner, page_reader reader, recipient whom)
        : self(owner), pages(std::move(reader)), to(std::move(whom)) {}

    void step() {
        if (!pages.next()) return done(summary);
        if (summary.pages == max_pages)
            return done(error{errc::limit_exceeded, "", "the list has more pages than are accepted"});
        get(*pages.next(), [me = shared_from_this()](expected<net::http_response> response) {
            if (!response) return me->done(response.error());
            const auto objects = me->pages.take(*response);
            if (!objects) return me->done(objects.error());
            for (std::size_t i = 0; i < objects->size(); ++i) {
                if (auto taken = me->take((*objects)[i]); !taken) {
                    error why = taken.error();
                    why.where = "/" + std::to_string(me->summary.pages) + "/" + std::to_string(i) + why.where;
                    me->summary.refused.push_back(std::move(why));
                } else {
                    ++me->summary.objects;
                }
            }
            ++me->summary.pages;
            me->step();
        });
    }
};

} // namespace

template <class T>
expected<void> party::own(const T& object) {
    const identity self = identity_of(object);
    if (!core_->is_ours(self.path.owner))
        return error{errc::inconsistent, "/party_id", format(self.path.owner) + " is none of our roles"};
    return core_->ports.objects.save({stored_key(self.path), self.last_updated, ocpi::encode(object), self.audience});
}

template <class T>
void party::push(const recipient& to, const T& object, outcome<void> done) {
    send(to, about(identity_of(object).path, "PUT", ocpi::encode(object)), ignoring_data(std::move(done)));
}

void party::push(const recipient& to, const object_path& location, const v221::evse& object, outcome<void> done) {
    object_path path = location;
    path.module = "locations";
    path.evse_uid = object.uid.text();
    path.connector_id.clear();
    send(to, about(path, "PUT", ocpi::encode(object)), ignoring_data(std::move(done)));
}

void party::push(const recipient& to, const object_path& evse, const v221::connector& object, outcome<void> done) {
    object_path path = evse;
    path.module = "locations";
    path.connector_id = object.id.text();
    send(to, about(path, "PUT", ocpi::encode(object)), ignoring_data(std::move(done)));
}

void party::patch(const recipient& to, const object_path& path, const std::string& changes, outcome<void> done) {
    send(to, about(path, "PATCH", changes), [this, to, path, done = std::move(done)](expected<answer> from) {
        if (from) return done({});
        if (from.error().code != errc::not_found) return done(from.error());
        // They do not have it: send the whole of it (4.1.4.4).
        const auto stored = core_->ports.objects.find(stored_key(path));
        if (!stored) return done(stored.error());
        if (!*stored) return done(from.error());
        object_path whole = path;
        whole.evse_uid.clear();
        whole.connector_id.clear();
        send(to, about(whole, "PUT", (*stored)->text), ignoring_data(done));
    });
}

void party::remove(const recipient& to, const object_path& path, outcome<void> done) {
    send(to, about(path, "DELETE"), ignoring_data(std::move(done)));
}

void party::post(const recipient& to, const v221::cdr& record, outcome<std::string> done) {
    call request;
    request.method = "POST";
    request.module = "cdrs";
    request.body = ocpi::encode(record);
    send(to, request, [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        const std::string* location = from->headers.find("Location");
        done(location ? *location : std::string());
    });
}

void party::get_pushed(const recipient& to, const object_path& path, outcome<std::string> done) {
    send(to, about(path, "GET"), taking_data(std::move(done)));
}

void party::get(const recipient& to, const object_path& path, outcome<std::string> done) {
    call request = about(path, "GET");
    request.side = interface_role::sender;
    request.segments.erase(request.segments.begin(), request.segments.begin() + 2);
    send(to, request, taking_data(std::move(done)));
}

template <class T>
void party::pull(const recipient& to, const window& wanted, std::function<void(T)> each, outcome<pull_summary> done) {
    call request;
    request.module = identity_of(T{}).path.module;
    request.side = interface_role::sender;
    const auto first = core_->prepare(to, request);
    if (!first) return done(first.error());
    const auto reader = std::make_shared<puller>(this, page_reader(with_window(first->url, wanted)), to);
    reader->max_pages = core_->options.max_pages;
    reader->take = [each = std::move(each)](const std::string& text) -> expected<void> {
        auto object = ocpi::decode<T>(text);
        if (!object) return object.error();
        each(std::move(*object));
        return {};
    };
    reader->get = [core = core_.get(), to, request](const net::url& page, auto then) {
        auto prepared = core->prepare(to, request);
        if (!prepared) return then(prepared.error());
        prepared->url = page;
        core->transmit(std::move(*prepared), std::move(then));
    };
    reader->done = std::move(done);
    reader->step();
}

void party::authorize(const recipient& to, const std::string& uid, v221::token_type type,
                      const std::optional<v221::location_references>& where, outcome<v221::authorization_info> done) {
    call request;
    request.method = "POST";
    request.module = "tokens";
    request.side = interface_role::sender;
    request.segments = {uid, "authorize"};
    request.parameters = {{"type", std::string(ocpi::open_enum<v221::token_type>(type).text())}};
    if (where) request.body = ocpi::encode(*where);
    send(to, request, decoding<v221::authorization_info>(std::move(done)));
}

void party::set_charging_preferences(const recipient& to, const std::string& session_id,
                                     const v221::charging_preferences& wishes,
                                     outcome<ocpi::open_enum<v221::charging_preferences_response>> done) {
    call request;
    request.method = "PUT";
    request.module = "sessions";
    request.side = interface_role::sender;
    request.segments = {session_id, "charging_preferences"};
    request.body = ocpi::encode(wishes);
    send(to, request, [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        const auto word = json::parse(from->body.data.value_or("null"));
        if (!word) return done(word.error());
        const std::string* text = word->as_string();
        if (!text) return done(error{errc::wrong_type, "/data", "a word is needed"});
        done(ocpi::open_enum<v221::charging_preferences_response>(*text));
    });
}

#define INCAR_OBJECT(type)                                                                                             \
    template INCAR_OCPI_CLIENT_EXPORT expected<void> party::own(const v221::type&);                                    \
    template INCAR_OCPI_CLIENT_EXPORT void party::pull(const recipient&, const window&,                                \
                                                       std::function<void(v221::type)>, outcome<pull_summary>);
#define INCAR_PUSHED(type)                                                                                             \
    template INCAR_OCPI_CLIENT_EXPORT void party::push(const recipient&, const v221::type&, outcome<void>);
INCAR_OBJECT(location)
INCAR_OBJECT(session)
INCAR_OBJECT(cdr)
INCAR_OBJECT(tariff)
INCAR_OBJECT(token)
INCAR_OBJECT(sc_optimisation)
INCAR_OBJECT(client_info)
INCAR_PUSHED(location)
INCAR_PUSHED(session)
INCAR_PUSHED(tariff)
INCAR_PUSHED(token)
INCAR_PUSHED(sc_optimisation)
INCAR_PUSHED(client_info)

} // namespace incar::ocpi_client
