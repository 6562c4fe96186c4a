"""What callers hand in to agree, change and record, and what they get back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duly.kernel.states import States

AGREEMENT_STATES = States("agreement", {"draft": {"active", "withdrawn"}, "active": {"withdrawn"}, "withdrawn": set()})


@dataclass(frozen=True, slots=True)
class NewTier:
    """A step of a tiered price: up to and with `up_to` (None: without end); prices in major units."""

    up_to: Decimal | None
    unit_price: Decimal = Decimal(0)
    flat_price: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """A part of a milestone line; without a price it bills the line's quantity x price."""

    name: str
    price: Decimal | None = None
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A line of an agreement. Prices are in major units; without one the item's list price is followed.

    `interval_unit`, `interval_count` and `timing` are given only where they differ from the agreement's.
    """

    item: str
    model: str = "per_unit"
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    description: str = ""
    meter: str | None = None
    aggregate: str | None = None
    included_quantity: Decimal = Decimal(0)
    package_size: Decimal | None = None
    percentage: Decimal | None = None
    minimum_minor: int | None = None
    interval_unit: str | None = None
    interval_count: int | None = None
    timing: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    tiers: tuple[NewTier, ...] = ()
    milestones: tuple[NewMilestone, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """An agreement and its lines. `ends_on` and `trial_ends_on` are the first day no longer in it.

    The account is named by `account_id`, or by `account_number` or `account_external_id`. Without
    `currency` it is the account's; without `number` one is given; without `anchor_day` it is the first day
    (anniversary) or 1 (calendar).
    """

    starts_on: date
    terms: tuple[NewTerm, ...]
    account_id: int | None = None
    account_number: str | None = None
    account_external_id: str | None = None
    name: str = ""
    number: str | None = None
    external_id: str | None = None
    currency: str | None = None
    price_list: str = "standard"
    ends_on: date | None = None
    trial_ends_on: date | None = None
    anchor_kind: str = "calendar"
    anchor_day: int | None = None
    interval_unit: str = "month"
    interval_count: int = 1
    timing: str = "advance"
    proration: str = "day"
    po_number: str = ""
    state: str = "active"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: its place in what was handed in, the stable code of the rule, what it is
    about.
    """

    place: int
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of one line from a day on (that day belongs to the change); None leaves as it is.

    `line` None adds a line (`item` and `model` are then needed). `ends` ends the line on the day.
    `price_from_list` drops the line's own price. Later planned versions of the line stay unless
    `replace_later`.
    """

    agreement_id: int
    from_on: date
    line: int | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    price_from_list: bool = False
    tiers: tuple[NewTier, ...] | None = None
    percentage: Decimal | None = None
    minimum_minor: int | None = None
    included_quantity: Decimal | None = None
    ends: bool = False
    new_term: NewTerm | None = None
    replace_later: bool = False


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """A moment of use. The same external_id counts once; `unique_key` is what a unique count counts."""

    external_id: str
    meter: str
    at: datetime
    quantity: Decimal = Decimal(1)
    account_id: int | None = None
    account_number: str | None = None
    agreement_number: str | None = None
    unique_key: str = ""


@dataclass(slots=True)
class Agreed:
    """What became of agreements handed in: ids made, how many were known already, which were rejected and
    why.
    """

    ids: list[int]
    repeated: int
    rejected: list[Rejected]


@dataclass(slots=True)
class Recorded:
    """What became of usage handed in."""

    recorded: int
    repeated: int
    rejected: list[Rejected]
