"""Reading drafts and surprises."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duly.invoicing.models import from_json
from duly.kernel.sql import fetch_sql

HERE = "duly.invoicing"
PAGE = 50


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list; `agreed_net_minor` is what the agreement says where a person changed it."""

    id: int
    account_id: int
    account_number: str
    account_name: str
    currency: str
    charge_key: str
    version: int
    source_kind: str
    description: str
    period_from: date | None
    period_to: date | None
    bill_on: date
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    net_minor: int
    agreed_net_minor: int | None
    tax_code: str
    po_number: str
    edited_by: str | None
    dismissed_by: str | None
    note: str
    pricing: Any


@dataclass(frozen=True, slots=True)
class Surprise:
    """What a review asks about: one sentence, the money at stake, who is to decide until when."""

    id: int
    run_id: int
    account_id: int
    account_number: str
    account_name: str
    charge_id: int | None
    kind: str
    currency: str
    sentence: str
    facts: Any
    at_stake_minor: int
    state: str
    owner_id: int | None
    deadline_on: date
    decided_by: str | None
    decided_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFilter:
    """Which drafts; `dismissed` shows those taken out of billing instead."""

    account_id: int | None = None
    source_kind: str | None = None
    through_on: date | None = None
    dismissed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SurpriseFilter:
    """Which surprises; by default those to be decided."""

    run_id: int | None = None
    account_id: int | None = None
    kind: str | None = None
    states: tuple[str, ...] = ("open", "held")


def drafts_page(
    entity_id: int, wanted: DraftFilter, *, after: tuple[int, date, int] | None = None, limit: int = PAGE
) -> list[DraftRow]:
    """Return drafts by account, bill day and id, past `after` (those three of the last one seen)."""
    after_account, after_on, after_id = after or (None, None, None)
    rows = fetch_sql(
        HERE,
        "read/drafts.sql",
        DraftRow,
        entity=entity_id,
        account=wanted.account_id,
        source_kind=wanted.source_kind,
        through_on=wanted.through_on,
        dismissed=wanted.dismissed,
        after_account=after_account,
        after_on=after_on,
        after_id=after_id,
        limit=limit,
    )
    return [replace(row, pricing=from_json(row.pricing)) for row in rows]


def surprises_page(
    entity_id: int, wanted: SurpriseFilter, *, after: tuple[date, int] | None = None, limit: int = PAGE
) -> list[Surprise]:
    """Return surprises, the earliest deadline first, past `after` (deadline, id of the last one seen)."""
    rows = fetch_sql(
        HERE,
        "read/surprises.sql",
        Surprise,
        entity=entity_id,
        run=wanted.run_id,
        account=wanted.account_id,
        kind=wanted.kind,
        states=list(wanted.states),
        after_on=after[0] if after else None,
        after_id=after[1] if after else None,
        limit=limit,
    )
    return [replace(row, facts=from_json(row.facts)) for row in rows]
