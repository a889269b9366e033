#include "ocpi/v221/shapes.hpp"

namespace incar {

using namespace ocpi;
using namespace ocpi::v221;
using json::many;
using json::maybe;
using json::one;
using json::some;

INCAR_OCPI_ENUM(connection_status, "ConnectionStatus", suspended, "CONNECTED", "OFFLINE", "PLANNED", "SUSPENDED")

INCAR_OCPI_OBJECT(client_info, "ClientInfo", one<&client_info::party_id>("party_id", ci(3)),
                  one<&client_info::country_code>("country_code", country_code), one<&client_info::role>("role"),
                  one<&client_info::status>("status"), one<&client_info::last_updated>("last_updated"))

} // namespace incar
