#include "app/core.hpp"

#include <incar/ocpi/codec.hpp>

#include <algorithm>

namespace incar::app {
namespace {

using json::value;

// An app that repeats itself means the same command. Empty: it does not say so.
std::string request_name(const command_record& of) {
    if (of.request_id.empty()) return {};
    return lower_case(of.emsp + "\n" + of.uid + "\n") + of.request_id;
}

bool is_at(const command_record& of, const std::string& cpo, const std::string& location, const std::string& evse) {
    return equals_ignoring_case(of.cpo, cpo) && equals_ignoring_case(of.location_id, location) &&
           equals_ignoring_case(of.evse_uid, evse);
}

reply answer_for(const command_record& of) {
    reply out = of.answer;
    out.data = json::format(answer_of(of));
    return out;
}

} // namespace

expected<void> core::load_commands() {
    commands.clear();
    by_request.clear();
    store::object_query query;
    query.kind = command_kind;
    query.limit = 1000;
    query.count = false;
    do {
        const auto page = middle.view().objects.list(query);
        if (!page) return page.error();
        for (const store::stored_object& each : page->objects) {
            auto read = decode_command(each.text);
            if (!read) return read.error();
            if (const std::string name = request_name(*read); !name.empty()) by_request[name] = read->id;
            commands[read->id] = std::move(*read);
        }
        query.after = page->next;
    } while (!query.after.empty());
    return {};
}

expected<void> core::keep(const command_record& changed) {
    store::stored_object object;
    object.key = {command_kind, "", changed.id};
    object.last_updated = ports.clock();
    object.text = encode(changed);
    if (auto saved = middle.save(std::move(object)); !saved) return saved;
    commands[changed.id] = changed;
    return {};
}

timestamp core::forgotten_at(const command_record& of) const {
    return std::max(of.asked_at, of.expiry.value_or(of.asked_at)) + options.command_memory;
}

// The reservation of an EVSE that holds now.
const command_record* core::reservation_of(const std::string& cpo, const std::string& location,
                                           const std::string& evse) const {
    if (evse.empty()) return nullptr; // any EVSE: the CPO finds a free one
    const timestamp now = ports.clock();
    for (const auto& [id, each] : commands)
        if (each.word == "RESERVE_NOW" && !each.is_over && is_accepted(each) && each.expiry && now < *each.expiry &&
            is_at(each, cpo, location, evse))
            return &each;
    return nullptr;
}

void core::send_command(const asked& in, answer_with done) {
    auto made = order_of(in);
    if (!made) return done(refusal(made.error()));
    command_record& about = made->about;
    const std::string name = request_name(about);
    if (const auto before = by_request.find(name); before != by_request.end()) {
        const command_record& same = commands.at(before->second);
        if (same.word != about.word || same.wish != about.wish)
            return done(refusal({errc::inconsistent, "X-Request-ID", "another command had this id"}));
        waiters.push_back({same.id, false, std::nullopt, std::move(done)});
        return tell(before->second);
    }
    const std::string id = about.id;
    if (auto kept = keep(about); !kept) return done(refusal(kept.error()));
    if (!name.empty()) by_request[name] = id;
    waiters.push_back({id, false, std::nullopt, std::move(done)});
    if (made->instead) return take_answer(id, std::move(*made->instead));

    ocpi_client::caller who;
    who.from = ocpi::parse_party_key(about.emsp).value();
    who.to = made->cpo;
    who.request_id = id;
    if (const std::string* correlation = in.request.headers.find("X-Correlation-ID")) who.correlation_id = *correlation;
    ocpi_client::call request;
    request.method = "POST";
    request.module = "commands";
    request.segments = {about.word};
    request.body = std::move(made->body);
    middle.ask(std::move(who), std::move(request), [known = weak_from_this(), id](reply out) {
        if (const auto alive = known.lock(); alive && !alive->closed) alive->take_answer(id, std::move(out));
    });
}

void core::take_answer(const std::string& id, reply out) {
    const auto found = commands.find(id);
    if (found == commands.end()) return; // undone
    command_record changed = found->second;
    out.headers = {};
    const auto response = json::parse(out.data.value_or("null"));
    if (!response || !response->as_object()) out.data.reset();
    changed.answer = std::move(out);
    changed.is_answered = true;
    if (changed.word == "RESERVE_NOW" && !is_accepted(changed)) changed.is_over = true;
    if (auto kept = keep(changed); !kept) {
        ports.log({log_level::error, "app", "an answer could not be kept: " + format(kept.error())});
        commands[id] = changed;
    }
    tell(id);
}

void core::take_result(const std::string& id, const v221::command_result& result) {
    const auto found = commands.find(id);
    if (found == commands.end()) return;
    command_record changed = found->second;
    changed.result = ocpi::encode(result);
    const bool is_done = result.result == v221::command_result_type::accepted;
    if (changed.word == "RESERVE_NOW" && !is_done) changed.is_over = true;
    const auto end = [&](const auto& is_meant) {
        for (const auto& each : commands)
            if (each.second.word == "RESERVE_NOW" && !each.second.is_over && is_meant(each.second)) {
                command_record ended = each.second;
                ended.is_over = true;
                (void)keep(ended);
            }
    };
    const bool is_unknown = result.result == v221::command_result_type::unknown_reservation;
    if (changed.word == "CANCEL_RESERVATION" && (is_done || is_unknown))
        end([&](const command_record& each) {
            return equals_ignoring_case(each.emsp, changed.emsp) && each.reservation_id == changed.reservation_id;
        });
    if (changed.word == "START_SESSION" && is_done) // the driver who reserved has come
        end([&](const command_record& each) {
            return is_at(each, changed.cpo, changed.location_id, changed.evse_uid);
        });
    if (auto kept = keep(changed); !kept)
        ports.log({log_level::error, "app", "a result could not be kept: " + format(kept.error())});
    tell(id);
    if (changed.response_url.empty()) return;
    net::http_request request;
    request.method = "POST";
    request.url = net::url::parse(changed.response_url).value_or(options.base_url);
    request.headers.set("Content-Type", "application/json").value();
    request.body = changed.result;
    middle.when_durable([known = weak_from_this(), request](bool durable) {
        const auto alive = known.lock();
        if (!durable || !alive || alive->closed) return;
        alive->ports.http.send(request, alive->ports.limits, [known](expected<net::http_response> answer) {
            const auto still = known.lock();
            if (still && (!answer || answer->status >= 300))
                still->ports.log({log_level::warning, "app", "a result could not be told to its response_url"});
        });
    });
}

// Who waits for what is there now has it once it is durable.
void core::tell(const std::string& id) {
    const command_record about = commands.at(id);
    std::vector<waiter> ready;
    for (auto each = waiters.begin(); each != waiters.end();) {
        const bool is_there = each->is_for_result ? !about.result.empty() || (about.is_answered && !is_accepted(about))
                                                  : about.is_answered;
        if (each->id == id && is_there) {
            ready.push_back(std::move(*each));
            each = waiters.erase(each);
        } else {
            ++each;
        }
    }
    for (waiter& each : ready) {
        reply out = each.is_for_result ? success(json::format(state_of(about, ports.clock()))) : answer_for(about);
        middle.when_durable([done = std::move(each.done), out = std::move(out)](bool durable) {
            done(durable ? out : refusal({errc::unavailable, "", "the store cannot serve at present"}));
        });
    }
}

void core::get_command(const asked& in, answer_with done) {
    const auto who = in.who();
    if (!who) return done(refusal(who.error()));
    const auto wait = in.number("wait", 0, static_cast<double>(options.longest_wait.count()));
    if (!wait) return done(refusal(wait.error()));
    const auto found = commands.find(*in.find("command"));
    if (found == commands.end() || !equals_ignoring_case(found->second.emsp, format(who->emsp)) ||
        !equals_ignoring_case(found->second.uid, who->uid))
        return done(refusal({errc::not_found, "", "this driver has no such command"}));
    const auto longest = std::chrono::milliseconds(static_cast<long long>(wait->value_or(0) * 1000));
    const std::string id = found->first;
    waiters.push_back({id, true, ports.clock() + longest, std::move(done)});
    tell(id);
    if (longest.count() == 0) end_waits(ports.clock());
}

void core::end_waits(timestamp now) {
    std::vector<waiter> late;
    for (auto each = waiters.begin(); each != waiters.end();) {
        const bool is_over = each->until && now >= *each->until;
        const bool is_undone = commands.find(each->id) == commands.end();
        if (is_over || is_undone) late.push_back(std::move(*each));
        each = is_over || is_undone ? waiters.erase(each) : std::next(each);
    }
    for (const waiter& each : late) {
        const auto found = commands.find(each.id);
        each.done(found == commands.end() ? refusal({errc::unavailable, "", "the store cannot serve at present"})
                                          : success(json::format(state_of(found->second, now))));
    }
    for (auto each = commands.begin(); each != commands.end();) {
        const bool is_old = now >= forgotten_at(each->second);
        if (is_old) {
            by_request.erase(request_name(each->second));
            (void)middle.view().objects.erase({command_kind, "", each->first});
        }
        each = is_old ? commands.erase(each) : std::next(each);
    }
}

} // namespace incar::app
