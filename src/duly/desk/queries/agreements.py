"""Agreements as the screens show them: what was used so far, and what the next bills become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duly.commercial.queries import LAST, AgreementFacts, AgreementRow, ComingBill, TermVersion
from duly.kernel.sql import fetch_sql

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class Used:
    """What was used of a metered line in its running period (`period_to` is the first day after it)."""

    line: int
    meter: str
    aggregate: str
    item_name: str
    unit: str
    included_quantity: Decimal
    period_from: date
    period_to: date
    events: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change makes of the bill of one day, in minor units; None where there is no bill."""

    bill_on: date
    was_minor: int | None
    becomes_minor: int | None

    @property
    def difference_minor(self) -> int:
        """How much more the bill is than it was."""
        return (self.becomes_minor or 0) - (self.was_minor or 0)


@dataclass(frozen=True, slots=True)
class _Id:
    id: int


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """What the list is narrowed to: number or customer's beginning, account, words of the name, standing.

    `standing` is in_force, to_come or ended on the day asked for.
    """

    q: str = ""
    account_id: int | None = None
    words: str = ""
    standing: str | None = None


def find_agreements(
    entity_id: int, where: AgreementFilter, today: date, *, before: int = LAST, limit: int = 50
) -> list[AgreementRow]:
    """Return the agreements that fit, newest first, older than the one with the id `before`."""
    by_q = {"q": where.q, "prefix": f"{_plainly(where.q.lower())}%"} if where.q else {}
    found = fetch_sql(
        HERE,
        "agreements/found.sql" if where.q else "agreements/narrowed.sql",
        _Id,
        entity=entity_id,
        account=where.account_id,
        words=f"%{_plainly(where.words)}%" if where.words else None,
        standing=where.standing,
        today=today,
        before=before,
        limit=limit,
        **by_q,
    )
    ids = [row.id for row in found]
    return fetch_sql(HERE, "agreements/rows.sql", AgreementRow, entity=entity_id, ids=ids) if ids else []


def _plainly(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def usage_so_far(entity_id: int, facts: AgreementFacts, today: date) -> list[Used]:
    """Return what was used in the running period of each metered line."""
    return fetch_sql(
        HERE,
        "agreements/usage.sql",
        Used,
        entity=entity_id,
        account=facts.account_id,
        agreement=facts.id,
        today=today,
    )


def effects(before: Sequence[ComingBill], after: Sequence[ComingBill]) -> list[Effect]:
    """Set two calendars of the same agreement side by side, day by day."""
    was = {bill.bill_on: bill.net_minor for bill in before}
    becomes = {bill.bill_on: bill.net_minor for bill in after}
    last = min(max(days) for days in (was, becomes) if days) if was and becomes else date.max
    days = sorted(day for day in was.keys() | becomes.keys() if day <= last)
    return [Effect(day, was.get(day), becomes.get(day)) for day in days]


def current_terms(terms: Sequence[TermVersion], today: date) -> list[TermVersion]:
    """Return one version of each line: the one in force, else the next, else the last one."""
    found: dict[int, TermVersion] = {}
    for term in terms:
        known = found.get(term.line)
        in_force = term.valid_from <= today and (term.valid_to is None or term.valid_to > today)
        if known is None or in_force or (known.valid_to is not None and known.valid_to <= today):
            found[term.line] = term
    return [found[line] for line in sorted(found)]
