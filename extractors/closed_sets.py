"""The closed sets of values: kinds, types, statuses, qualifiers, roles, units of what the extractors read.

Names only; `models` uses them in records. The stored and printed form of a member is its value.
"""

from enum import StrEnum


class PartyKind(StrEnum):
    """What a party does for a living; `miner` = is or was a crypto miner."""

    MINER = "miner"
    NEOCLOUD = "neocloud"
    HYPERSCALER = "hyperscaler"
    AI_LAB = "ai_lab"
    DEVELOPER = "developer"
    CHIP_VENDOR = "chip_vendor"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class DealType(StrEnum):
    HOSTING_LEASE = "hosting_lease"
    CLOUD_CONTRACT = "cloud_contract"
    ACQUISITION = "acquisition"
    JOINT_VENTURE = "joint_venture"
    EQUIPMENT_PURCHASE = "equipment_purchase"
    FINANCING = "financing"
    EQUITY_STAKE = "equity_stake"
    POWER_SUPPLY = "power_supply"
    LAND = "land"
    PARTNERSHIP = "partnership"
    OTHER = "other"


class DealStatus(StrEnum):
    RUMORED = "rumored"
    IN_TALKS = "in_talks"
    LOI = "loi"
    SIGNED = "signed"
    EXPANDED = "expanded"
    CLOSED = "closed"
    TERMINATED = "terminated"
    REJECTED = "rejected"


class Qualifier(StrEnum):
    """How firmly a number is stated."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


class CapacityKind(StrEnum):
    """The basis of a megawatt figure: critical IT load, gross (utility or site) power, or not said."""

    IT = "it"
    GROSS = "gross"
    UNSPECIFIED = "unspecified"


class PartyRole(StrEnum):
    """What a party beside provider and customer does in a deal."""

    SUPPLIER = "supplier"
    GUARANTOR = "guarantor"
    FINANCIER = "financier"
    UNDERWRITER = "underwriter"
    ADVISOR = "advisor"
    PARTNER = "partner"
    INVESTOR = "investor"
    END_USER = "end_user"


class Stage(StrEnum):
    """How far the work on a deal has come, where a text says that it has happened."""

    UNDER_CONSTRUCTION = "under_construction"
    ENERGISED = "energised"


class LeaseForm(StrEnum):
    TRIPLE_NET = "triple_net"
    MODIFIED_GROSS = "modified_gross"
    GROSS = "gross"
    OTHER = "other"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Session(StrEnum):
    """The window over which a share-price move was observed."""

    PREMARKET = "premarket"
    INTRADAY = "intraday"
    CLOSE = "close"
    AFTER_HOURS = "after_hours"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNSPECIFIED = "unspecified"


class QuantityKind(StrEnum):
    MONEY = "money"
    POWER = "power"
    TERM = "term"
    PERCENT = "percent"
    GPU = "gpu"
    DATE = "date"


class Where(StrEnum):
    """Which part of an article an offset counts in."""

    TITLE = "title"
    TEXT = "text"


#: Deal types that never raise an alert, whoever the parties are (DESIGN, "Alert mention").
SILENT_DEAL_TYPES = frozenset(
    {
        DealType.FINANCING,
        DealType.LAND,
        DealType.POWER_SUPPLY,
        DealType.EQUIPMENT_PURCHASE,
        DealType.EQUITY_STAKE,
        DealType.OTHER,
    }
)
