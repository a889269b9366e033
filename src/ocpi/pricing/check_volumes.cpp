#include "ocpi/pricing/check_volumes.hpp"
#include "ocpi/pricing/periods.hpp"

#include <algorithm>

namespace incar::ocpi::pricing {
namespace {

using kind = v221::cdr_dimension_type;

class volume_checker {
public:
    volume_checker(const v221::cdr& received, std::vector<difference>& to) : cdr_(received), differences_(to) {}

    void check() {
        hours totals;
        std::int64_t session_ms = 0, parked_ms = 0;
        bool parked_exactly = true;
        for (std::size_t i = 0; i < cdr_.charging_periods.size(); ++i) {
            const v221::charging_period& period = cdr_.charging_periods[i];
            const timestamp end = i + 1 < cdr_.charging_periods.size() ? cdr_.charging_periods[i + 1].start_date_time
                                                                       : cdr_.end_date_time;
            const std::int64_t length = (end - period.start_date_time).count();
            const hours volumes = volumes_of(period);
            if (volumes.energy) add(totals.energy, *volumes.energy);
            std::optional<decimal> all;
            for (const auto* each : {&volumes.charging, &volumes.parking, &volumes.reservation})
                if (*each) add(all, **each);
            const auto exact = hours_of(length, 9, rounding::half_up);
            if (all && exact && !agree(*all, *exact))
                tell((json::pointer("/charging_periods") / i / "dimensions").text(), *all, *exact,
                     "the hours are not the period's length");
            if (!volumes.reservation) session_ms += length;
            for (const auto& each : {volumes.charging, volumes.parking})
                if (each) add(totals.charging, *each);
            if (volumes.parking) {
                add(totals.parking, *volumes.parking);
                parked_exactly &= !volumes.charging;
                parked_ms += length;
            }
        }
        compare("/total_energy", cdr_.total_energy, totals.energy.value_or(decimal()),
                "the periods add up to another energy");
        compare_hours("/total_time", cdr_.total_time, totals.charging, session_ms, true);
        const bool has_parking = totals.parking && *totals.parking != 0;
        if (cdr_.total_parking_time)
            compare_hours("/total_parking_time", *cdr_.total_parking_time, totals.parking.value_or(decimal()),
                          parked_ms, parked_exactly);
        else if (has_parking)
            differences_.push_back(
                {"/total_parking_time", "", format(*totals.parking), "the periods have parking time"});
    }

private:
    // Rounding moves a number by less than a unit of its last decimal.
    static bool agree(const decimal& stated, const decimal& computed) {
        if (stated == computed) return true;
        const decimal unit(1, std::min(std::max(stated.scale(), 3), decimal::max_scale));
        const auto gap = subtract(stated, computed);
        return gap && *gap < unit && -unit < *gap;
    }

    void compare(const char* where, const decimal& stated, const decimal& computed, const char* message) {
        if (!agree(stated, computed)) tell(where, stated, computed, message);
    }

    void tell(std::string where, const decimal& stated, const decimal& computed, const char* message) {
        differences_.push_back({std::move(where), format(stated), format(computed.without_trailing_zeros()), message});
    }

    struct hours {
        std::optional<decimal> charging, parking, reservation, energy;
    };

    static void add(std::optional<decimal>& to, const decimal& volume) {
        const auto total = incar::add(to.value_or(decimal()), volume);
        to = total ? *total : volume;
    }

    static hours volumes_of(const v221::charging_period& period) {
        hours found;
        for (const auto& each : period.dimensions) {
            if (each.type == kind::time) add(found.charging, each.volume);
            if (each.type == kind::parking_time) add(found.parking, each.volume);
            if (each.type == kind::reservation_time) add(found.reservation, each.volume);
            if (each.type == kind::energy) add(found.energy, each.volume);
        }
        return found;
    }

    // A total may be the length by the clock or the sum of what the periods say, which rounding sets apart.
    void compare_hours(const char* where, const decimal& stated, const std::optional<decimal>& sum, std::int64_t length,
                       bool length_is_exact) {
        const auto clock = hours_of(length, 9, rounding::half_up);
        if (length_is_exact && (!clock || agree(stated, *clock))) return;
        compare(where, stated, sum ? *sum : clock ? *clock : decimal(), "the periods last another time");
    }

    const v221::cdr& cdr_;
    std::vector<difference>& differences_;
};

} // namespace

void check_volumes(const v221::cdr& received, std::vector<difference>& to) {
    volume_checker(received, to).check();
}

} // namespace incar::ocpi::pricing
