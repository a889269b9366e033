// What cannot be priced for certain is refused, with the place of the culprit; and what a check of a CDR tells.

#include "pricing_tools.hpp"

#include <incar/ocpi/check_cdr.hpp>
#include <incar/ocpi/quote.hpp>

using namespace incar;
using namespace incar::ocpi;
using namespace incar::ocpi::pricing;

namespace {

const session an_hour = charged("2026-03-02T12:00:00Z", "10", 60);

template <class T>
void refuses(const expected<T>& outcome, errc code, const std::string& where) {
    REQUIRE_FALSE(outcome);
    CAPTURE(format(outcome.error()));
    CHECK(outcome.error().code == code);
    CHECK(outcome.error().where == where);
}

v221::tariff restricted(const std::string& restrictions) {
    return tariff_of(elements({element({component("ENERGY", "0.25")}, restrictions)}));
}

v221::tariff lenient(const std::string& component) {
    decode_options options;
    options.reading = ocpi::reading::lenient;
    return decode<v221::tariff>(R"({"id":"T","currency":"EUR","elements":[{"price_components":[)" + component + "]}]}",
                                options)
        .value();
}

} // namespace

TEST_CASE("a tariff is refused with the place of what cannot be priced") {
    const std::string element = "/tariffs/0/elements/0", restrictions = element + "/restrictions";
    const std::string part = element + "/price_components/0";
    refuses(price(std::vector<v221::tariff>{}, an_hour), errc::missing, "/tariffs");
    refuses(price(tariff_of("[]"), an_hour), errc::missing, "/tariffs/0/elements");
    refuses(price(tariff_of(R"([{"price_components":[]}])"), an_hour), errc::missing, element + "/price_components");
    refuses(price(tariff_of(elements({"{\"price_components\":[" + component("ENERGIE", "1") + "]}"})), an_hour),
            errc::out_of_range, part + "/type");
    refuses(price(tariff_of(elements({"{\"price_components\":[" + component("ENERGY", "1", -1) + "]}"})), an_hour),
            errc::out_of_range, part + "/step_size");
    refuses(price(tariff_of(elements({"{\"price_components\":[" + component("ENERGY", "1", 1, "-5") + "]}"})), an_hour),
            errc::out_of_range, part + "/vat");
    refuses(price(tariff_of(elements(
                      {"{\"price_components\":[" + component("TIME", "1") + "," + component("TIME", "2") + "]}"})),
                  an_hour),
            errc::duplicate, element + "/price_components/1/type");
    refuses(price(lenient(R"({"type":"ENERGY","price":"much","step_size":1})"), an_hour), errc::malformed,
            part + "/price");
    refuses(price(lenient(R"({"type":"ENERGY","step_size":1})"), an_hour), errc::missing, part + "/price");
    refuses(price(lenient(R"({"type":"ENERGY","price":1e40,"step_size":1})"), an_hour), errc::malformed,
            part + "/price");
    CHECK(excl(price(lenient(R"({"type":"ENERGY","price":0.25,"step_size":1})"), an_hour)) == "2.5"); // no last_updated

    for (const char* wrong : {"7:00", "24:00", "07:60", "07-00", "07:00:00", "", "ab:cd"}) {
        refuses(price(restricted(R"("start_time":")" + std::string(wrong) + "\""), an_hour), errc::malformed,
                restrictions + "/start_time");
        refuses(price(restricted(R"("end_time":")" + std::string(wrong) + "\""), an_hour), errc::malformed,
                restrictions + "/end_time");
    }
    for (const char* wrong : {"2026-2-1", "2026-02-30", "2026/02/01", "20260201", ""})
        refuses(price(restricted(R"("end_date":")" + std::string(wrong) + "\""), an_hour), errc::malformed,
                restrictions + "/end_date");
    refuses(price(restricted(R"("start_time":"08:00","end_time":"08:00")"), an_hour), errc::inconsistent,
            restrictions + "/end_time");
    refuses(price(restricted(R"("day_of_week":["MONDAY","FUNDAY"])"), an_hour), errc::out_of_range,
            restrictions + "/day_of_week/1");
    refuses(price(restricted(R"("reservation":"PERHAPS")"), an_hour), errc::out_of_range,
            restrictions + "/reservation");
    refuses(price(restricted(R"("min_soc":20)"), an_hour), errc::unknown_member, restrictions + "/min_soc");
    policy tolerant;
    tolerant.ignore_unknown_restrictions = true;
    CHECK(excl(price(restricted(R"("min_soc":20)"), an_hour, tolerant)) == "2.5");
    refuses(price(tariff_of(elements({pricing::element({component("ENERGY", "1")})}),
                            R"("min_price":{"excl_vat":5},"max_price":{"excl_vat":4})"),
                  an_hour),
            errc::inconsistent, "/tariffs/0/max_price");
    auto krona = tariff_of(elements({pricing::element({component("ENERGY", "1")})}), "", "K");
    krona.currency = "SEK";
    refuses(price({restricted(""), krona}, an_hour), errc::currency_mismatch, "/tariffs/1/currency");
    krona.currency = "kr";
    refuses(price(krona, an_hour), errc::malformed, "/tariffs/0/currency");
}

