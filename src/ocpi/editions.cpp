#include "ocpi/editions.hpp"

namespace incar::ocpi {
namespace {

constexpr auto one = json::cardinality::one, optional = json::cardinality::optional;

constexpr field_difference fields[] = {
    {"CDR", "home_charging_compensation"},
    {"CdrLocation", "state"},
    {"CdrLocation", "postal_code", true, one, text(10)},
    {"CdrToken", "country_code"},
    {"CdrToken", "party_id"},
    {"Location", "address", true, one, text(45)},
    {"Location", "state", true, optional, text(20)},
    {"SignedData", "public_key", true, optional, ci(512)},
    {"SignedData", "url", true, optional, ci(512)},
    {"SignedValue", "plain_data", true, one, ci(512)},
    {"SignedValue", "signed_data", true, one, ci(512)},
    {"StartSession", "connector_id"},
};

struct word_of_2_2_1 {
    std::string_view enumeration, word;
};

constexpr word_of_2_2_1 words[] = {
    {"Capability", "START_SESSION_CONNECTOR_REQUIRED"},
    {"ConnectorType", "CHAOJI"},
    {"ConnectorType", "DOMESTIC_M"},
    {"ConnectorType", "DOMESTIC_N"},
    {"ConnectorType", "DOMESTIC_O"},
    {"ConnectorType", "GBT_AC"},
    {"ConnectorType", "GBT_DC"},
    {"ConnectorType", "NEMA_5_20"},
    {"ConnectorType", "NEMA_6_30"},
    {"ConnectorType", "NEMA_6_50"},
    {"ConnectorType", "NEMA_10_30"},
    {"ConnectorType", "NEMA_10_50"},
    {"ConnectorType", "NEMA_14_30"},
    {"ConnectorType", "NEMA_14_50"},
    {"PowerType", "AC_2_PHASE"},
    {"PowerType", "AC_2_PHASE_SPLIT"},
    {"VersionNumber", "2.2.1"},
};

} // namespace

const field_difference* difference_in_2_2(std::string_view object, std::string_view field) {
    for (const field_difference& each : fields)
        if (each.object == object && each.field == field) return &each;
    return nullptr;
}

bool is_word_of_2_2(std::string_view enumeration, std::string_view word) {
    for (const word_of_2_2_1& each : words)
        if (each.enumeration == enumeration && each.word == word) return false;
    return true;
}

} // namespace incar::ocpi
