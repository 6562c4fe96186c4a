"""The statement of an account between two days: opening, what happened with the balance after it, closing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_sql
from duly.receivables.queries.accounts import account
from duly.receivables.queries.aging import Aging, account_aging
from duly.receivables.queries.items import Settlement, settlements_of

HERE = "duly.receivables"


@dataclass(frozen=True, slots=True)
class _Movement:
    item_id: int
    kind: str
    document_id: int
    number: str
    issued_on: date
    due_on: date
    amount_minor: int
    open_then_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class _Opening:
    currency: str
    opening_minor: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One document with the balance after it; `open_minor` is what was open of it at the statement's end."""

    item_id: int
    kind: str
    document_id: int
    number: str
    issued_on: date
    due_on: date
    amount_minor: int
    open_minor: int
    balance_minor: int
    settled: tuple[Settlement, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An account in one currency between two days; opening plus all lines is closing. Minor units."""

    account_id: int
    number: str
    name: str
    currency: str
    from_on: date
    to_on: date
    opening_minor: int
    lines: tuple[StatementLine, ...]
    closing_minor: int
    aging: Aging | None


def statement(entity_id: int, account_id: int, *, from_on: date, to_on: date, currency: str | None = None) -> Statement:
    """Return the account's statement as it stood at the end of `to_on`, in its own currency unless another
    is named.

    Allocations between the account's own items do not move its balance; each line names those that settle it.
    """
    owner = account(entity_id, account_id)
    wanted = currency or owner.currency
    params = {
        "entity": entity_id,
        "account": account_id,
        "currency": wanted,
        "from_on": from_on,
        "to_on": to_on,
    }
    [opening] = fetch_sql(HERE, "read/statement_opening.sql", _Opening, **params)
    rows = fetch_sql(HERE, "read/statement_lines.sql", _Movement, opening=opening.opening_minor, **params)
    settled = _settled(entity_id, [row.item_id for row in rows], to_on)
    lines = tuple(
        StatementLine(
            item_id=row.item_id,
            kind=row.kind,
            document_id=row.document_id,
            number=row.number,
            issued_on=row.issued_on,
            due_on=row.due_on,
            amount_minor=row.amount_minor,
            open_minor=row.open_then_minor,
            balance_minor=row.balance_minor,
            settled=tuple(settled[row.item_id]),
        )
        for row in rows
    )
    aged = [aging for aging in account_aging(entity_id, account_id, to_on) if aging.currency == wanted]
    return Statement(
        account_id=account_id,
        number=owner.number,
        name=owner.name,
        currency=wanted,
        from_on=from_on,
        to_on=to_on,
        opening_minor=opening.opening_minor,
        lines=lines,
        closing_minor=lines[-1].balance_minor if lines else opening.opening_minor,
        aging=aged[0] if aged else None,
    )


def _settled(entity_id: int, item_ids: list[int], to_on: date) -> dict[int, list[Settlement]]:
    by_item: dict[int, list[Settlement]] = defaultdict(list)
    for settlement in settlements_of(entity_id, item_ids):
        if settlement.effective_on <= to_on:
            by_item[settlement.item_id].append(settlement)
    return by_item