TEST_CASE("a session is refused with the place of what cannot be priced") {
    const auto tariff = restricted("");
    session what = an_hour;
    what.readings.resize(1);
    refuses(price(tariff, what), errc::missing, "/session/readings");
    what = an_hour;
    what.readings[1].at = what.readings[0].at;
    refuses(price(tariff, what), errc::inconsistent, "/session/readings/1/at");
    what.readings[1].at = what.readings[0].at - min(1);
    refuses(price(tariff, what), errc::inconsistent, "/session/readings/1/at");
    what = an_hour;
    what.readings[1].energy_kwh = d("-1");
    refuses(price(tariff, what), errc::inconsistent, "/session/readings/1/energy_kwh");
    policy both_ways;
    both_ways.discharging = discharging_rule::net;
    CHECK(excl(price(tariff, what, both_ways)) == "-0.25");

    what = an_hour;
    what.zone.reset();
    CHECK(excl(price(tariff, what)) == "2.5");
    refuses(price(restricted(R"("start_time":"08:00")"), what), errc::missing, "/session/zone");
    refuses(price(restricted(R"("day_of_week":["MONDAY"])"), what), errc::missing, "/session/zone");
    refuses(price(restricted(R"("max_current":16)"), an_hour), errc::missing, "/session/readings/0/current_a");

    what = an_hour;
    what.reservation = reservation{what.readings[0].at, {}};
    refuses(price(tariff, what), errc::inconsistent, "/session/reservation/start");
    what.reservation = reservation{what.readings[0].at - min(5), what.readings[0].at};
    refuses(price(tariff, what), errc::inconsistent, "/session/reservation/expired_at");
    what = an_hour;
    what.tariff_changes = {{what.readings[0].at, id<v221::tariff>("U")}};
    refuses(price(tariff, what), errc::not_found, "/session/tariff_changes/0/tariff_id");
    what.tariff_changes = {{what.readings[1].at, tariff.id}, {what.readings[0].at, tariff.id}};
    refuses(price(tariff, what), errc::inconsistent, "/session/tariff_changes/1/at");

    what = an_hour;
    what.readings[1].at = timestamp::max();
    refuses(price(restricted(R"("start_time":"08:00")"), what), errc::limit_exceeded, "/session/readings");
}

