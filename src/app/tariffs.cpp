#include "app/core.hpp"

#include <incar/ocpi/codec.hpp>
#include <incar/ocpi/quote.hpp>

#include <algorithm>
#include <cmath>

namespace incar::app {
namespace {

using json::object;
using json::value;
namespace pricing = ocpi::pricing;

struct tariff_text {
    v221::tariff tariff;
    std::string text;
};

value number_of(const decimal& exact) {
    return json::number{format(exact)};
}

// What the driver wants to know the price of.
struct question {
    pricing::request session; // without zone and power
    std::optional<double> power_w;
    v221::profile_type profile = v221::profile_type::regular;
};

expected<std::optional<question>> question_in(const asked& in, timestamp now) {
    question made;
    const auto kwh = in.number("kwh", 0, 10'000), power = in.number("power_w", 1, 1e8),
               parking = in.number("parking_min", 0, 1e5);
    for (const auto* each : {&kwh, &power, &parking})
        if (!*each) return each->error();
    const auto start = in.time("start");
    if (!start) return start.error();
    const auto profile = in.choice("profile");
    if (!profile) return profile.error();
    if (!*kwh) {
        for (const char* name : {"start", "power_w", "parking_min", "profile"})
            if (in.find(name)) return error{errc::missing, "kwh", "a quote is for an amount of energy"};
        return std::optional<question>();
    }
    if (!(**kwh > 0)) return error{errc::out_of_range, "kwh", "more than 0 is needed"};
    const auto exact = decimal::parse(*in.find("kwh"));
    if (!exact) return error{errc::malformed, "kwh", "a number is needed"};
    made.session.energy_kwh = *exact;
    made.session.start = start->value_or(now);
    made.session.parking = std::chrono::milliseconds(std::llround(parking->value_or(0) * 60'000));
    made.power_w = *power;
    if (*profile) made.profile = *ocpi::open_enum<v221::profile_type>(**profile).known();
    return std::optional<question>(made);
}

// In cents; the exact sums are in the bill.
expected<value> quote_of(const std::vector<v221::tariff>& tariffs, const question& wanted, int connector_w,
                         const std::string& zone) {
    const v221::tariff* chosen = pricing::find_tariff(tariffs, wanted.profile, wanted.session.start);
    if (!chosen) return error{errc::not_found, "", "no tariff holds then"};
    pricing::request session = wanted.session;
    if (time_zone::exists(zone)) {
        const auto found = time_zone::find(zone);
        if (found) session.zone = *found;
    }
    const double power_w = std::min(static_cast<double>(connector_w), wanted.power_w.value_or(1e9));
    const auto power = decimal::from_double(power_w / 1000, 3, rounding::half_up);
    if (!power) return power.error();
    session.curve = {{std::chrono::milliseconds(0), *power}};
    const auto bill = pricing::quote(*chosen, session);
    if (!bill) return bill.error();
    const pricing::rounding_policy cents{2, rounding::half_up};
    const auto excl_vat = bill->total.excl_vat.rounded(cents), incl_vat = bill->total.incl_vat.rounded(cents);
    if (!excl_vat) return excl_vat.error();
    if (!incl_vat) return incl_vat.error();
    return value(object{{"tariff_id", chosen->id.text()},
                        {"currency", bill->currency},
                        {"excl_vat", number_of(*excl_vat)},
                        {"incl_vat", number_of(*incl_vat)},
                        {"energy_kwh", number_of(bill->energy_kwh)},
                        {"power_kw", number_of(*power)},
                        {"start", format(bill->start)},
                        {"end", format(bill->end)}});
}

} // namespace

void core::get_tariffs(const asked& in, answer_with done) {
    const auto cpo = in.cpo();
    if (!cpo) return done(refusal(cpo.error()));
    const auto who = viewer_of(in);
    if (!who) return done(refusal(who.error()));
    const auto wanted = question_in(in, ports.clock());
    if (!wanted) return done(refusal(wanted.error()));
    const auto found = find_place(format(**cpo), *in.find("location_id"), *who);
    const auto location = found ? ocpi::decode<v221::location>(found->text, {ocpi::reading::lenient, {}})
                                : expected<v221::location>(error{errc::not_found, "", "there is no such location"});
    if (!location) return done(refusal(location.error()));
    const id<v221::evse> uid(*in.find("evse_uid"));
    const auto evse = std::find_if(location->evses.begin(), location->evses.end(),
                                   [&](const v221::evse& each) { return each.uid == uid; });
    if (evse == location->evses.end()) return done(refusal({errc::not_found, "", "there is no such EVSE"}));

    const auto tariff_of = [&](const std::string& tariff_id) -> std::optional<tariff_text> {
        store::object_key key{"tariffs", found->key.owner, tariff_id};
        auto here = find_text(key);
        if (!here && who->emsp) {
            key.id += "\t" + format(*who->emsp);
            here = find_text(key);
        }
        const auto read = here ? ocpi::decode<v221::tariff>(*here, {ocpi::reading::lenient, {}})
                               : expected<v221::tariff>(error{errc::not_found, "", ""});
        return read ? std::optional<tariff_text>({*read, *here}) : std::nullopt;
    };
    json::array told;
    for (const v221::connector& plug : evse->connectors) {
        std::vector<v221::tariff> tariffs;
        json::array texts;
        for (const auto& each : plug.tariff_ids)
            if (auto tariff = tariff_of(each.text())) {
                texts.push_back(json::parse(tariff->text).value_or(value()));
                tariffs.push_back(std::move(tariff->tariff));
            }
        object about = {{"connector_id", plug.id.text()}, {"tariffs", std::move(texts)}};
        if (*wanted) {
            auto price = quote_of(tariffs, **wanted, power_of(plug), location->time_zone);
            if (price)
                about.push_back({"quote", std::move(*price)});
            else
                about.push_back({"no_quote", price.error().message});
        }
        told.push_back(std::move(about));
    }
    reply out = success(json::format(value(std::move(told))));
    add_page(out, in, 0, options.page_limit, evse->connectors.size(), evse->connectors.size());
    done(std::move(out));
}

void core::list_tariffs(const asked& in, answer_with done) {
    const auto page = page_in(in);
    if (!page) return done(refusal(page.error()));
    const auto emsp = in.emsp();
    if (!emsp) return done(refusal(emsp.error()));
    const auto cpos = in.cpos();
    if (!cpos) return done(refusal(cpos.error()));
    const auto view = middle.view();
    store::object_query query;
    query.kind = "tariffs";
    for (const party_key& each : *cpos) query.owners.push_back(format(each));
    query.without_owners = view.hidden_owners;
    query.audiences = {*emsp ? format(**emsp) : "nobody"};
    query.offset = page->first;
    query.limit = page->second;
    const auto found = view.objects.list(query);
    if (!found) return done(refusal(found.error()));
    std::string data = "[";
    for (const store::stored_object& each : found->objects) {
        if (data.size() > 1) data += ',';
        data += each.text;
    }
    reply out = success(data + "]");
    add_page(out, in, page->first, page->second, found->objects.size(), found->total);
    done(std::move(out));
}

} // namespace incar::app
