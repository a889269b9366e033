# Made by bindings/python/tests/ocpi_stub.py from the tables of the model; not to be edited.
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Optional, Union

from .._words import Word

# What a number and a time may be set to; a text is a time as in RFC 3339.
Number = Union[Decimal, int]
Instant = Union[datetime, str]

class NumberMember:
    """Accepts a Decimal or an int, gives a Decimal."""

    def __get__(self, owner: object, kind: Any = None) -> Decimal: ...
    def __set__(self, owner: object, value: Number) -> None: ...

class OptionalNumberMember:
    """The same, or None."""

    def __get__(self, owner: object, kind: Any = None) -> Optional[Decimal]: ...
    def __set__(self, owner: object, value: Optional[Number]) -> None: ...

class InstantMember:
    """Accepts an aware datetime or a text, gives an aware datetime in UTC."""

    def __get__(self, owner: object, kind: Any = None) -> datetime: ...
    def __set__(self, owner: object, value: Instant) -> None: ...

class OptionalInstantMember:
    """The same, or None."""

    def __get__(self, owner: object, kind: Any = None) -> Optional[datetime]: ...
    def __set__(self, owner: object, value: Optional[Instant]) -> None: ...

class Record:
    """An object of OCPI. Its members are attributes; `extra` has those that OCPI does not know."""

    extra: dict[str, Any]
    def __eq__(self, other: object) -> bool: ...

def loads(text: object, type: object, lenient: bool, max_bytes: int, max_depth: int) -> Any: ...
def dumps(obj: object, indent: Optional[int]) -> str: ...
def elements(text: object, max_bytes: int, max_depth: int) -> list[str]: ...
def validate(obj: Record, version: str, strictness: str) -> list[tuple[str, str, str, str]]: ...
def price(tariffs: object, session: object, policy: object) -> dict[str, Any]: ...
def price_periods(tariffs: object, session: object, policy: object) -> dict[str, Any]: ...
def quote(tariffs: object, request: object, policy: object) -> dict[str, Any]: ...
def check_cdr(cdr: object, zone: object, tolerance: object, policy: object) -> dict[str, Any]: ...

class Role(Word):
    CPO = "CPO"
    EMSP = "EMSP"
    HUB = "HUB"
    NAP = "NAP"
    NSP = "NSP"
    OTHER = "OTHER"
    SCSP = "SCSP"

class Capability(Word):
    CHARGING_PROFILE_CAPABLE = "CHARGING_PROFILE_CAPABLE"
    CHARGING_PREFERENCES_CAPABLE = "CHARGING_PREFERENCES_CAPABLE"
    CHIP_CARD_SUPPORT = "CHIP_CARD_SUPPORT"
    CONTACTLESS_CARD_SUPPORT = "CONTACTLESS_CARD_SUPPORT"
    CREDIT_CARD_PAYABLE = "CREDIT_CARD_PAYABLE"
    DEBIT_CARD_PAYABLE = "DEBIT_CARD_PAYABLE"
    PED_TERMINAL = "PED_TERMINAL"
    REMOTE_START_STOP_CAPABLE = "REMOTE_START_STOP_CAPABLE"
    RESERVABLE = "RESERVABLE"
    RFID_READER = "RFID_READER"
    START_SESSION_CONNECTOR_REQUIRED = "START_SESSION_CONNECTOR_REQUIRED"
    TOKEN_GROUP_CAPABLE = "TOKEN_GROUP_CAPABLE"
    UNLOCK_CAPABLE = "UNLOCK_CAPABLE"

class ConnectorFormat(Word):
    SOCKET = "SOCKET"
    CABLE = "CABLE"

class ConnectorType(Word):
    CHADEMO = "CHADEMO"
    CHAOJI = "CHAOJI"
    DOMESTIC_A = "DOMESTIC_A"
    DOMESTIC_B = "DOMESTIC_B"
    DOMESTIC_C = "DOMESTIC_C"
    DOMESTIC_D = "DOMESTIC_D"
    DOMESTIC_E = "DOMESTIC_E"
    DOMESTIC_F = "DOMESTIC_F"
    DOMESTIC_G = "DOMESTIC_G"
    DOMESTIC_H = "DOMESTIC_H"
    DOMESTIC_I = "DOMESTIC_I"
    DOMESTIC_J = "DOMESTIC_J"
    DOMESTIC_K = "DOMESTIC_K"
    DOMESTIC_L = "DOMESTIC_L"
    DOMESTIC_M = "DOMESTIC_M"
    DOMESTIC_N = "DOMESTIC_N"
    DOMESTIC_O = "DOMESTIC_O"
    GBT_AC = "GBT_AC"
    GBT_DC = "GBT_DC"
    IEC_60309_2_single_16 = "IEC_60309_2_single_16"
    IEC_60309_2_three_16 = "IEC_60309_2_three_16"
    IEC_60309_2_three_32 = "IEC_60309_2_three_32"
    IEC_60309_2_three_64 = "IEC_60309_2_three_64"
    IEC_62196_T1 = "IEC_62196_T1"
    IEC_62196_T1_COMBO = "IEC_62196_T1_COMBO"
    IEC_62196_T2 = "IEC_62196_T2"
    IEC_62196_T2_COMBO = "IEC_62196_T2_COMBO"
    IEC_62196_T3A = "IEC_62196_T3A"
    IEC_62196_T3C = "IEC_62196_T3C"
    NEMA_5_20 = "NEMA_5_20"
    NEMA_6_30 = "NEMA_6_30"
    NEMA_6_50 = "NEMA_6_50"
    NEMA_10_30 = "NEMA_10_30"
    NEMA_10_50 = "NEMA_10_50"
    NEMA_14_30 = "NEMA_14_30"
    NEMA_14_50 = "NEMA_14_50"
    PANTOGRAPH_BOTTOM_UP = "PANTOGRAPH_BOTTOM_UP"
    PANTOGRAPH_TOP_DOWN = "PANTOGRAPH_TOP_DOWN"
    TESLA_R = "TESLA_R"
    TESLA_S = "TESLA_S"

