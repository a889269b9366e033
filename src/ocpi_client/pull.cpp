#include "ocpi_client/core.hpp"

#include <incar/ocpi_client/object_modules.hpp>

namespace incar::ocpi_client {
namespace {

outcome<answer> taking_data(outcome<std::string> done) {
    return [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        if (!from->body.data) return done(error{errc::missing, "/data", "the partner sent no object"});
        done(sole_data(*from));
    };
}

// Reads pages until there are none left, one after the other.
struct puller : std::enable_shared_from_this<puller> {
    page_reader pages;
    std::size_t max_pages;
    json::limits limits;
    std::function<void(const net::url&, std::function<void(expected<net::http_response>)>)> get;
    std::function<expected<void>(const std::string&)> take;
    std::function<bool()> is_over; // the party is destroyed
    outcome<pull_summary> done;
    pull_summary summary;

    explicit puller(page_reader reader) : pages(std::move(reader)) {}

    // Asks for the next page. A client that answers before `get` returns must not make this deeper with each page.
    void run() {
        for (bool at_once = true; at_once;) {
            summary.total = pages.total();
            if (!pages.next()) return done(summary);
            if (summary.pages == max_pages)
                return done(error{errc::limit_exceeded, "", "the list has more pages than are accepted"});
            at_once = false;
            const auto inside = std::make_shared<bool>(true);
            get(*pages.next(), [me = shared_from_this(), inside, &at_once](expected<net::http_response> response) {
                const bool good = me->add(std::move(response));
                if (*inside)
                    at_once = good;
                else if (good)
                    me->run();
            });
            *inside = false;
        }
    }

    // Hands the objects of a page over; false when that was the end.
    bool add(expected<net::http_response> response) {
        if (!response) return done(response.error()), false;
        const auto objects = pages.take(*response, limits);
        if (!objects) return done(objects.error()), false;
        for (std::size_t i = 0; i < objects->size(); ++i) {
            const auto taken = take((*objects)[i]);
            if (is_over()) return false;
            if (taken) {
                ++summary.objects;
                continue;
            }
            error why = taken.error();
            why.where = "/" + std::to_string(summary.pages) + "/" + std::to_string(i) + why.where;
            summary.refused.push_back(std::move(why));
        }
        ++summary.pages;
        return true;
    }
};

} // namespace

void party::get_pushed(const recipient& to, const object_path& path, outcome<std::string> done) {
    core_->send(to, asking_for_pushed(path), taking_data(std::move(done)));
}

void party::get(const recipient& to, const object_path& path, outcome<std::string> done) {
    call request = asking_for_pushed(path);
    request.side = interface_role::sender;
    request.segments.erase(request.segments.begin(), request.segments.begin() + 2);
    core_->send(to, request, taking_data(std::move(done)));
}

void party::core::pull(const recipient& to, const std::string& module, window wanted,
                       std::function<expected<void>(const std::string&)> take, outcome<pull_summary> done) {
    const auto alive = shared_from_this();
    call request;
    request.module = module;
    request.side = interface_role::sender;
    if (module == "sessions" && !wanted.date_from) wanted.date_from = timestamp(); // it is required there
    const auto first = prepare(to, request);
    if (!first) return done(first.error());
    const bool has_links = !partners.at(to.partner).habits.breaks_links;
    const auto reader = std::make_shared<puller>(
        page_reader(with_window(first->url, wanted), has_links ? paging::by_link : paging::by_offset));
    reader->max_pages = options.max_pages;
    reader->limits = json::limits{options.limits.max_body_bytes};
    reader->take = std::move(take);
    reader->get = [this, to, request](const net::url& page, auto then) {
        auto prepared = prepare(to, request);
        if (!prepared) return then(prepared.error());
        prepared->url = page;
        transmit(std::move(*prepared), std::move(then));
    };
    reader->is_over = [this] { return closed; };
    reader->done = std::move(done);
    reader->run();
}

template <class T>
void party::pull(const recipient& to, const window& wanted, std::function<void(T)> each, outcome<pull_summary> done) {
    const auto take = [each = std::move(each)](const std::string& text) -> expected<void> {
        auto object = ocpi::decode<T>(text);
        if (!object) return object.error();
        each(std::move(*object));
        return {};
    };
    core_->pull(to, identity_of(T{}).path.module, wanted, take, std::move(done));
}

template <class T>
void party::pull_leniently(const recipient& to, const window& wanted,
                           std::function<void(T, std::vector<ocpi::finding>)> each, outcome<pull_summary> done) {
    const auto take = [each = std::move(each), how = core_->options.strictness](const std::string& text) {
        auto object = ocpi::decode<T>(text, {ocpi::reading::lenient});
        if (!object) return expected<void>(object.error());
        auto wrong = ocpi::validate(*object, ocpi::edition::v2_2_1, how);
        each(std::move(*object), std::move(wrong));
        return expected<void>();
    };
    core_->pull(to, identity_of(T{}).path.module, wanted, take, std::move(done));
}

template <class T>
expected<void> party::keep(const std::string& name, const T& object) {
    const identity self = identity_of(object);
    const partner* peer = core_->find_registered(name);
    if (!peer) return error{errc::not_found, name, "there is no connection to this partner"};
    if (!core_->may_own(*peer, self.path.module, self.path.owner))
        return error{errc::inconsistent, "/party_id", format(self.path.owner) + " is none of the partner's parties"};
    const auto wrong = ocpi::validate(object, ocpi::edition::v2_2_1, core_->options.strictness);
    if (!wrong.empty())
        return error{ocpi::status_code::invalid_parameters, wrong.front().pointer, wrong.front().message};
    const store::object_key key = stored_key(self.path);
    const auto stored = core_->ports.objects.find(key);
    if (!stored) return stored.error();
    if (*stored && self.last_updated < (*stored)->last_updated) return {};
    return core_->ports.objects.save({key, self.last_updated, ocpi::encode(object), ""});
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
    core_->send(to, request, decoding<v221::authorization_info>(std::move(done)));
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
    core_->send(to, request, [done = std::move(done)](expected<answer> from) {
        if (!from) return done(from.error());
        const auto word = json::parse(sole_data(*from));
        if (!word) return done(word.error());
        const std::string* text = word->as_string();
        if (!text) return done(error{errc::wrong_type, "/data", "a word is needed"});
        done(ocpi::open_enum<v221::charging_preferences_response>(*text));
    });
}

#define INCAR_PULL(type)                                                                                               \
    template INCAR_OCPI_CLIENT_EXPORT expected<void> party::keep(const std::string&, const v221::type&);               \
    template INCAR_OCPI_CLIENT_EXPORT void party::pull(const recipient&, const window&,                                \
                                                       std::function<void(v221::type)>, outcome<pull_summary>);        \
    template INCAR_OCPI_CLIENT_EXPORT void party::pull_leniently(                                                      \
        const recipient&, const window&, std::function<void(v221::type, std::vector<ocpi::finding>)>,                  \
        outcome<pull_summary>);
INCAR_PULL(location)
INCAR_PULL(session)
INCAR_PULL(cdr)
INCAR_PULL(tariff)
INCAR_PULL(token)
INCAR_PULL(sc_optimisation)
INCAR_PULL(client_info)

} // namespace incar::ocpi_client
