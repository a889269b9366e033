#include "hub/core.hpp"

namespace incar::hub {

// An application of drivers is no member: what it asks comes from its EMSP, and results come back here.
void hub::ask(ocpi_client::caller who, ocpi_client::call request, std::function<void(ocpi_client::reply)> done) {
    const auto alive = core_;
    const member* emsp = who.from ? alive->find_by_party(*who.from, "tokens", interface_role::sender) : nullptr;
    if (!emsp || emsp->standing != standing::active || !has_role(emsp->roles, "EMSP"))
        return done(failure(ocpi::status_code::invalid_parameters, "this EMSP takes no part at present"));
    if (!who.to) return done(failure(ocpi::status_code::unknown_receiver, "a CPO has to be named"));
    const party_key to = *who.to;
    incoming in;
    in.who = std::move(who);
    in.who.partner.clear();
    in.module = std::move(request.module);
    in.side = request.side;
    in.segments = std::move(request.segments);
    in.request.method = std::move(request.method);
    in.request.url = alive->options.base_url;
    for (const net::query_parameter& each : request.parameters) in.request.url.add_parameter(each.name, each.value);
    in.request.body = std::move(request.body);
    alive->pass_on(in, to, std::move(done));
    alive->deliver_all();
}

void hub::on_result(std::function<void(const std::string&, const v221::command_result&)> told) {
    core_->on_result = std::move(told);
}

void hub::core::tell_application(const pending_result& about, const std::string& body) {
    const auto result = ocpi::decode<v221::command_result>(body, {ocpi::reading::lenient, {}});
    if (on_result && result && about.module == "commands") on_result(about.request_id, *result);
}

store_view hub::view() const {
    return {core_->ports.objects, core_->hidden_owners(), core_->undone, core_->flushed};
}

expected<void> hub::save(store::stored_object object) {
    return core_->save(std::move(object));
}

void hub::when_durable(std::function<void(bool durable)> then) {
    core_->let_out(std::move(then));
}

} // namespace incar::hub
