"""Looking at agreements: their lines and versions, the next bills as a calendar, how a charge came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from duly.commercial.rules import Cycle, sentences
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql

HERE = "duly.commercial"
PAGE = 50
LAST = 2**62
LONGEST_LOOK = timedelta(days=366 * 13)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in a list; `billed_to` is the first day not billed of its furthest line."""

    id: int
    number: str
    account_id: int
    account_number: str
    account_name: str
    name: str
    currency: str
    starts_on: date
    ends_on: date | None
    interval_unit: str
    interval_count: int
    timing: str
    state: str
    lines: int
    billed_to: date | None


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """An agreement as it is; `standing` says whether it runs, pauses, is on trial or over on the day asked for."""

    id: int
    number: str
    account_id: int
    account_number: str
    account_name: str
    name: str
    currency: str
    price_list: str
    starts_on: date
    ends_on: date | None
    trial_ends_on: date | None
    anchor_kind: str
    anchor_day: int
    interval_unit: str
    interval_count: int
    timing: str
    proration: str
    po_number: str
    state: str
    external_id: str | None
    recheck_from: date | None
    version: int
    standing: str


@dataclass(frozen=True, slots=True)
class TermVersion:
    """A version of a line of an agreement."""

    id: int
    line: int
    valid_from: date
    valid_to: date | None
    item: str
    item_name: str
    unit: str
    description: str
    model: str
    quantity: Decimal
    unit_price: Decimal | None
    package_size: Decimal | None
    percentage: Decimal | None
    minimum_minor: int | None
    meter: str | None
    aggregate: str | None
    included_quantity: Decimal
    interval_unit: str
    interval_count: int
    timing: str
    amendment_id: int | None
    recorded_at: datetime
    tiers: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause; open while `resumed_on` is None."""

    id: int
    paused_on: date
    resumed_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone of a line."""

    id: int
    line: int
    name: str
    price: Decimal | None
    planned_on: date | None
    reached_on: date | None


@dataclass(frozen=True, slots=True)
class AmendmentMade:
    """A change that was made: from which day, what it says, who made it, whether it was taken back."""

    id: int
    effective_on: date
    kind: str
    after: dict[str, Any]
    reason: str
    made_by: str
    recorded_at: datetime
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed on a line from a day on: the field, what it was, what it is."""

    line: int
    item: str
    from_on: date
    field: str
    was: str
    now: str
    amendment_id: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with all its versions, pauses, milestones and changes."""

    facts: AgreementFacts
    terms: list[TermVersion]
    pauses: list[Pause]
    milestones: list[Milestone]
    amendments: list[AmendmentMade]
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line of a coming bill; the amount of a line by use is what has been used so far."""

    bill_on: date
    line: int
    description: str
    period_from: date | None
    period_to: date | None
    quantity: Decimal
    net_minor: int | None
    currency: str
    by_use: bool


@dataclass(frozen=True, slots=True)
class ComingBill:
    """What falls due for billing on a day; net in minor units, lines without a price left out of it."""

    bill_on: date
    net_minor: int
    lines: list[BillLine]


@dataclass(frozen=True, slots=True)
class ChargeVersion:
    """A version of a charge, drafted (no invoice_id) or billed, with the pricing kept when it was made."""

    charge_key: str
    version: int
    description: str
    period_from: date | None
    period_to: date | None
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    net_minor: int
    currency: str
    pricing: dict[str, Any] | None
    invoice_id: int | None
    line: int | None

    def why(self) -> list[str]:
        """Say how the amount came to be, a sentence a step."""
        return sentences(self.pricing or {}, self.net_minor, self.currency, quantity=self.quantity, unit=self.unit)


@dataclass(frozen=True, slots=True)
class AdriftUsage:
    """Usage of an account on a meter that no agreement bills."""

    account_id: int
    meter: str
    events: int
    quantity: Decimal
    first_on: date
    last_on: date


def agreements(
    entity_id: int, *, account_id: int | None = None, q: str | None = None, before: int = LAST, limit: int = PAGE
) -> list[AgreementRow]:
    """Return agreements, newest first, those with an id below `before` (the last id of the page before)."""
    words = f"%{q}%" if q else None
    return fetch_sql(
        HERE,
        "look/agreements.sql",
        AgreementRow,
        entity=entity_id,
        account=account_id,
        q=words,
        before=before,
        limit=limit,
    )


def agreement(entity_id: int, *, today: date, agreement_id: int | None = None, number: str | None = None) -> Agreement:
    """Return one agreement by id or number; NotFound when the entity has none such."""
    facts = fetch_one(
        HERE, "look/agreement.sql", AgreementFacts, entity=entity_id, id=agreement_id, number=number, today=today
    )
    if facts is None:
        raise NotFound("agreement.unknown", agreement=number or agreement_id)
    which = {"entity": entity_id, "agreement": facts.id}
    terms = fetch_sql(HERE, "look/terms.sql", TermVersion, account=facts.account_id, **which)
    return Agreement(
        facts,
        terms,
        fetch_sql(HERE, "look/pauses.sql", Pause, **which),
        fetch_sql(HERE, "look/milestones.sql", Milestone, **which),
        fetch_sql(HERE, "look/amendments.sql", AmendmentMade, **which),
        differences(terms),
    )


COMPARED = (
    "item", "model", "quantity", "unit_price", "package_size", "percentage", "minimum_minor", "included_quantity",
    "tiers", "interval_unit", "interval_count", "timing",
)  # fmt: skip


def differences(terms: list[TermVersion]) -> list[Difference]:
    """Return what each version of a line changed against the one before it."""
    found = []
    for old, new in pairwise(terms):
        if old.line != new.line:
            continue
        for name in COMPARED:
            was, now = getattr(old, name), getattr(new, name)
            if was != now:
                said = (_said(was), _said(now))
                found.append(Difference(new.line, new.item, new.valid_from, name, *said, new.amendment_id))
    return found


def _said(value: Any) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def charge_versions(entity_id: int, charge_key: str) -> list[ChargeVersion]:
    """Return every version of a charge and its reversals, oldest first; each says `why()`."""
    return fetch_sql(HERE, "look/charge.sql", ChargeVersion, entity=entity_id, key=charge_key)


def usage_adrift(entity_id: int, *, limit: int = PAGE) -> list[AdriftUsage]:
    """Return usage that no agreement bills, so that it is not lost in silence."""
    return fetch_sql(HERE, "look/usage_adrift.sql", AdriftUsage, entity=entity_id, limit=limit)


def look_ahead(terms: list[TermVersion], today: date, bills: int) -> date:
    """Return the day through which a calendar of that many bills must look: by the shortest of the intervals."""
    recurring = [t for t in terms if t.interval_unit != "once" and (t.valid_to is None or t.valid_to > today)]
    cycles = [Cycle(t.interval_unit, t.interval_count, 0) for t in recurring] or [Cycle("month", 1, 0)]
    ends = [cycle.boundary(cycle.period_no(today) + bills + 1) for cycle in cycles]
    return min(min(ends), today + LONGEST_LOOK)