TEST_CASE("money beyond exact arithmetic is refused, not rounded") {
    auto tariff = restricted("");
    auto& price_component = tariff.elements[0].price_components[0];
    price_component.price = d("0.123456789012345678");
    session what = an_hour;
    what.readings[1].energy_kwh = d("1234567.890123456");
    CHECK(excl(price(tariff, what)) == "152415.787640603576651425098"); // the last Wh is billed whole
    price_component.vat = d("19.1234567890123");
    refuses(price(tariff, what), errc::overflow, "/tariffs/0/elements/0/price_components/0");
    what.readings[1].energy_kwh = decimal(std::numeric_limits<std::int64_t>::max(), 0);
    refuses(price(restricted(""), what), errc::overflow, "/session/readings/1/energy_kwh");
}

TEST_CASE("rounding happens where an amount is written, as the caller says") {
    const auto owed =
        price(tariff_of(elements({element({component("TIME", "1.00", 1)})})), charged("2026-03-02T12:00:00Z", "1", 7))
            .value();
    CHECK(owed.total.excl_vat.text() == "7/60");
    CHECK(format(owed.total.excl_vat.rounded().value()) == "0.1167");
    CHECK(format(owed.total.excl_vat.rounded({2, rounding::half_up}).value()) == "0.12");
    CHECK(format(owed.total.excl_vat.rounded({2, rounding::down}).value()) == "0.11");
    CHECK(format(owed.total.excl_vat.rounded({0, rounding::ceiling}).value()) == "1");
    CHECK(format(owed.total.excl_vat.rounded({18, rounding::floor}).value()) == "0.116666666666666666");
    CHECK_FALSE(owed.total.excl_vat.rounded({19, rounding::floor}));
}

TEST_CASE("a request is refused with the place of what is wrong, or read as a session") {
    request wanted;
    wanted.start = t("2026-03-02T12:00:00Z");
    wanted.zone = time_zone::utc();
    const auto tariff = restricted("");
    refuses(quote(tariff, wanted), errc::out_of_range, "/request/energy_kwh");
    wanted.energy_kwh = d("10");
    refuses(quote(tariff, wanted), errc::missing, "/request/curve");
    wanted.curve = {{min(1), d("11")}};
    refuses(quote(tariff, wanted), errc::inconsistent, "/request/curve/0/after");
    wanted.curve = {{min(0), d("11")}, {min(20), d("0")}};
    refuses(quote(tariff, wanted), errc::inconsistent, "/request/curve");
    wanted.curve = {{min(0), d("-11")}};
    refuses(quote(tariff, wanted), errc::out_of_range, "/request/curve/0/power_kw");
    wanted.curve = {{min(0), d("0")}, {min(20), d("11")}, {min(50), d("3.5")}};
    const auto session = expected_session(wanted).value();
    REQUIRE(session.readings.size() == 4);
    CHECK(session.readings[1].energy_kwh == 0);
    CHECK(session.readings[2].energy_kwh == d("5.5"));
    CHECK(session.readings[3].at == wanted.start + min(50) + std::chrono::milliseconds(4'628'572)); // 4.5 kWh at 3.5 kW
    CHECK(excl(quote(tariff, wanted)) == "2.5");
}

TEST_CASE("the tariff for a driver's choice is the first of its kind that is valid, or one for everybody") {
    auto cheap = restricted(""), everybody = restricted(""), old = restricted("");
    cheap.type = v221::tariff_type::profile_cheap;
    old.type = v221::tariff_type::profile_cheap;
    old.end_date_time = t("2026-01-01T00:00:00Z");
    const std::vector<v221::tariff> all{old, everybody, cheap};
    const auto index = [&](const v221::tariff* found) { return found ? found - all.data() : -1; };
    CHECK(index(find_tariff(all, v221::profile_type::cheap, t("2026-01-01T00:00:00Z"))) == 2);
    CHECK(index(find_tariff(all, v221::profile_type::cheap, t("2025-12-31T23:59:59Z"))) == 0);
    CHECK(index(find_tariff(all, v221::profile_type::fast, t("2026-01-01T00:00:00Z"))) == 1);
    CHECK(index(find_tariff({cheap}, v221::tariff_type::regular, t("2026-01-01T00:00:00Z"))) == -1);
}