class EnergySourceCategory(Word):
    NUCLEAR = "NUCLEAR"
    GENERAL_FOSSIL = "GENERAL_FOSSIL"
    COAL = "COAL"
    GAS = "GAS"
    GENERAL_GREEN = "GENERAL_GREEN"
    SOLAR = "SOLAR"
    WIND = "WIND"
    WATER = "WATER"

class EnvironmentalImpactCategory(Word):
    NUCLEAR_WASTE = "NUCLEAR_WASTE"
    CARBON_DIOXIDE = "CARBON_DIOXIDE"

class Facility(Word):
    HOTEL = "HOTEL"
    RESTAURANT = "RESTAURANT"
    CAFE = "CAFE"
    MALL = "MALL"
    SUPERMARKET = "SUPERMARKET"
    SPORT = "SPORT"
    RECREATION_AREA = "RECREATION_AREA"
    NATURE = "NATURE"
    MUSEUM = "MUSEUM"
    BIKE_SHARING = "BIKE_SHARING"
    BUS_STOP = "BUS_STOP"
    TAXI_STAND = "TAXI_STAND"
    TRAM_STOP = "TRAM_STOP"
    METRO_STATION = "METRO_STATION"
    TRAIN_STATION = "TRAIN_STATION"
    AIRPORT = "AIRPORT"
    PARKING_LOT = "PARKING_LOT"
    CARPOOL_PARKING = "CARPOOL_PARKING"
    FUEL_STATION = "FUEL_STATION"
    WIFI = "WIFI"

class ImageCategory(Word):
    CHARGER = "CHARGER"
    ENTRANCE = "ENTRANCE"
    LOCATION = "LOCATION"
    NETWORK = "NETWORK"
    OPERATOR = "OPERATOR"
    OTHER = "OTHER"
    OWNER = "OWNER"

class ParkingRestriction(Word):
    EV_ONLY = "EV_ONLY"
    PLUGGED = "PLUGGED"
    DISABLED = "DISABLED"
    CUSTOMERS = "CUSTOMERS"
    MOTORCYCLES = "MOTORCYCLES"

class ParkingType(Word):
    ALONG_MOTORWAY = "ALONG_MOTORWAY"
    PARKING_GARAGE = "PARKING_GARAGE"
    PARKING_LOT = "PARKING_LOT"
    ON_DRIVEWAY = "ON_DRIVEWAY"
    ON_STREET = "ON_STREET"
    UNDERGROUND_GARAGE = "UNDERGROUND_GARAGE"

class PowerType(Word):
    AC_1_PHASE = "AC_1_PHASE"
    AC_2_PHASE = "AC_2_PHASE"
    AC_2_PHASE_SPLIT = "AC_2_PHASE_SPLIT"
    AC_3_PHASE = "AC_3_PHASE"
    DC = "DC"

class Status(Word):
    AVAILABLE = "AVAILABLE"
    BLOCKED = "BLOCKED"
    CHARGING = "CHARGING"
    INOPERATIVE = "INOPERATIVE"
    OUTOFORDER = "OUTOFORDER"
    PLANNED = "PLANNED"
    REMOVED = "REMOVED"
    RESERVED = "RESERVED"
    UNKNOWN = "UNKNOWN"

class AllowedType(Word):
    ALLOWED = "ALLOWED"
    BLOCKED = "BLOCKED"
    EXPIRED = "EXPIRED"
    NO_CREDIT = "NO_CREDIT"
    NOT_ALLOWED = "NOT_ALLOWED"

class ProfileType(Word):
    CHEAP = "CHEAP"
    FAST = "FAST"
    GREEN = "GREEN"
    REGULAR = "REGULAR"

class TokenType(Word):
    AD_HOC_USER = "AD_HOC_USER"
    APP_USER = "APP_USER"
    OTHER = "OTHER"
    RFID = "RFID"

class WhitelistType(Word):
    ALWAYS = "ALWAYS"
    ALLOWED = "ALLOWED"
    ALLOWED_OFFLINE = "ALLOWED_OFFLINE"
    NEVER = "NEVER"

class DayOfWeek(Word):
    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"
    SUNDAY = "SUNDAY"

class ReservationRestrictionType(Word):
    RESERVATION = "RESERVATION"
    RESERVATION_EXPIRES = "RESERVATION_EXPIRES"

class TariffDimensionType(Word):
    ENERGY = "ENERGY"
    FLAT = "FLAT"
    PARKING_TIME = "PARKING_TIME"
    TIME = "TIME"

class TariffType(Word):
    AD_HOC_PAYMENT = "AD_HOC_PAYMENT"
    PROFILE_CHEAP = "PROFILE_CHEAP"
    PROFILE_FAST = "PROFILE_FAST"
    PROFILE_GREEN = "PROFILE_GREEN"
    REGULAR = "REGULAR"

class AuthMethod(Word):
    AUTH_REQUEST = "AUTH_REQUEST"
    COMMAND = "COMMAND"
    WHITELIST = "WHITELIST"

