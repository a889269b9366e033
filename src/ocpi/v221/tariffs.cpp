#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(day_of_week, "DayOfWeek", sunday, "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY",
                "SUNDAY")

INCAR_OCPI_ENUM(reservation_restriction_type, "ReservationRestrictionType", reservation_expires, "RESERVATION",
                "RESERVATION_EXPIRES")

INCAR_OCPI_ENUM(tariff_dimension_type, "TariffDimensionType", time, "ENERGY", "FLAT", "PARKING_TIME", "TIME")

INCAR_OCPI_ENUM(tariff_type, "TariffType", regular, "AD_HOC_PAYMENT", "PROFILE_CHEAP", "PROFILE_FAST", "PROFILE_GREEN",
                "REGULAR")

INCAR_OCPI_OBJECT(price_component, "PriceComponent", one<&price_component::type>("type"),
                  one<&price_component::price>("price"), maybe<&price_component::vat>("vat"),
                  one<&price_component::step_size>("step_size", rule(format::natural)))

INCAR_OCPI_OBJECT(tariff_restrictions, "TariffRestrictions",
                  maybe<&tariff_restrictions::start_time>("start_time", rule(format::time_of_day, 5)),
                  maybe<&tariff_restrictions::end_time>("end_time", rule(format::time_of_day, 5)),
                  maybe<&tariff_restrictions::start_date>("start_date", rule(format::date, 10)),
                  maybe<&tariff_restrictions::end_date>("end_date", rule(format::date, 10)),
                  maybe<&tariff_restrictions::min_kwh>("min_kwh"), maybe<&tariff_restrictions::max_kwh>("max_kwh"),
                  maybe<&tariff_restrictions::min_current>("min_current"),
                  maybe<&tariff_restrictions::max_current>("max_current"),
                  maybe<&tariff_restrictions::min_power>("min_power"),
                  maybe<&tariff_restrictions::max_power>("max_power"),
                  maybe<&tariff_restrictions::min_duration>("min_duration", rule(format::natural)),
                  maybe<&tariff_restrictions::max_duration>("max_duration", rule(format::natural)),
                  many<&tariff_restrictions::day_of_week>("day_of_week"),
                  maybe<&tariff_restrictions::reservation>("reservation"))

INCAR_OCPI_OBJECT(tariff_element, "TariffElement", some<&tariff_element::price_components>("price_components"),
                  maybe<&tariff_element::restrictions>("restrictions"))

INCAR_OCPI_OBJECT(tariff, "Tariff", one<&tariff::country_code>("country_code", country_code),
                  one<&tariff::party_id>("party_id", ci(3)), one<&tariff::id>("id", ci(36)),
                  one<&tariff::currency>("currency", rule(format::currency, 3)), maybe<&tariff::type>("type"),
                  many<&tariff::tariff_alt_text>("tariff_alt_text"),
                  maybe<&tariff::tariff_alt_url>("tariff_alt_url", url), maybe<&tariff::min_price>("min_price"),
                  maybe<&tariff::max_price>("max_price"), some<&tariff::elements>("elements"),
                  maybe<&tariff::start_date_time>("start_date_time"), maybe<&tariff::end_date_time>("end_date_time"),
                  maybe<&tariff::energy_mix>("energy_mix"), one<&tariff::last_updated>("last_updated"))

} // namespace incar