TEST_CASE("the clock of the place decides on the days when it is changed") {
    const auto night = restricted(R"("start_time":"02:30","end_time":"03:30")");
    session what = charged("2026-03-29T00:00:00Z", "4", 240); // 01:00 to 06:00 in Madrid, without 02:00 to 03:00
    what.zone = time_zone::find("Europe/Madrid").value();
    CHECK(excl(price(night, what)) == "0.125");       // 03:00 to 03:30
    what = charged("2026-10-25T00:00:00Z", "4", 240); // 02:00 to 05:00, with 02:00 to 03:00 twice
    what.zone = time_zone::find("Europe/Madrid").value();
    CHECK(excl(price(night, what)) == "0.375"); // 02:30 to 03:00, and 02:30 to 03:30
}

TEST_CASE("a fee is due once, once a tariff or once for each component") {
    const auto tariff = tariff_of(
        elements({element({component("FLAT", "1")}, R"("max_duration":1800)"), element({component("FLAT", "2")})}));
    auto other = tariff_of(elements({element({component("FLAT", "5")})}), "", "U");
    session what = an_hour;
    what.tariff_changes = {{what.readings[0].at + min(50), other.id}};
    policy rules;
    CHECK(excl(price({tariff, other}, what, rules)) == "6");
    rules.flat = flat_rule::each_session;
    CHECK(excl(price({tariff, other}, what, rules)) == "1");
    rules.flat = flat_rule::each_component;
    CHECK(excl(price({tariff, other}, what, rules)) == "8");
}

TEST_CASE("a price goes on beyond its reasons only until somebody checks") {
    const auto tariff = tariff_of(elements(
        {element({component("ENERGY", "0.20")}, R"("end_time":"17:00")"), element({component("ENERGY", "0.30")})}));
    session what = charged("2026-03-02T16:30:00Z", "6", 60);
    const auto owed = price(tariff, what).value();
    REQUIRE(owed.periods.size() == 2);
    v221::cdr record;
    fill(record, owed, {tariff}).value();
    record.charging_periods.pop_back(); // as if nothing had happened at 17:00
    record.charging_periods[0].dimensions[0].volume = d("6");
    record.charging_periods[0].dimensions[1].volume = d("1");
    record.total_cost = {d("1.20"), {}, {}};
    record.total_energy_cost = record.total_cost;
    check_options here;
    here.zone = what.zone;
    const auto found = check_cdr(record, here).value();
    REQUIRE(found.differences.size() == 1);
    CHECK(found.differences[0].pointer == "/charging_periods/0");
    CHECK(found.differences[0].computed == "2026-03-02T17:00:00Z");
}

TEST_CASE("a CDR without its tariff, or with one of another currency, is told") {
    const auto tariff = restricted("");
    v221::cdr record;
    fill(record, price(tariff, an_hour).value(), {tariff}).value();
    CHECK(check_cdr(record)->differences.empty());
    auto wrong = record;
    wrong.tariffs[0].currency = "SEK";
    auto found = check_cdr(wrong).value();
    REQUIRE(found.differences.size() == 1);
    CHECK(found.differences[0].pointer == "/tariffs/0/currency");
    wrong.tariffs.clear();
    found = check_cdr(wrong).value();
    REQUIRE(found.differences.size() == 1);
    CHECK(found.differences[0].pointer == "/charging_periods/0/tariff_id");
    CHECK_FALSE(found.computed);
    wrong.charging_periods[0].tariff_id.reset();
    CHECK(check_cdr(wrong)->differences[0].pointer == "/tariffs");

    auto credit = record;
    credit.credit = true;
    CHECK(check_cdr(credit)->differences.size() == 1);
    credit.total_cost.excl_vat = -credit.total_cost.excl_vat;
    CHECK(check_cdr(credit)->differences.empty());
}