class CdrDimensionType(Word):
    CURRENT = "CURRENT"
    ENERGY = "ENERGY"
    ENERGY_EXPORT = "ENERGY_EXPORT"
    ENERGY_IMPORT = "ENERGY_IMPORT"
    MAX_CURRENT = "MAX_CURRENT"
    MIN_CURRENT = "MIN_CURRENT"
    MAX_POWER = "MAX_POWER"
    MIN_POWER = "MIN_POWER"
    PARKING_TIME = "PARKING_TIME"
    POWER = "POWER"
    RESERVATION_TIME = "RESERVATION_TIME"
    STATE_OF_CHARGE = "STATE_OF_CHARGE"
    TIME = "TIME"

class ChargingPreferencesResponse(Word):
    ACCEPTED = "ACCEPTED"
    DEPARTURE_REQUIRED = "DEPARTURE_REQUIRED"
    ENERGY_NEED_REQUIRED = "ENERGY_NEED_REQUIRED"
    NOT_POSSIBLE = "NOT_POSSIBLE"
    PROFILE_TYPE_NOT_SUPPORTED = "PROFILE_TYPE_NOT_SUPPORTED"

class SessionStatus(Word):
    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    INVALID = "INVALID"
    PENDING = "PENDING"
    RESERVATION = "RESERVATION"

class CommandResponseType(Word):
    NOT_SUPPORTED = "NOT_SUPPORTED"
    REJECTED = "REJECTED"
    ACCEPTED = "ACCEPTED"
    UNKNOWN_SESSION = "UNKNOWN_SESSION"

class CommandResultType(Word):
    ACCEPTED = "ACCEPTED"
    CANCELED_RESERVATION = "CANCELED_RESERVATION"
    EVSE_OCCUPIED = "EVSE_OCCUPIED"
    EVSE_INOPERATIVE = "EVSE_INOPERATIVE"
    FAILED = "FAILED"
    NOT_SUPPORTED = "NOT_SUPPORTED"
    REJECTED = "REJECTED"
    TIMEOUT = "TIMEOUT"
    UNKNOWN_RESERVATION = "UNKNOWN_RESERVATION"

class CommandType(Word):
    CANCEL_RESERVATION = "CANCEL_RESERVATION"
    RESERVE_NOW = "RESERVE_NOW"
    START_SESSION = "START_SESSION"
    STOP_SESSION = "STOP_SESSION"
    UNLOCK_CONNECTOR = "UNLOCK_CONNECTOR"

class ChargingRateUnit(Word):
    W = "W"
    A = "A"

class ChargingProfileResponseType(Word):
    ACCEPTED = "ACCEPTED"
    NOT_SUPPORTED = "NOT_SUPPORTED"
    REJECTED = "REJECTED"
    TOO_OFTEN = "TOO_OFTEN"
    UNKNOWN_SESSION = "UNKNOWN_SESSION"

class ChargingProfileResultType(Word):
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    UNKNOWN = "UNKNOWN"

class ConnectionStatus(Word):
    CONNECTED = "CONNECTED"
    OFFLINE = "OFFLINE"
    PLANNED = "PLANNED"
    SUSPENDED = "SUSPENDED"

class VersionNumber(Word):
    V2_0 = "2.0"
    V2_1 = "2.1"
    V2_1_1 = "2.1.1"
    V2_2 = "2.2"
    V2_2_1 = "2.2.1"

class InterfaceRole(Word):
    SENDER = "SENDER"
    RECEIVER = "RECEIVER"

class ModuleID(Word):
    cdrs = "cdrs"
    chargingprofiles = "chargingprofiles"
    commands = "commands"
    credentials = "credentials"
    hubclientinfo = "hubclientinfo"
    locations = "locations"
    sessions = "sessions"
    tariffs = "tariffs"
    tokens = "tokens"

