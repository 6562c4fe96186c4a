"""The facts of cases, fetched in sets: one statement a kind of fact, whatever the number of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from duly.kernel.sql import fetch_sql
from duly.matching.differences import KNOWERS, Known
from duly.matching.rules.facts import Allowance, Difference, Expected, Facts, Line, Other, Owed, Paid

HERE = "duly.matching"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with its debt and its payment, as the database has them."""

    id: int
    kind: str
    favours: str
    amount_minor: int
    currency: str
    happened_on: date
    invoice_line: int | None
    account_id: int | None
    facts: dict[str, Any]
    owed_id: int | None
    owed_number: str
    owed_minor: int
    owed_open_minor: int
    owed_net_minor: int
    owed_tax_minor: int
    issued_on: date
    due_on: date
    invoice_id: int | None
    receipt_id: int | None
    paid_item_id: int
    receipt_number: str
    paid_minor: int
    paid_open_minor: int
    received_on: date
    method: str
    text: str
    payer_name: str
    charges_minor: int
    line_id: int | None
    first_from_account: bool | None
    quiet_days: int

    @property
    def difference(self) -> Difference:
        """The case itself."""
        return Difference(
            self.id,
            self.kind,
            self.favours,
            self.amount_minor,
            self.currency,
            self.happened_on,
            self.invoice_line,
            self.facts,
        )

    @property
    def owed(self) -> Owed | None:
        """The debt, where the case has one."""
        if self.owed_id is None:
            return None
        return Owed(
            self.owed_id,
            self.owed_number,
            self.owed_minor,
            self.owed_open_minor,
            self.owed_net_minor,
            self.owed_tax_minor,
            self.issued_on,
            self.due_on,
            self.invoice_id,
        )

    @property
    def paid(self) -> Paid | None:
        """The payment, where the case has one."""
        if self.receipt_id is None:
            return None
        return Paid(
            self.paid_item_id,
            self.receipt_id,
            self.receipt_number,
            self.paid_minor,
            self.paid_open_minor,
            self.received_on,
            self.method,
            self.text,
            self.payer_name,
            self.charges_minor,
            self.line_id,
            bool(self.first_from_account),
            self.quiet_days,
        )


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a case's invoice."""

    case_id: int
    line: int
    description: str
    quantity: Decimal
    unit_price: Decimal | None
    net_minor: int
    tax_minor: int
    rate: Decimal
    item_code: str


@dataclass(frozen=True, slots=True)
class OtherRow:
    """Another item near a case."""

    case_id: int
    item_id: int
    account_id: int
    account_number: str
    near: str
    kind: str
    number: str
    amount_minor: int
    open_minor: int
    issued_on: date
    closed_on: date | None
    named: bool
    document_id: int
    same_period: bool


@dataclass(frozen=True, slots=True)
class AllowanceRow:
    """What the account of a case may take off."""

    case_id: int
    kind: str
    rate: Decimal
    days: int
    grace_days: int
    amount_minor: int
    of_account: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of tax."""

    rate: Decimal


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a cause was picked."""

    cause: str
    picked: int


def facts_of(entity_id: int, case_ids: Sequence[int], *, since: date) -> Iterator[Facts]:
    """Yield the facts of these cases; what people picked before counts from `since` on."""
    ids = list(case_ids)
    where = {"entity": entity_id, "cases": ids}
    lines = _grouped(fetch_sql(HERE, "cases/facts/lines.sql", LineRow, **where))
    others = _grouped(fetch_sql(HERE, "cases/facts/others.sql", OtherRow, **where))
    allowances = _grouped(fetch_sql(HERE, "cases/facts/allowances.sql", AllowanceRow, **where))
    known = fetch_sql(HERE, "cases/facts/known_below.sql", Known, **where)
    for knower in KNOWERS:
        known += knower(entity_id, ids)
    expected = _grouped(known)
    rates = tuple(row.rate for row in fetch_sql(HERE, "cases/facts/rates.sql", Rate, entity=entity_id))
    found = fetch_sql(HERE, "cases/facts/habits.sql", Habit, entity=entity_id, since=since)
    habits = {row.cause: row.picked for row in found}
    for row in fetch_sql(HERE, "cases/facts/cases.sql", CaseRow, **where):
        yield Facts(
            row.difference,
            row.owed,
            row.paid,
            tuple(Line(*_rest(each)) for each in lines[row.id]),
            tuple(Other(*_rest(each)) for each in others[row.id]),
            tuple(Allowance(*_rest(each)) for each in allowances[row.id]),
            tuple(Expected(*_rest(each)) for each in expected[row.id]),
            rates,
            habits,
        )


def _grouped(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _rest(row: Any) -> list[Any]:
    """Return the fields of a row after its case: rows and facts have them in the same order."""
    return [getattr(row, name) for name in list(row.__dataclass_fields__)[1:]]
