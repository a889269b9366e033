// Node's JSON.parse and a zod check of the same Location: the peer of ocpi_codec.cpp.
//
//     node ocpi_codec.mjs FILE        run by ocpi_codec.sh, which fetches zod

import { readFileSync } from "node:fs";
import { z } from "zod";

const ascii = /^[ -~]*$/;
const ci = (length) => z.string().max(length).regex(ascii);
const text = (length) => z.string().max(length);
const url = z.string().max(255).url();
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/);
const words = (...list) => z.enum(list);
const point = {
  latitude: z.string().regex(/^-?[0-9]{1,2}\.[0-9]{5,7}$/),
  longitude: z.string().regex(/^-?[0-9]{1,3}\.[0-9]{5,7}$/),
};
const displayText = z.object({ language: z.string().length(2), text: text(512) });
const image = z.object({
  url, thumbnail: url.optional(), category: words("CHARGER", "ENTRANCE", "LOCATION", "NETWORK", "OPERATOR", "OTHER", "OWNER"),
  type: ci(4), width: z.number().int().optional(), height: z.number().int().optional(),
});
const business = z.object({ name: text(100), website: url.optional(), logo: image.optional() });
const connector = z.object({
  id: ci(36), standard: words("CHADEMO", "DOMESTIC_F", "IEC_62196_T1", "IEC_62196_T2", "IEC_62196_T2_COMBO", "TESLA_S"),
  format: words("SOCKET", "CABLE"), power_type: words("AC_1_PHASE", "AC_2_PHASE", "AC_2_PHASE_SPLIT", "AC_3_PHASE", "DC"),
  max_voltage: z.number().int().nonnegative(), max_amperage: z.number().int().nonnegative(),
  max_electric_power: z.number().int().nonnegative().optional(), tariff_ids: z.array(ci(36)).optional(),
  terms_and_conditions: url.optional(), last_updated: time,
});
const status = words("AVAILABLE", "BLOCKED", "CHARGING", "INOPERATIVE", "OUTOFORDER", "PLANNED", "REMOVED", "RESERVED", "UNKNOWN");
const evse = z.object({
  uid: ci(36), evse_id: ci(48).optional(), status,
  status_schedule: z.array(z.object({ period_begin: time, period_end: time.optional(), status })).optional(),
  capabilities: z.array(words("CHARGING_PROFILE_CAPABLE", "CHARGING_PREFERENCES_CAPABLE", "CHIP_CARD_SUPPORT",
    "CONTACTLESS_CARD_SUPPORT", "CREDIT_CARD_PAYABLE", "DEBIT_CARD_PAYABLE", "PED_TERMINAL", "REMOTE_START_STOP_CAPABLE",
    "RESERVABLE", "RFID_READER", "START_SESSION_CONNECTOR_REQUIRED", "TOKEN_GROUP_CAPABLE", "UNLOCK_CAPABLE")).optional(),
  connectors: z.array(connector).min(1), floor_level: text(4).optional(), coordinates: z.object(point).optional(),
  physical_reference: text(16).optional(), directions: z.array(displayText).optional(),
  parking_restrictions: z.array(words("EV_ONLY", "PLUGGED", "DISABLED", "CUSTOMERS", "MOTORCYCLES")).optional(),
  images: z.array(image).optional(), last_updated: time,
});
const clock = z.string().regex(/^([0-1][0-9]|2[0-3]):[0-5][0-9]$/);
const period = z.object({ period_begin: time, period_end: time });
const location = z.object({
  country_code: ci(2), party_id: ci(3), id: ci(36), publish: z.boolean(), name: text(255).optional(), address: text(255),
  city: text(45), postal_code: text(10).optional(), state: text(45).optional(), country: z.string().length(3),
  coordinates: z.object(point), related_locations: z.array(z.object({ ...point, name: displayText.optional() })).optional(),
  parking_type: words("ALONG_MOTORWAY", "PARKING_GARAGE", "PARKING_LOT", "ON_DRIVEWAY", "ON_STREET", "UNDERGROUND_GARAGE").optional(),
  evses: z.array(evse).optional(), directions: z.array(displayText).optional(), operator: business.optional(),
  suboperator: business.optional(), owner: business.optional(), facilities: z.array(z.string()).optional(), time_zone: text(255),
  opening_times: z.object({
    twentyfourseven: z.boolean(),
    regular_hours: z.array(z.object({ weekday: z.number().int().min(1).max(7), period_begin: clock, period_end: clock })).optional(),
    exceptional_openings: z.array(period).optional(), exceptional_closings: z.array(period).optional(),
  }).optional(),
  charging_when_closed: z.boolean().optional(), images: z.array(image).optional(),
  energy_mix: z.object({
    is_green_energy: z.boolean(),
    energy_sources: z.array(z.object({ source: z.string(), percentage: z.number().min(0).max(100) })).optional(),
    environ_impact: z.array(z.object({ category: z.string(), amount: z.number() })).optional(),
    supplier_name: text(64).optional(), energy_product_name: text(64).optional(),
  }).optional(),
  last_updated: time,
}).passthrough();

const body = readFileSync(process.argv[2]);
function megabytesPerSecond(run) {
  const rounds = 20000;
  for (let i = 0; i < 2000; ++i) run();
  const begin = process.cpuUsage();
  for (let i = 0; i < rounds; ++i) run();
  const used = process.cpuUsage(begin);
  return (body.length * rounds) / (used.user + used.system);
}
const parsed = JSON.parse(body);
location.parse(parsed);
console.log(`node ${process.version}, zod: parse ${megabytesPerSecond(() => JSON.parse(body)).toFixed(0)}` +
  ` parse+check ${megabytesPerSecond(() => location.parse(JSON.parse(body))).toFixed(0)}` +
  ` stringify ${megabytesPerSecond(() => JSON.stringify(parsed)).toFixed(0)} MB/s`);