class DisplayText(Record):
    language: str  # up to 2
    text: str  # up to 512

    def __init__(
        self,
        *,
        language: str,
        text: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Price(Record):
    excl_vat: NumberMember
    incl_vat: OptionalNumberMember

    def __init__(
        self,
        *,
        excl_vat: Number,
        incl_vat: Optional[Number] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class GeoLocation(Record):
    latitude: str  # up to 10
    longitude: str  # up to 11

    def __init__(
        self,
        *,
        latitude: str,
        longitude: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class AdditionalGeoLocation(Record):
    latitude: str  # up to 10
    longitude: str  # up to 11
    name: Optional[DisplayText]

    def __init__(
        self,
        *,
        latitude: str,
        longitude: str,
        name: Optional[DisplayText] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Image(Record):
    url: str  # up to 255
    thumbnail: Optional[str]  # up to 255
    category: Union[ImageCategory, str]
    type: str  # up to 4
    width: Optional[int]  # up to 5
    height: Optional[int]  # up to 5

    def __init__(
        self,
        *,
        url: str,
        thumbnail: Optional[str] = None,
        category: Union[ImageCategory, str],
        type: str,
        width: Optional[int] = None,
        height: Optional[int] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class BusinessDetails(Record):
    name: str  # up to 100
    website: Optional[str]  # up to 255
    logo: Optional[Image]

    def __init__(
        self,
        *,
        name: str,
        website: Optional[str] = None,
        logo: Optional[Image] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class EnergySource(Record):
    source: Union[EnergySourceCategory, str]
    percentage: NumberMember

    def __init__(
        self,
        *,
        source: Union[EnergySourceCategory, str],
        percentage: Number,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class EnvironmentalImpact(Record):
    category: Union[EnvironmentalImpactCategory, str]
    amount: NumberMember

    def __init__(
        self,
        *,
        category: Union[EnvironmentalImpactCategory, str],
        amount: Number,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class EnergyMix(Record):
    is_green_energy: bool
    energy_sources: list[EnergySource]
    environ_impact: list[EnvironmentalImpact]
    supplier_name: Optional[str]  # up to 64
    energy_product_name: Optional[str]  # up to 64

    def __init__(
        self,
        *,
        is_green_energy: bool,
        energy_sources: Sequence[EnergySource] = ...,
        environ_impact: Sequence[EnvironmentalImpact] = ...,
        supplier_name: Optional[str] = None,
        energy_product_name: Optional[str] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ExceptionalPeriod(Record):
    period_begin: InstantMember
    period_end: InstantMember

    def __init__(
        self,
        *,
        period_begin: Instant,
        period_end: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class RegularHours(Record):
    weekday: int
    period_begin: str  # up to 5
    period_end: str  # up to 5

    def __init__(
        self,
        *,
        weekday: int,
        period_begin: str,
        period_end: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Hours(Record):
    twentyfourseven: bool
    regular_hours: list[RegularHours]
    exceptional_openings: list[ExceptionalPeriod]
    exceptional_closings: list[ExceptionalPeriod]

    def __init__(
        self,
        *,
        twentyfourseven: bool,
        regular_hours: Sequence[RegularHours] = ...,
        exceptional_openings: Sequence[ExceptionalPeriod] = ...,
        exceptional_closings: Sequence[ExceptionalPeriod] = ...,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class PublishTokenType(Record):
    uid: Optional[str]  # up to 36
    type: Optional[Union[TokenType, str]]
    visual_number: Optional[str]  # up to 64
    issuer: Optional[str]  # up to 64
    group_id: Optional[str]  # up to 36

    def __init__(
        self,
        *,
        uid: Optional[str] = None,
        type: Optional[Union[TokenType, str]] = None,
        visual_number: Optional[str] = None,
        issuer: Optional[str] = None,
        group_id: Optional[str] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class StatusSchedule(Record):
    period_begin: InstantMember
    period_end: OptionalInstantMember
    status: Union[Status, str]

    def __init__(
        self,
        *,
        period_begin: Instant,
        period_end: Optional[Instant] = None,
        status: Union[Status, str],
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Connector(Record):
    id: str  # up to 36
    standard: Union[ConnectorType, str]
    format: Union[ConnectorFormat, str]
    power_type: Union[PowerType, str]
    max_voltage: int
    max_amperage: int
    max_electric_power: Optional[int]
    tariff_ids: list[str]  # up to 36
    terms_and_conditions: Optional[str]  # up to 255
    last_updated: InstantMember

    def __init__(
        self,
        *,
        id: str,
        standard: Union[ConnectorType, str],
        format: Union[ConnectorFormat, str],
        power_type: Union[PowerType, str],
        max_voltage: int,
        max_amperage: int,
        max_electric_power: Optional[int] = None,
        tariff_ids: Sequence[str] = ...,
        terms_and_conditions: Optional[str] = None,
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class EVSE(Record):
    uid: str  # up to 36
    evse_id: Optional[str]  # up to 48
    status: Union[Status, str]
    status_schedule: list[StatusSchedule]
    capabilities: list[Union[Capability, str]]
    connectors: list[Connector]
    floor_level: Optional[str]  # up to 4
    coordinates: Optional[GeoLocation]
    physical_reference: Optional[str]  # up to 16
    directions: list[DisplayText]
    parking_restrictions: list[Union[ParkingRestriction, str]]
    images: list[Image]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        uid: str,
        evse_id: Optional[str] = None,
        status: Union[Status, str],
        status_schedule: Sequence[StatusSchedule] = ...,
        capabilities: Sequence[Union[Capability, str]] = ...,
        connectors: Sequence[Connector],
        floor_level: Optional[str] = None,
        coordinates: Optional[GeoLocation] = None,
        physical_reference: Optional[str] = None,
        directions: Sequence[DisplayText] = ...,
        parking_restrictions: Sequence[Union[ParkingRestriction, str]] = ...,
        images: Sequence[Image] = ...,
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Location(Record):
    country_code: str  # up to 2
    party_id: str  # up to 3
    id: str  # up to 36
    publish: bool
    publish_allowed_to: list[PublishTokenType]
    name: Optional[str]  # up to 255
    address: str  # up to 255
    city: str  # up to 45
    postal_code: Optional[str]  # up to 10
    state: Optional[str]  # up to 45
    country: str  # up to 3
    coordinates: GeoLocation
    related_locations: list[AdditionalGeoLocation]
    parking_type: Optional[Union[ParkingType, str]]
    evses: list[EVSE]
    directions: list[DisplayText]
    operator: Optional[BusinessDetails]
    suboperator: Optional[BusinessDetails]
    owner: Optional[BusinessDetails]
    facilities: list[Union[Facility, str]]
    time_zone: str  # up to 255
    opening_times: Optional[Hours]
    charging_when_closed: Optional[bool]
    images: list[Image]
    energy_mix: Optional[EnergyMix]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        country_code: str,
        party_id: str,
        id: str,
        publish: bool,
        publish_allowed_to: Sequence[PublishTokenType] = ...,
        name: Optional[str] = None,
        address: str,
        city: str,
        postal_code: Optional[str] = None,
        state: Optional[str] = None,
        country: str,
        coordinates: GeoLocation,
        related_locations: Sequence[AdditionalGeoLocation] = ...,
        parking_type: Optional[Union[ParkingType, str]] = None,
        evses: Sequence[EVSE] = ...,
        directions: Sequence[DisplayText] = ...,
        operator: Optional[BusinessDetails] = None,
        suboperator: Optional[BusinessDetails] = None,
        owner: Optional[BusinessDetails] = None,
        facilities: Sequence[Union[Facility, str]] = ...,
        time_zone: str,
        opening_times: Optional[Hours] = None,
        charging_when_closed: Optional[bool] = None,
        images: Sequence[Image] = ...,
        energy_mix: Optional[EnergyMix] = None,
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class EnergyContract(Record):
    supplier_name: str  # up to 64
    contract_id: Optional[str]  # up to 64

    def __init__(
        self,
        *,
        supplier_name: str,
        contract_id: Optional[str] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class LocationReferences(Record):
    location_id: str  # up to 36
    evse_uids: list[str]  # up to 36

    def __init__(
        self,
        *,
        location_id: str,
        evse_uids: Sequence[str] = ...,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Token(Record):
    country_code: str  # up to 2
    party_id: str  # up to 3
    uid: str  # up to 36
    type: Union[TokenType, str]
    contract_id: str  # up to 36
    visual_number: Optional[str]  # up to 64
    issuer: str  # up to 64
    group_id: Optional[str]  # up to 36
    valid: bool
    whitelist: Union[WhitelistType, str]
    language: Optional[str]  # up to 2
    default_profile_type: Optional[Union[ProfileType, str]]
    energy_contract: Optional[EnergyContract]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        country_code: str,
        party_id: str,
        uid: str,
        type: Union[TokenType, str],
        contract_id: str,
        visual_number: Optional[str] = None,
        issuer: str,
        group_id: Optional[str] = None,
        valid: bool,
        whitelist: Union[WhitelistType, str],
        language: Optional[str] = None,
        default_profile_type: Optional[Union[ProfileType, str]] = None,
        energy_contract: Optional[EnergyContract] = None,
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class AuthorizationInfo(Record):
    allowed: Union[AllowedType, str]
    token: Token
    location: Optional[LocationReferences]
    authorization_reference: Optional[str]  # up to 36
    info: Optional[DisplayText]

    def __init__(
        self,
        *,
        allowed: Union[AllowedType, str],
        token: Token,
        location: Optional[LocationReferences] = None,
        authorization_reference: Optional[str] = None,
        info: Optional[DisplayText] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class PriceComponent(Record):
    type: Union[TariffDimensionType, str]
    price: NumberMember
    vat: OptionalNumberMember
    step_size: int

    def __init__(
        self,
        *,
        type: Union[TariffDimensionType, str],
        price: Number,
        vat: Optional[Number] = None,
        step_size: int,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class TariffRestrictions(Record):
    start_time: Optional[str]  # up to 5
    end_time: Optional[str]  # up to 5
    start_date: Optional[str]  # up to 10
    end_date: Optional[str]  # up to 10
    min_kwh: OptionalNumberMember
    max_kwh: OptionalNumberMember
    min_current: OptionalNumberMember
    max_current: OptionalNumberMember
    min_power: OptionalNumberMember
    max_power: OptionalNumberMember
    min_duration: Optional[int]
    max_duration: Optional[int]
    day_of_week: list[Union[DayOfWeek, str]]
    reservation: Optional[Union[ReservationRestrictionType, str]]

    def __init__(
        self,
        *,
        start_time: Optional[str] = None,
        end_time: Optional[str] = None,
        start_date: Optional[str] = None,
        end_date: Optional[str] = None,
        min_kwh: Optional[Number] = None,
        max_kwh: Optional[Number] = None,
        min_current: Optional[Number] = None,
        max_current: Optional[Number] = None,
        min_power: Optional[Number] = None,
        max_power: Optional[Number] = None,
        min_duration: Optional[int] = None,
        max_duration: Optional[int] = None,
        day_of_week: Sequence[Union[DayOfWeek, str]] = ...,
        reservation: Optional[Union[ReservationRestrictionType, str]] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class TariffElement(Record):
    price_components: list[PriceComponent]
    restrictions: Optional[TariffRestrictions]

    def __init__(
        self,
        *,
        price_components: Sequence[PriceComponent],
        restrictions: Optional[TariffRestrictions] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Tariff(Record):
    country_code: str  # up to 2
    party_id: str  # up to 3
    id: str  # up to 36
    currency: str  # up to 3
    type: Optional[Union[TariffType, str]]
    tariff_alt_text: list[DisplayText]
    tariff_alt_url: Optional[str]  # up to 255
    min_price: Optional[Price]
    max_price: Optional[Price]
    elements: list[TariffElement]
    start_date_time: OptionalInstantMember
    end_date_time: OptionalInstantMember
    energy_mix: Optional[EnergyMix]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        country_code: str,
        party_id: str,
        id: str,
        currency: str,
        type: Optional[Union[TariffType, str]] = None,
        tariff_alt_text: Sequence[DisplayText] = ...,
        tariff_alt_url: Optional[str] = None,
        min_price: Optional[Price] = None,
        max_price: Optional[Price] = None,
        elements: Sequence[TariffElement],
        start_date_time: Optional[Instant] = None,
        end_date_time: Optional[Instant] = None,
        energy_mix: Optional[EnergyMix] = None,
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CdrDimension(Record):
    type: Union[CdrDimensionType, str]
    volume: NumberMember

    def __init__(
        self,
        *,
        type: Union[CdrDimensionType, str],
        volume: Number,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ChargingPeriod(Record):
    start_date_time: InstantMember
    dimensions: list[CdrDimension]
    tariff_id: Optional[str]  # up to 36

    def __init__(
        self,
        *,
        start_date_time: Instant,
        dimensions: Sequence[CdrDimension],
        tariff_id: Optional[str] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CdrToken(Record):
    country_code: str  # up to 2
    party_id: str  # up to 3
    uid: str  # up to 36
    type: Union[TokenType, str]
    contract_id: str  # up to 36

    def __init__(
        self,
        *,
        country_code: str,
        party_id: str,
        uid: str,
        type: Union[TokenType, str],
        contract_id: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CdrLocation(Record):
    id: str  # up to 36
    name: Optional[str]  # up to 255
    address: str  # up to 45
    city: str  # up to 45
    postal_code: Optional[str]  # up to 10
    state: Optional[str]  # up to 20
    country: str  # up to 3
    coordinates: GeoLocation
    evse_uid: str  # up to 36
    evse_id: str  # up to 48
    connector_id: str  # up to 36
    connector_standard: Union[ConnectorType, str]
    connector_format: Union[ConnectorFormat, str]
    connector_power_type: Union[PowerType, str]

    def __init__(
        self,
        *,
        id: str,
        name: Optional[str] = None,
        address: str,
        city: str,
        postal_code: Optional[str] = None,
        state: Optional[str] = None,
        country: str,
        coordinates: GeoLocation,
        evse_uid: str,
        evse_id: str,
        connector_id: str,
        connector_standard: Union[ConnectorType, str],
        connector_format: Union[ConnectorFormat, str],
        connector_power_type: Union[PowerType, str],
        extra: dict[str, Any] = ...,
    ) -> None: ...

class SignedValue(Record):
    nature: str  # up to 32
    plain_data: str  # up to 5000
    signed_data: str  # up to 5000

    def __init__(
        self,
        *,
        nature: str,
        plain_data: str,
        signed_data: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class SignedData(Record):
    encoding_method: str  # up to 36
    encoding_method_version: Optional[int]
    public_key: Optional[str]  # up to 512
    signed_values: list[SignedValue]
    url: Optional[str]  # up to 512

    def __init__(
        self,
        *,
        encoding_method: str,
        encoding_method_version: Optional[int] = None,
        public_key: Optional[str] = None,
        signed_values: Sequence[SignedValue],
        url: Optional[str] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CDR(Record):
    country_code: str  # up to 2
    party_id: str  # up to 3
    id: str  # up to 39
    start_date_time: InstantMember
    end_date_time: InstantMember
    session_id: Optional[str]  # up to 36
    cdr_token: CdrToken
    auth_method: Union[AuthMethod, str]
    authorization_reference: Optional[str]  # up to 36
    cdr_location: CdrLocation
    meter_id: Optional[str]  # up to 255
    currency: str  # up to 3
    tariffs: list[Tariff]
    charging_periods: list[ChargingPeriod]
    signed_data: Optional[SignedData]
    total_cost: Price
    total_fixed_cost: Optional[Price]
    total_energy: NumberMember
    total_energy_cost: Optional[Price]
    total_time: NumberMember
    total_time_cost: Optional[Price]
    total_parking_time: OptionalNumberMember
    total_parking_cost: Optional[Price]
    total_reservation_cost: Optional[Price]
    remark: Optional[str]  # up to 255
    invoice_reference_id: Optional[str]  # up to 39
    credit: Optional[bool]
    credit_reference_id: Optional[str]  # up to 39
    home_charging_compensation: Optional[bool]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        country_code: str,
        party_id: str,
        id: str,
        start_date_time: Instant,
        end_date_time: Instant,
        session_id: Optional[str] = None,
        cdr_token: CdrToken,
        auth_method: Union[AuthMethod, str],
        authorization_reference: Optional[str] = None,
        cdr_location: CdrLocation,
        meter_id: Optional[str] = None,
        currency: str,
        tariffs: Sequence[Tariff] = ...,
        charging_periods: Sequence[ChargingPeriod],
        signed_data: Optional[SignedData] = None,
        total_cost: Price,
        total_fixed_cost: Optional[Price] = None,
        total_energy: Number,
        total_energy_cost: Optional[Price] = None,
        total_time: Number,
        total_time_cost: Optional[Price] = None,
        total_parking_time: Optional[Number] = None,
        total_parking_cost: Optional[Price] = None,
        total_reservation_cost: Optional[Price] = None,
        remark: Optional[str] = None,
        invoice_reference_id: Optional[str] = None,
        credit: Optional[bool] = None,
        credit_reference_id: Optional[str] = None,
        home_charging_compensation: Optional[bool] = None,
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Session(Record):
    country_code: str  # up to 2
    party_id: str  # up to 3
    id: str  # up to 36
    start_date_time: InstantMember
    end_date_time: OptionalInstantMember
    kwh: NumberMember
    cdr_token: CdrToken
    auth_method: Union[AuthMethod, str]
    authorization_reference: Optional[str]  # up to 36
    location_id: str  # up to 36
    evse_uid: str  # up to 36
    connector_id: str  # up to 36
    meter_id: Optional[str]  # up to 255
    currency: str  # up to 3
    charging_periods: list[ChargingPeriod]
    total_cost: Optional[Price]
    status: Union[SessionStatus, str]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        country_code: str,
        party_id: str,
        id: str,
        start_date_time: Instant,
        end_date_time: Optional[Instant] = None,
        kwh: Number,
        cdr_token: CdrToken,
        auth_method: Union[AuthMethod, str],
        authorization_reference: Optional[str] = None,
        location_id: str,
        evse_uid: str,
        connector_id: str,
        meter_id: Optional[str] = None,
        currency: str,
        charging_periods: Sequence[ChargingPeriod] = ...,
        total_cost: Optional[Price] = None,
        status: Union[SessionStatus, str],
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ChargingPreferences(Record):
    profile_type: Union[ProfileType, str]
    departure_time: OptionalInstantMember
    energy_need: OptionalNumberMember
    discharge_allowed: Optional[bool]
    capacity: OptionalNumberMember
    soc: OptionalNumberMember
    target_soc: OptionalNumberMember

    def __init__(
        self,
        *,
        profile_type: Union[ProfileType, str],
        departure_time: Optional[Instant] = None,
        energy_need: Optional[Number] = None,
        discharge_allowed: Optional[bool] = None,
        capacity: Optional[Number] = None,
        soc: Optional[Number] = None,
        target_soc: Optional[Number] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CancelReservation(Record):
    response_url: str  # up to 255
    reservation_id: str  # up to 36

    def __init__(
        self,
        *,
        response_url: str,
        reservation_id: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CommandResponse(Record):
    result: Union[CommandResponseType, str]
    timeout: int
    message: list[DisplayText]

    def __init__(
        self,
        *,
        result: Union[CommandResponseType, str],
        timeout: int,
        message: Sequence[DisplayText] = ...,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CommandResult(Record):
    result: Union[CommandResultType, str]
    message: list[DisplayText]

    def __init__(
        self,
        *,
        result: Union[CommandResultType, str],
        message: Sequence[DisplayText] = ...,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ReserveNow(Record):
    response_url: str  # up to 255
    token: Token
    expiry_date: InstantMember
    reservation_id: str  # up to 36
    location_id: str  # up to 36
    evse_uid: Optional[str]  # up to 36
    authorization_reference: Optional[str]  # up to 36

    def __init__(
        self,
        *,
        response_url: str,
        token: Token,
        expiry_date: Instant,
        reservation_id: str,
        location_id: str,
        evse_uid: Optional[str] = None,
        authorization_reference: Optional[str] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class StartSession(Record):
    response_url: str  # up to 255
    token: Token
    location_id: str  # up to 36
    evse_uid: Optional[str]  # up to 36
    connector_id: Optional[str]  # up to 36
    authorization_reference: Optional[str]  # up to 36

    def __init__(
        self,
        *,
        response_url: str,
        token: Token,
        location_id: str,
        evse_uid: Optional[str] = None,
        connector_id: Optional[str] = None,
        authorization_reference: Optional[str] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class StopSession(Record):
    response_url: str  # up to 255
    session_id: str  # up to 36

    def __init__(
        self,
        *,
        response_url: str,
        session_id: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class UnlockConnector(Record):
    response_url: str  # up to 255
    location_id: str  # up to 36
    evse_uid: str  # up to 36
    connector_id: str  # up to 36

    def __init__(
        self,
        *,
        response_url: str,
        location_id: str,
        evse_uid: str,
        connector_id: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ChargingProfilePeriod(Record):
    start_period: int
    limit: NumberMember

    def __init__(
        self,
        *,
        start_period: int,
        limit: Number,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ChargingProfile(Record):
    start_date_time: OptionalInstantMember
    duration: Optional[int]
    charging_rate_unit: Union[ChargingRateUnit, str]
    min_charging_rate: OptionalNumberMember
    charging_profile_period: list[ChargingProfilePeriod]

    def __init__(
        self,
        *,
        start_date_time: Optional[Instant] = None,
        duration: Optional[int] = None,
        charging_rate_unit: Union[ChargingRateUnit, str],
        min_charging_rate: Optional[Number] = None,
        charging_profile_period: Sequence[ChargingProfilePeriod] = ...,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ActiveChargingProfile(Record):
    start_date_time: InstantMember
    charging_profile: ChargingProfile

    def __init__(
        self,
        *,
        start_date_time: Instant,
        charging_profile: ChargingProfile,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ChargingProfileResponse(Record):
    result: Union[ChargingProfileResponseType, str]
    timeout: int

    def __init__(
        self,
        *,
        result: Union[ChargingProfileResponseType, str],
        timeout: int,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ActiveChargingProfileResult(Record):
    result: Union[ChargingProfileResultType, str]
    profile: Optional[ActiveChargingProfile]

    def __init__(
        self,
        *,
        result: Union[ChargingProfileResultType, str],
        profile: Optional[ActiveChargingProfile] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ChargingProfileResult(Record):
    result: Union[ChargingProfileResultType, str]

    def __init__(
        self,
        *,
        result: Union[ChargingProfileResultType, str],
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ClearProfileResult(Record):
    result: Union[ChargingProfileResultType, str]

    def __init__(
        self,
        *,
        result: Union[ChargingProfileResultType, str],
        extra: dict[str, Any] = ...,
    ) -> None: ...

class SetChargingProfile(Record):
    charging_profile: ChargingProfile
    response_url: str  # up to 255

    def __init__(
        self,
        *,
        charging_profile: ChargingProfile,
        response_url: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class ClientInfo(Record):
    party_id: str  # up to 3
    country_code: str  # up to 2
    role: Union[Role, str]
    status: Union[ConnectionStatus, str]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        party_id: str,
        country_code: str,
        role: Union[Role, str],
        status: Union[ConnectionStatus, str],
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Version(Record):
    version: Union[VersionNumber, str]
    url: str  # up to 255

    def __init__(
        self,
        *,
        version: Union[VersionNumber, str],
        url: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Endpoint(Record):
    identifier: Union[ModuleID, str]
    role: Union[InterfaceRole, str]
    url: str  # up to 255

    def __init__(
        self,
        *,
        identifier: Union[ModuleID, str],
        role: Union[InterfaceRole, str],
        url: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class VersionDetails(Record):
    version: Union[VersionNumber, str]
    endpoints: list[Endpoint]

    def __init__(
        self,
        *,
        version: Union[VersionNumber, str],
        endpoints: Sequence[Endpoint],
        extra: dict[str, Any] = ...,
    ) -> None: ...

class CredentialsRole(Record):
    role: Union[Role, str]
    business_details: BusinessDetails
    party_id: str  # up to 3
    country_code: str  # up to 2

    def __init__(
        self,
        *,
        role: Union[Role, str],
        business_details: BusinessDetails,
        party_id: str,
        country_code: str,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class Credentials(Record):
    token: str  # up to 64
    url: str  # up to 255
    roles: list[CredentialsRole]

    def __init__(
        self,
        *,
        token: str,
        url: str,
        roles: Sequence[CredentialsRole],
        extra: dict[str, Any] = ...,
    ) -> None: ...

class SlotValue(Record):
    time_slot: InstantMember
    value: NumberMember

    def __init__(
        self,
        *,
        time_slot: Instant,
        value: Number,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class SCConnector(Record):
    connector_id: str  # up to 36
    power: NumberMember
    discharge_power: OptionalNumberMember

    def __init__(
        self,
        *,
        connector_id: str,
        power: Number,
        discharge_power: Optional[Number] = None,
        extra: dict[str, Any] = ...,
    ) -> None: ...

class SCEvse(Record):
    location_id: str  # up to 36
    evse_uid: str  # up to 36
    connectors: list[SCConnector]

    def __init__(
        self,
        *,
        location_id: str,
        evse_uid: str,
        connectors: Sequence[SCConnector],
        extra: dict[str, Any] = ...,
    ) -> None: ...

class SCOptimisation(Record):
    country_code: str  # up to 2
    party_id: str  # up to 3
    id: str  # up to 36
    storage_capacity: OptionalNumberMember
    max_power: OptionalNumberMember
    min_power: OptionalNumberMember
    evses: list[SCEvse]
    opportunity_cost: OptionalNumberMember
    demand: list[SlotValue]
    generation: list[SlotValue]
    demand_forecast: list[SlotValue]
    generation_forecast: list[SlotValue]
    storage_soc: list[SlotValue]
    price: list[SlotValue]
    flex_orders: list[SlotValue]
    last_updated: InstantMember

    def __init__(
        self,
        *,
        country_code: str,
        party_id: str,
        id: str,
        storage_capacity: Optional[Number] = None,
        max_power: Optional[Number] = None,
        min_power: Optional[Number] = None,
        evses: Sequence[SCEvse],
        opportunity_cost: Optional[Number] = None,
        demand: Sequence[SlotValue] = ...,
        generation: Sequence[SlotValue] = ...,
        demand_forecast: Sequence[SlotValue] = ...,
        generation_forecast: Sequence[SlotValue] = ...,
        storage_soc: Sequence[SlotValue] = ...,
        price: Sequence[SlotValue] = ...,
        flex_orders: Sequence[SlotValue] = ...,
        last_updated: Instant,
        extra: dict[str, Any] = ...,
    ) -> None: ...

__all__ = [
    "Record",
    "DisplayText",
    "Price",
    "GeoLocation",
    "AdditionalGeoLocation",
    "Image",
    "BusinessDetails",
    "EnergySource",
    "EnvironmentalImpact",
    "EnergyMix",
    "ExceptionalPeriod",
    "RegularHours",
    "Hours",
    "PublishTokenType",
    "StatusSchedule",
    "Connector",
    "EVSE",
    "Location",
    "EnergyContract",
    "LocationReferences",
    "Token",
    "AuthorizationInfo",
    "PriceComponent",
    "TariffRestrictions",
    "TariffElement",
    "Tariff",
    "CdrDimension",
    "ChargingPeriod",
    "CdrToken",
    "CdrLocation",
    "SignedValue",
    "SignedData",
    "CDR",
    "Session",
    "ChargingPreferences",
    "CancelReservation",
    "CommandResponse",
    "CommandResult",
    "ReserveNow",
    "StartSession",
    "StopSession",
    "UnlockConnector",
    "ChargingProfilePeriod",
    "ChargingProfile",
    "ActiveChargingProfile",
    "ChargingProfileResponse",
    "ActiveChargingProfileResult",
    "ChargingProfileResult",
    "ClearProfileResult",
    "SetChargingProfile",
    "ClientInfo",
    "Version",
    "Endpoint",
    "VersionDetails",
    "CredentialsRole",
    "Credentials",
    "SlotValue",
    "SCConnector",
    "SCEvse",
    "SCOptimisation",
    "Role",
    "Capability",
    "ConnectorFormat",
    "ConnectorType",
    "EnergySourceCategory",
    "EnvironmentalImpactCategory",
    "Facility",
    "ImageCategory",
    "ParkingRestriction",
    "ParkingType",
    "PowerType",
    "Status",
    "AllowedType",
    "ProfileType",
    "TokenType",
    "WhitelistType",
    "DayOfWeek",
    "ReservationRestrictionType",
    "TariffDimensionType",
    "TariffType",
    "AuthMethod",
    "CdrDimensionType",
    "ChargingPreferencesResponse",
    "SessionStatus",
    "CommandResponseType",
    "CommandResultType",
    "CommandType",
    "ChargingRateUnit",
    "ChargingProfileResponseType",
    "ChargingProfileResultType",
    "ConnectionStatus",
    "VersionNumber",
    "InterfaceRole",
    "ModuleID",
]
